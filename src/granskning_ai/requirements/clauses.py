"""Clauses of a plain sentence, and the place of a thing in its clause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from granskning_ai.requirements.cues import THING, cue, shows

_ASIDE = re.compile(r"\s*\([^()]{1,60}\)")
_VALID = re.compile(r"\b(en|ett|någon|något|ingen|inget|den|det|nu|kommunens) gällande\b")
"""'En gällande överenskommelse' has an adjective, 'rutiner gällande lägesbilder' a preposition."""
_ACTS_AS = re.compile(r"\b(?:fungerar|agerar|arbetar|verkar) som\b")
_AND = re.compile(r",?\s+(?:och|samt)\s+")
_PREPOSITION = re.compile(
    r"^(?:i|av|utav|till|inför|utöver|bland|jämte|för|mellan|utifrån|med|om|kring|enligt|från|ifrån|på|inom|ur|mot|vid|genom|"
    r"efter|under|över|hos|gällande|avseende|rörande|angående|per|via|hur|när|huruvida|var|vem|varför)$"
)
_IN_PHRASE = re.compile(
    r"^(?:en|ett|den|det|de|denna|dessa|någon|något|några|ingen|inget|inga|sin|sitt|sina|två|tre|fyra|flera|vissa|ny|nya|nytt|"
    r"lokal|samlad|samlat|skriftlig|egen|eget|kommunal|aktuell|formell|gemensam|särskild|formellt|\w+s|\w+(?:lig|ligt|liga|isk|"
    r"iskt|iska|ande|ende|ad|at|ade|ell|ellt|ella|al|alt|ala|ig|igt|iga|en|na|sam|samt|samma|t))$"
)
_NOT_IN_PHRASE = re.compile(r"^(?:att|inte|ej|är|har|finns|fanns|\w+(?:as|ades|ats|its|tts|gs))$")
_DEFINITE = re.compile(r"(?:en|et|erna|arna|orna|erna)s?$")


@lru_cache(maxsize=8192)
def strip_asides(sentence: str) -> str:
    """The sentence without brackets and without adverbials of time and place."""
    text = cue("assurance").sub(lambda match: match["that"], _ASIDE.sub("", sentence))
    text = _ACTS_AS.sub("utgör", _VALID.sub(r"\1 giltig", text))
    text = re.sub(r"\s{2,}", " ", cue("filler").sub(" ", text))
    return re.sub(r"\s+([,.;:])", r"\1", text).strip()


@lru_cache(maxsize=8192)
def split_spans(sentence: str) -> tuple[tuple[int, int], ...]:
    """The spans of the clauses of a sentence; coordinated clauses are parted only where each has a verb."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in cue("clause_break").finditer(sentence):
        spans.extend(_coordinated(sentence, start, match.start()))
        start = match.end()
    spans.extend(_coordinated(sentence, start, len(sentence)))
    return tuple((a, b) for a, b in spans if sentence[a:b].strip(" ,."))


def _coordinated(sentence: str, start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    joints = list(_AND.finditer(sentence, start, end))
    for number, match in enumerate(joints):
        rest = sentence[match.end() : joints[number + 1].start() if number + 1 < len(joints) else end]
        if shows("verb", sentence[start : match.start()]) and shows("verb", rest):
            spans.append((start, match.start()))
            start = match.end()
    return [*spans, (start, end)]


def split(sentence: str) -> tuple[str, ...]:
    """The clauses of a sentence.

    >>> split("den har inte uppdaterats och innehåller ingen analys som lagen kräver")
    ('den har inte uppdaterats', 'innehåller ingen analys', 'som lagen kräver')
    """
    return tuple(sentence[start:end].strip(" ,.") for start, end in split_spans(sentence))


@dataclass(frozen=True, slots=True)
class Marked:
    """A clause in which a thing is replaced by the sign that patterns use; `first` and `last` are its clauses' numbers.

    `scope` is the clause with those before it that it shares a verb with: 'bör se till att A görs och att B görs'.
    """

    clause: str
    scope: str
    before: str
    first: int
    last: int
    following: str


def mark(sentence: str, start: int, end: int) -> Marked:
    """The clause around sentence[start:end]; all the clauses that it reaches over."""
    spans = split_spans(sentence)
    touched = [number for number, (a, b) in enumerate(spans) if a < end and start < b] or [0]
    first, last = touched[0], touched[-1]
    left, right = min(spans[first][0], start), max(spans[last][1], end)
    following = sentence[slice(*spans[last + 1])] if last + 1 < len(spans) else ""
    clause = f"{sentence[left:start]}{THING}{sentence[end:right]}".strip(" ,.")
    start_of_scope = first
    while start_of_scope and _shares_verb(sentence, spans, start_of_scope):
        start_of_scope -= 1
    scope = f"{sentence[spans[start_of_scope][0] : left]} {clause}".strip(" ,.")
    return Marked(clause, scope, sentence[:start], first, last, following.strip(" ,."))


def _shares_verb(sentence: str, spans: tuple[tuple[int, int], ...], number: int) -> bool:
    """Whether a clause is joined by 'och' to the one before and stands under the same modal verb."""
    joint = sentence[spans[number - 1][1] : spans[number][0]]
    clause = sentence[slice(*spans[number])].lstrip(" ,")
    if not _AND.search(joint):
        return False
    return clause.startswith("att ") or not re.search(
        r"\b(?:har|hade|är|var|finns|fanns|saknas|saknar|saknades)\b", clause
    )


def is_governed(clause: str) -> bool:
    """Whether the thing stands after a preposition: 'analysen i ‹T›' speaks of something in it, not of it."""
    words = clause.split(THING)[0].replace(",", " ,").split()
    steps = 0
    while words and steps < 6:
        word = words.pop()
        if _PREPOSITION.match(word):
            return True
        if word in {"och", "samt", "eller", ","}:
            if words:
                words.pop()
        elif _NOT_IN_PHRASE.match(word) or not _IN_PHRASE.match(word):
            return False
        steps += 1
    return False


def is_definite(mention: str) -> bool:
    """Whether a noun stands in its definite form, as something that the reader knows to exist.

    >>> is_definite("lägesbilden"), is_definite("åtgärdsplan")
    (True, False)
    """
    return bool(_DEFINITE.search(mention.split()[-1]))
