"""Answers in the documents' own words: the sentences of the found passages that have most of what is asked for.

Whether the passages answer at all is decided by the question's own words: how many of those that carry meaning stand
together in a sentence or two. A passage that merely resembles the question is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from granskning_ai.asking.data_files import load
from granskning_ai.asking.material import Hit, Material, name_of
from granskning_ai.asking.question.phrases import WordList
from granskning_ai.asking.question.understanding import Understanding
from granskning_ai.asking.reply.answer import Draft
from granskning_ai.asking.reply.matching import SAME, Words, strength
from granskning_ai.asking.reply.scope import Scope, described
from granskning_ai.swedish.language import sentences
from granskning_ai.swedish.terms import STOP_WORDS
from granskning_ai.swedish.terms import words as words_of
from granskning_ai.swedish.wording import listed, quoted

_HITS = 20
_LIGHT = 0.3
"""The weight of a word that asks more than it tells ('hände'), against 1 for others."""

_ENOUGH = 0.5
"""How much of the question's weight the quoted sentences must have to be an answer."""

_ENOUGH_AROUND = 0.75
"""How much the whole passage with its headings must have, where the sentences have less."""

_AT_LEAST = 0.35
"""With less than this a sentence is not even near."""

_SECOND = 0.93
"""A second quote is given where it fits about as well as the first."""

_LONGEST_LIST = 700

_MOST_EACH = 4
"""Of so many municipalities each gets a quote of its own."""

_SHORTEST = 3
"""Words. What is shorter is a heading or a cell."""

_REPLY = re.compile(r"[^.\n]{0,40}\b(?:[Ss]var|[Yy]ttrande|[Kk]ommentar):")
"""How a reply begins, where advice or a question is quoted and then answered."""

_HOW_MANY = re.compile(r"\b(?:hur många|antalet?)\s+(?:(?:av|de|olika|nya|egna|unika)\s+)*(\w+)")

_NUMBER_WORDS = frozenset(
    [
        "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv", "tretton", "fjorton",
        "femton", "sexton", "sjutton", "arton", "nitton", "tjugo", "trettio", "fyrtio", "femtio", "hundra",
        "inga", "ingen", "hälften", "samtliga", "båda",
    ]
)  # fmt: skip

_LEANS = re.compile(
    r"(?:Den|Det|De|Dessa|Denna|Detta|Hon|Han|Där|Då|Dess|Deras|Samma|Sådana|Båda|Gruppen|Rådet|Planen|Lösningen)\b"
)
"""A sentence that begins so means something in the one before, which is then quoted with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A stretch of one to three sentences in a passage, and how well it fits."""

    hit: Hit
    start: int
    end: int
    score: float
    cover: float
    around: float

    @property
    def is_answer(self) -> bool:
        """Whether it has enough of what is asked for."""
        return self.cover >= _ENOUGH or (self.cover >= _AT_LEAST and self.around >= _ENOUGH_AROUND)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What a sentence is held against: the question's words, what an answer of its kind has, what is counted, when."""

    words: Words
    every: Words
    shows: re.Pattern[str] | None
    strict: bool
    counted: str
    years: frozenset[str]
    reply: bool


def quote_passages(u: Understanding, scope: Scope, material: Material, draft: Draft) -> bool:
    """Quotes what answers the question; says false where nothing does, and then quotes what comes nearest."""
    words = Words([word for word in u.words if len(word) > 1] or _all_words(u))
    if not len(words):
        return False
    if 1 < len(scope.municipalities) <= _MOST_EACH:
        return _for_each(u, words, scope, material, draft)
    found = _best(u, words, material, scope.ids)
    best = [quote for quote in found if quote.is_answer]
    if not best and u.municipalities:
        best = [quote for quote in _elsewhere(u, words, material) if quote.is_answer]
    if not best:
        _nearest(u, found, material, draft)
        return False
    kept = [quote for quote in best[1:] if quote.score >= _SECOND * best[0].score and not _same(quote, best[0])][:1]
    for quote in (best[0], *kept):
        _say(quote, material, draft)
    return True


def _all_words(u: Understanding) -> list[str]:
    """The question's words but for the names, where none of them narrows anything down."""
    names = Words([name_of(code).lower() for code in u.municipalities])
    return [word for word in words_of(u.query) if word not in STOP_WORDS and not names.found_in(word)]


