"""Words of about the same meaning, everyday and official: what a question says and a report calls something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from granskning_ai.swedish.compounds import compound_parts
from granskning_ai.swedish.terms import STOP_WORDS, stem, words

_LONGEST = 4

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """The other ways of saying the words from `first` up to `last` of a text."""

    first: int
    last: int
    phrases: tuple[Phrase, ...]


_HEAD = 3
"""No Swedish stem is shorter than this, so words that begin otherwise have other stems."""


@cache
def _groups() -> dict[str, tuple[tuple[Phrase, tuple[Phrase, ...]], ...]]:
    """Each phrase with its group, by the first letters of the phrase: few of them are ever needed, and stemmed."""
    found: dict[str, list[tuple[Phrase, tuple[Phrase, ...]]]] = {}
    for line in files("granskning_ai.swedish").joinpath("data/synonymer.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        group = tuple(tuple(words(phrase)) for phrase in line.split(",") if phrase.strip())
        for phrase in group:
            found.setdefault(phrase[0][:_HEAD], []).append((phrase, group))
    return {head: tuple(entries) for head, entries in found.items()}


@lru_cache(maxsize=4096)
def _others(stems: Phrase) -> tuple[Phrase, ...]:
    """The phrases of the same meaning as the one of these stems."""
    found: dict[Phrase, None] = {}
    for phrase, group in _groups().get(stems[0][:_HEAD], ()):
        if len(phrase) == len(stems) and _stems(phrase) == stems:
            found.update(dict.fromkeys(other for other in group if _stems(other) != stems))
    return tuple(found)


def _stems(phrase: Sequence[str]) -> Phrase:
    return tuple(stem(word) for word in phrase)


def alternatives(text_words: Sequence[str]) -> tuple[Alternatives, ...]:
    """What else the words (in lower case) could be called, the longest phrases first; each word once.

    A compound that is in no group is looked up by its parts.
    """
    stems = _stems(text_words)
    found: list[Alternatives] = []
    taken: set[int] = set()
    for length in range(_LONGEST, 0, -1):
        for first in range(len(stems) - length + 1):
            place = range(first, first + length)
            if taken.intersection(place) or (length == 1 and text_words[first] in STOP_WORDS):
                continue
            phrases = _others(stems[first : first + length]) or (_of_parts(text_words[first]) if length == 1 else ())
            if phrases:
                found.append(Alternatives(first, first + length, phrases))
                taken.update(place)
    return tuple(found)


def _of_parts(word: str) -> tuple[Phrase, ...]:
    parts = compound_parts(word)
    if len(parts) < 2:
        return ()
    return tuple(dict.fromkeys(phrase for part in parts for phrase in _others((stem(part),))))
