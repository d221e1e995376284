"""Phrases with wildcards, found in a question: `*` is the rest of a word, `…` up to four words between.

The notation is that of the requirement catalogues ('rapporter* … till fullmäktige'), so a catalogue's own terms can
be looked for in questions as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

GAP = "…"
_LONGEST_GAP = 4
_WORD = re.compile(r"\d+(?:[:,.]\d+)+|\w+(?:-\w+)*")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a question, as written and in lower case; `start` and `end` are its place in the question."""

    text: str
    low: str
    start: int
    end: int

    @property
    def capitalised(self) -> bool:
        """Whether it is written as a name."""
        return self.text[:1].isupper()


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase found in a question: what it stands for, and its first word and the one after its last."""

    key: str
    start: int
    end: int


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words of a text."""
    return tuple(Token(m.group(), m.group().lower(), m.start(), m.end()) for m in _WORD.finditer(text))


def find(words: Sequence[str], phrases: Mapping[str, Iterable[str]]) -> list[Found]:
    """Every phrase in the words, without those that lie inside a longer one; in order."""
    found = [
        Found(key, start, end)
        for key, patterns in phrases.items()
        for pattern in patterns
        for start in range(len(words))
        if (end := _match(words, start, _elements(pattern))) is not None
    ]
    found.sort(key=lambda hit: (hit.start - hit.end, hit.start))
    kept: list[Found] = []
    for hit in found:
        # The same words may stand for two things; words inside a longer phrase stand for what it does.
        if not any(
            o.start <= hit.start and hit.end <= o.end and (o.start, o.end) != (hit.start, hit.end) for o in kept
        ):
            kept.append(hit)
    return sorted(set(kept), key=lambda hit: (hit.start, hit.end, hit.key))


def literal_words(phrases: Iterable[str]) -> set[str]:
    """The words of the phrases without wildcards at their ends: what a misspelt word may have been meant as."""
    words = {word for phrase in phrases for word in phrase.split() if word != GAP}
    return {word.rstrip("*") for word in words if not word.startswith("*")}


def fits(word: str, element: str) -> bool:
    """Whether a word is what one element of a phrase asks for ('lägesbild*', '*råd*', 'har').

    >>> fits("lägesbilden", "lägesbild*"), fits("trygghetsrådet", "*råd*"), fits("haft", "har")
    (True, True, False)
    """
    core = element.strip("*")
    if element.startswith("*"):
        return core in word if element.endswith("*") else word.endswith(core)
    return word.startswith(core) if element.endswith("*") else word == core


@lru_cache(maxsize=4096)
def _elements(pattern: str) -> tuple[str, ...]:
    return tuple(pattern.lower().split())


def _match(words: Sequence[str], at: int, elements: tuple[str, ...]) -> int | None:
    """Where a match that begins at `at` ends; the shortest gaps are taken."""
    if not elements:
        return at
    first, rest = elements[0], elements[1:]
    if first == GAP:
        for skipped in range(_LONGEST_GAP + 1):
            end = _match(words, at + skipped, rest)
            if end is not None:
                return end
        return None
    if at >= len(words) or not fits(words[at], first):
        return None
    return _match(words, at + 1, rest)