def _for_each(u: Understanding, words: Words, scope: Scope, material: Material, draft: Draft) -> bool:
    """The best quote for each municipality, and for which there is none."""
    silent = []
    said: list[Quote] = []
    for code in scope.municipalities:
        own = [d.id for d in scope.documents if code in d.metadata.municipality_codes]
        best = next((quote for quote in _best(u, words, material, own) if quote.is_answer), None)
        if best is None:
            silent.append(name_of(code))
        elif not any(_same(best, other) for other in said):
            said.append(best)
            _say(best, material, draft)
    if said and silent:
        draft.paragraph(f"För {listed(silent)} framgår det inte av underlaget.")
    return bool(said)


def _nearest(u: Understanding, found: Sequence[Quote], material: Material, draft: Draft) -> None:
    """Refuses, and shows the places that come nearest: they may be what was meant, in other words."""
    near = [quote for quote in found if quote.cover >= _AT_LEAST][:1]
    near += [quote for quote in found if near and quote.cover >= _AT_LEAST and not _same(quote, near[0])][:1]
    if not near:
        return
    draft.refused = True
    draft.say("Underlaget ger inget säkert svar. Det här kommer närmast frågan")
    for quote in near:
        _say(quote, material, draft)
    draft.codes.clear()


def _best(u: Understanding, words: Words, material: Material, documents: Collection[str] | None) -> list[Quote]:
    hits = material.search(u.query, documents=documents, count=_HITS)
    shows, strict = _shows(u.query)
    asked = _Asked(
        words=words,
        every=Words([word for word in words_of(u.query) if word not in STOP_WORDS]),
        shows=shows,
        strict=strict,
        counted=_counted(u.query),
        years=frozenset(str(year) for year in u.years if len(u.years) <= 3),
        reply="svar" in u.query.lower(),
    )
    weights = _weights(words, hits)
    quotes = [quote for rank, hit in enumerate(hits) for quote in _quotes(hit, rank, asked, weights)]
    return sorted(quotes, key=lambda quote: -quote.score)


def _elsewhere(u: Understanding, words: Words, material: Material) -> list[Quote]:
    """What documents about no single municipality say of the one that is named; its name must stand in the quote."""
    others = [key for key, summary in material.summaries.items() if len(summary.metadata.municipality_codes) != 1]
    if not others:
        return []
    names = Words([name_of(code).lower() for code in u.municipalities])
    found = _best(u, words, material, others)
    return [quote for quote in found if names.found_in(_text(quote))]


def _weights(words: Words, hits: Sequence[Hit]) -> dict[str, float]:
    """Rare words weigh more, words that ask more than they tell hardly anything."""
    texts = [words.found_in(hit.text) for hit in hits]
    weights = {}
    for word in words.wanted:
        share = sum(word in found for found in texts) / (len(texts) or 1)
        weights[word] = _LIGHT if word in _light() else 1.5 - 0.5 * share
    return weights


def _quotes(hit: Hit, rank: int, asked: _Asked, weights: Mapping[str, float]) -> list[Quote]:
    total = sum(weights.values())
    around = _weight(asked.words.found_in(f"{hit.section} {hit.text}"), weights) / total
    if around < _AT_LEAST:
        return []
    framed = bool(_frames().search(hit.section.lower()))
    spans = sentences(hit.text)
    found: list[Quote] = []
    for first in range(len(spans)):
        for last in range(first, min(first + 2, len(spans))):
            text = hit.text[spans[first][0] : spans[last][1]]
            if last > first and not _is_prose(hit.text, spans[first], spans[last]):
                break
            if len(text.split()) < _SHORTEST or (asked.shows and asked.strict and not asked.shows.search(text)):
                continue
            if asked.counted and not _counts(text, asked.counted):
                continue
            cover = _weight(asked.words.found_in(text), weights) / total
            share = sum(asked.every.found_in(text).values()) / max(1, len(asked.every))
            score = (
                cover + 0.2 * share + 0.25 * around - 0.015 * rank - 0.003 * len(text.split()) - 0.03 * (last - first)
            )
            score += 0.2 if asked.shows and asked.shows.search(text) else 0.0
            score -= 0.1 if framed else 0.0
            score -= 0.0 if _is_sentence(text) else 0.2
            score += 0.1 if any(year in text for year in asked.years) else 0.0
            if asked.reply:
                # The advice that is replied to names the matter; the reply then follows it into the quote.
                score += 0.3 * _leads_to_reply(hit.text, spans, last) - 0.3 * bool(_REPLY.match(text))
            start, end = _completed(hit.text, spans, first, last, asked)
            found.append(Quote(hit=hit, start=start, end=end, score=score, cover=cover, around=around))
    return found


