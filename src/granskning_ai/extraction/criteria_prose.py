"""Audit criteria in running prose: the sentences that name them, and where one criterion ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from granskning_ai.extraction.data_files import load_yaml
from granskning_ai.extraction.laws import act_cited, find_citations
from granskning_ai.swedish.language import sentences

Span = tuple[int, int]

FAR = 60
"""How many characters may stand between the word for criteria and the verb that they follow."""


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of data/criteria.yml, without regard to case."""
    return re.compile(load_yaml("criteria.yml")[name], re.IGNORECASE)


@cache
def _frames() -> tuple[re.Pattern[str], ...]:
    """Sentences that name the grounds of the audit without the word 'criteria'."""
    words = load_yaml("criteria.yml")
    auditor, verdict, start = words["auditor"], words["verdict"], words["starting_from"]
    frames = (
        rf"\b(?:{auditor})(?:\s+\w+){{0,3}}?\s+{start}\s+",
        rf"\b(?:har|utgår|görs|sker)\s+(?:{auditor})\s+(?:\w+\s+)?(?:{start}|(?:från|ifrån|utifrån|mot))\s+",
        rf"\b(?:som|till)\s+(?:\w+\s+)?grund\s+för\s+(?:\w+\s+)?(?:{verdict})(?:\s+\w+)?\s+"
        r"(?:ligger|låg|har\s+legat|har\s+varit|är|används|har\s+använts|har\s+vi\s+(?:haft|använt|lagt))\s+",
    )
    return tuple(re.compile(frame, re.IGNORECASE) for frame in frames)


@cache
def _backwards() -> tuple[re.Pattern[str], ...]:
    """Sentences that name the criteria before they say what they are."""
    words = load_yaml("criteria.yml")
    named, verdict = words["words"], words["verdict"]
    frames = (
        rf"^(?P<series>.+?)\s+(?:ligger|låg|har\s+legat)\s+till\s+grund\s+för\s+(?:\w+\s+){{0,2}}(?:{verdict})",
        rf"^(?P<series>.+?)\s+(?:utgör|är|har\s+varit|används\s+som|har\s+använts\s+som|har\s+tillämpats\s+som)"
        rf"\s+(?:\w+\s+)?(?:{named})",
        rf"\b(?:använt|använder|tillämpat|tillämpar|haft)\s+(?P<series>.+?)\s+som\s+(?:\w+\s+)?(?:{named})",
    )
    return tuple(re.compile(frame, re.IGNORECASE) for frame in frames)


def criteria_in(text: str) -> Iterator[Span]:
    """The span of every criterion that a sentence of `text` names as such."""
    if not pattern("hint").search(text):
        return
    for start, end in sentences(text):
        sentence = text[start:end]
        if sentence.endswith((":", "?")):
            continue
        word = pattern("words").search(sentence)
        for a, b in (word and _named(sentence, word)) or _meant(sentence):
            yield start + a, start + b


def introduces_grounds(sentence: str) -> bool:
    """Whether a sentence that ends in a colon introduces a list of what the audit judges against."""
    if not sentence.endswith(":") or pattern("method").search(sentence):
        return False
    words = f"{sentence[:-1]} "
    return any((match := frame.search(words)) and _is_lead(words[match.end() :]) for frame in _frames())


def _is_lead(rest: str) -> bool:
    return re.fullmatch(r"(?:följande|nedanstående)?(?:\s*\w+){0,5}\s*", rest) is not None


def _named(sentence: str, word: re.Match[str]) -> list[Span]:
    """The criteria of a sentence with the word itself: 'Revisionskriterierna utgörs av A, B och C'."""
    for frame in _backwards()[1:]:
        match = frame.search(sentence)
        if match and not pattern("words").search(match["series"]):
            return series(sentence, *match.span("series"))
    verbs = [
        verb
        for verb in pattern("prose").finditer(sentence, word.end(), word.end() + 2 * FAR)
        if verb.start() - word.end() <= FAR
    ]
    for verb in verbs:
        spans = series(sentence, verb.end(), _end(sentence, verb.end()))
        if spans:
            return spans
    whole = (verbs[-1].end(), _end(sentence, verbs[-1].end())) if verbs else (0, 0)
    return [whole] if pattern("nouns").search(sentence[slice(*whole)]) else []


