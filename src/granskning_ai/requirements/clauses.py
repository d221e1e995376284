"""Clauses of a plain sentence, and the place of a thing in its clause."""

from __future__ import annotations

import re
from functools import lru_cache

from granskning_ai.requirements.cues import THING, cue, shows

_ASIDE = re.compile(r"\s*\([^()]*\)")
_AND = re.compile(r",?\s+(?:och|samt)\s+")
_PREPOSITIONS = frozenset(
    "i av till för mellan utifrån med om kring enligt från ifrån på inom ur mot vid genom efter under över hos gällande "
    "avseende rörande angående per via".split()
)
_IN_PHRASE = re.compile(
    r"^(?:en|ett|den|det|de|denna|dessa|någon|något|några|ingen|inget|inga|sin|sitt|sina|två|tre|fyra|flera|vissa|ny|nya|nytt|"
    r"lokal|samlad|samlat|skriftlig|egen|eget|kommunal|aktuell|formell|gemensam|särskild|formellt|\w+s|\w+(?:lig|ligt|liga|isk|"
    r"iskt|iska|ande|ende|ad|at|ade|ell|ellt|ella|al|alt|ala|ig|igt|iga|en|na|sam|samt|samma|t))$"
)
_DEFINITE = re.compile(r"(?:en|et|erna|arna|orna|erna)s?$")


@lru_cache(maxsize=8192)
def strip_asides(sentence: str) -> str:
    """The sentence without brackets and without adverbials of time and place."""
    text = re.sub(r"\s{2,}", " ", cue("filler").sub(" ", _ASIDE.sub("", sentence)))
    return re.sub(r"\s+([,.;:])", r"\1", text).strip()


@lru_cache(maxsize=8192)
def split(sentence: str) -> tuple[str, ...]:
    """The clauses of a sentence; coordinated clauses are parted only where each has a verb.

    >>> split("den har inte uppdaterats och innehåller ingen analys som lagen kräver")
    ('den har inte uppdaterats', 'innehåller ingen analys', 'som lagen kräver')
    """
    clauses: list[str] = []
    for piece in cue("clause_break").split(sentence):
        clauses.extend(_split_coordinated(piece))
    return tuple(clause for clause in (clause.strip(" ,.") for clause in clauses) if clause)


def _split_coordinated(piece: str) -> list[str]:
    parts: list[str] = []
    start = 0
    for match in _AND.finditer(piece):
        rest = _AND.split(piece[match.end() :])[0]
        if shows("verb", piece[start : match.start()]) and shows("verb", rest):
            parts.append(piece[start : match.start()])
            start = match.end()
    return [*parts, piece[start:]]


def mark(sentence: str, start: int, end: int) -> tuple[str, ...]:
    """The clauses of a sentence with the thing at [start:end] replaced by the sign that patterns use."""
    return split(f"{sentence[:start]}{THING}{sentence[end:]}")


def is_governed(clause: str) -> bool:
    """Whether the thing stands after a preposition: 'analysen i ‹T›' speaks of something in it, not of it."""
    words = clause.split(THING)[0].replace(",", " ,").split()
    steps = 0
    while words and steps < 6:
        word = words.pop()
        if word in _PREPOSITIONS:
            return True
        if word in {"och", "samt", "eller", ","}:
            if words:
                words.pop()
        elif not _IN_PHRASE.match(word):
            return False
        steps += 1
    return False


def is_definite(mention: str) -> bool:
    """Whether a noun stands in its definite form, as something that the reader knows to exist.

    >>> is_definite("lägesbilden"), is_definite("åtgärdsplan")
    (True, False)
    """
    return bool(_DEFINITE.search(mention.split()[-1]))