def _is_sentence(text: str) -> bool:
    """Whether the text is a sentence, or a table row with figures, rather than a heading or a label."""
    return text.rstrip().endswith((".", "!", "?", ":", "”", ")")) or ("\t" in text and any(c.isdigit() for c in text))


def _leads_to_reply(text: str, spans: Sequence[tuple[int, int]], last: int) -> bool:
    return last + 1 < len(spans) and bool(_REPLY.match(text, spans[last + 1][0]))


def _is_prose(text: str, first: tuple[int, int], last: tuple[int, int]) -> bool:
    """Whether two sentences follow each other in one paragraph, or are a name and a title in a signature."""
    if "\n" not in text[first[1] : last[0]]:
        return True
    return all(len(text[start:end].split()) <= 3 and text[end - 1].isalpha() for start, end in (first, last))


def _counts(text: str, counted: str) -> bool:
    """Whether a sentence has a number of what is counted: 'fjorton bilar', 'Narkotikabrott 95'."""
    for start, end in sentences(text):
        found = words_of(text[start:end])
        for at, word in enumerate(found):
            near = [*found[max(0, at - 3) : at], *found[at + 1 : at + 2]]
            if strength(counted, word) == SAME and any(n.isdigit() or n in _NUMBER_WORDS for n in near):
                return True
    return False


def _weight(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(weights[word] * how for word, how in found.items())


def _completed(text: str, spans: Sequence[tuple[int, int]], first: int, last: int, asked: _Asked) -> tuple[int, int]:
    """With the sentence that the first one leans on, and the list or the reply that the last one leads in."""
    if first > 0 and _LEANS.match(text, spans[first][0]) and _is_prose(text, spans[first - 1], spans[first]):
        first -= 1
    start = spans[first][0]
    if text[: spans[last][1]].endswith(":"):
        while last + 1 < len(spans) and spans[last + 1][1] - start <= _LONGEST_LIST:
            last += 1
    elif asked.reply and _leads_to_reply(text, spans, last):
        last = min(last + 2, len(spans) - 1)
    return start, spans[last][1]


@cache
def _kinds() -> list[tuple[re.Pattern[str], re.Pattern[str], bool]]:
    kinds = load("answering.yml")["kinds"]
    return [(re.compile(k["first"]), re.compile(k["shows"], re.IGNORECASE), bool(k.get("strict"))) for k in kinds]


@cache
def _light() -> WordList:
    return WordList(load("answering.yml")["light"])


@cache
def _frames() -> re.Pattern[str]:
    return re.compile(load("answering.yml")["frames"])


def _shows(question: str) -> tuple[re.Pattern[str] | None, bool]:
    """What a sentence with the answer to a question of this kind has (a number, a time, a reason), and if it must."""
    found = ((shows, strict) for first, shows, strict in _kinds() if first.search(question.lower().strip()))
    return next(found, (None, False))


def _counted(question: str) -> str:
    """What a question counts: 'bilar' in 'Hur många bilar brändes …?'."""
    match = _HOW_MANY.search(question.lower())
    return match[1] if match else ""


def _same(one: Quote, other: Quote) -> bool:
    overlap = one.hit.document_id == other.hit.document_id and (
        one.hit.start + one.start < other.hit.start + other.end
        and other.hit.start + other.start < one.hit.start + one.end
    )
    return overlap or " ".join(_text(one).split()) == " ".join(_text(other).split())


def _text(quote: Quote) -> str:
    return quote.hit.text[quote.start : quote.end]


def _say(quote: Quote, material: Material, draft: Draft) -> None:
    summary = material.summaries[quote.hit.document_id]
    evidence = material.document(summary.id).cite(quote.hit.start + quote.start, quote.hit.start + quote.end)
    codes = summary.metadata.municipality_codes
    draft.about(*codes)
    names = listed([name_of(code) for code in codes]) or summary.metadata.region
    draft.paragraph(
        f"{names or summary.source.name} ({described(summary)}): {quoted(evidence.quote)} {draft.cite(evidence)}"
    )