def _meant(sentence: str) -> list[Span]:
    """The criteria of a sentence without the word: 'Granskningen utgår från A och B'; none unless one is certain."""
    spans: list[Span] = []
    if not pattern("judged_by").search(sentence):
        return spans
    for frame in _frames():
        match = frame.search(sentence)
        if match:
            spans = series(sentence, match.end(), _end(sentence, match.end()))
            break
    backwards = _backwards()[0].search(sentence) if not spans else None
    if backwards:
        spans = series(sentence, *backwards.span("series"))
    said = [sentence[a:b] for a, b in spans]
    if any(pattern("method").search(text) for text in said):
        return []
    return spans if any(is_certain(text) for text in said) else []


def is_certain(text: str) -> bool:
    """Whether a text by itself names something that one judges against: an act, a provision, the body's own rules."""
    return bool(pattern("certain").search(text)) or act_cited(text) is not None


def _end(sentence: str, at: int) -> int:
    """Where a series that begins at `at` ends: before the full stop, or the clause that goes on after it."""
    tail = pattern("tail").search(sentence, at)
    end = tail.start() if tail else len(sentence)
    return len(sentence[:end].rstrip(" .,"))


# A series


def series(sentence: str, at: int, end: int) -> list[Span]:
    """The spans of the members of a series, if each of them is something that one judges against; else none."""
    cuts = [at]
    depth = 0
    for match in re.finditer(
        r"[()]|(?:[,;]\s+(?:samt\s+|och\s+|respektive\s+)?|\s+samt\s+|\s+och\s+)(?:(?:mot|utifrån|från)\s+)?",
        sentence[:end],
    ):
        if match.group() in "()":
            depth += 1 if match.group() == "(" else -1
        elif match.start() > at and depth == 0 and _parts(sentence[:end], match, listed=len(cuts) > 1):
            cuts += [match.start(), match.end()]
    cuts.append(end)
    spans = list(zip(cuts[::2], cuts[1::2], strict=True))
    return spans if all(is_criterion(sentence[a:b]) for a, b in spans) else []


def _parts(sentence: str, match: re.Match[str], *, listed: bool) -> bool:
    """Whether a comma or a conjunction parts two members. 'mål och budget' and 'plan- och bygglagen' are one."""
    before, rest = sentence[: match.start()], sentence[match.end() :]
    if before.endswith("-") or not is_criterion(rest):
        return False
    if re.match(r"\d", rest):
        # '6 kap. 6 § kommunallagen' begins anew, '6 kap. 6 §' belongs to the act before it.
        return _provision_of_an_act(rest)
    if match.group().split() != ["och"]:
        return True
    pair = f"{before.split()[-1]} och {rest.split()[0]}" if before.split() else ""
    return not pattern("pairs").match(pair) and (_stands_alone(rest) or (listed and _is_last(rest)))


def _is_last(rest: str) -> bool:
    return re.search(r",\s|\s(?:samt|och)\s", rest) is None


_PROVISION_OF = re.compile(r"(?:[\d\s.,§–-]|\bkap\b|\boch\s+(?=\d)|\bi\s)+[^\W\d]{4}")


def _provision_of_an_act(text: str) -> bool:
    return _PROVISION_OF.match(text) is not None


def _stands_alone(text: str) -> bool:
    """Whether a text begins as a thing of its own: an act, whose it is, or a noun in the definite form."""
    if pattern("own_start").match(text):
        return True
    first = find_citations(text[:80])
    return bool(first) and first[0].start == 0


@cache
def _stop() -> re.Pattern[str]:
    return re.compile(load_yaml("criteria.yml")["stop"], re.IGNORECASE)


def is_criterion(text: str) -> bool:
    """Whether a text is something that one judges against, by its head: a word before its first preposition.

    >>> is_criterion("nämndens reglemente för 2024"), is_criterion("6 kap. 6 § kommunallagen")
    (True, True)
    >>> is_criterion("samtal om lagen"), is_criterion("det underlag som nämnden har")
    (False, False)
    """
    if re.match(r"\d", text):
        return re.match(r"[\d\s.,–-]+(?:kap\b|§)", text) is not None
    stop = _stop().search(text)
    head = text[: stop.start()] if stop else text
    return pattern("heads").search(head) is not None or bool(find_citations(head))
