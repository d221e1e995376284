"""Words of about the same meaning, everyday and official: what a question says and a report calls something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
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


@cache
def _groups() -> dict[Phrase, tuple[Phrase, ...]]:
    """The phrases of the same meaning by a phrase's stems."""
    found: dict[Phrase, dict[Phrase, None]] = {}
    for line in files("granskning_ai.swedish").joinpath("data/synonymer.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        group = [tuple(words(phrase)) for phrase in line.split(",") if phrase.strip()]
        for phrase in group:
            others = (other for other in group if _stems(other) != _stems(phrase))
            found.setdefault(_stems(phrase), {}).update(dict.fromkeys(others))
    return {key: tuple(phrases) for key, phrases in found.items() if phrases}


def _stems(phrase: Sequence[str]) -> Phrase:
    return tuple(stem(word) for word in phrase)


def alternatives(text_words: Sequence[str]) -> tuple[Alternatives, ...]:
    """What else the words (in lower case) could be called, the longest phrases first; each word once.

    A compound that is in no group is looked up by its parts.
    """
    groups = _groups()
    stems = _stems(text_words)
    found: list[Alternatives] = []
    taken: set[int] = set()
    for length in range(_LONGEST, 0, -1):
        for first in range(len(stems) - length + 1):
            place = range(first, first + length)
            if taken.intersection(place) or (length == 1 and text_words[first] in STOP_WORDS):
                continue
            phrases = groups.get(stems[first : first + length]) or (
                _of_parts(text_words[first], groups) if length == 1 else ()
            )
            if phrases:
                found.append(Alternatives(first, first + length, phrases))
                taken.update(place)
    return tuple(found)


def _of_parts(word: str, groups: dict[Phrase, tuple[Phrase, ...]]) -> tuple[Phrase, ...]:
    parts = compound_parts(word)
    if len(parts) < 2:
        return ()
    return tuple(dict.fromkeys(phrase for part in parts for phrase in groups.get((stem(part),), ())))
