"""Phrases with wildcards, found in a question: `*` is the rest of a word, `…` up to eight words between.

The notation is that of the requirement catalogues ('rapporter* … till fullmäktige'), so a catalogue's own terms can
be looked for in questions as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

GAP = "…"
_LONGEST_GAP = 8
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
    """A phrase found in a question: what it stands for, and the places of its words (not of those between them)."""

    key: str
    places: tuple[int, ...]

    @property
    def start(self) -> int:
        """The place of its first word."""
        return self.places[0]

    @property
    def end(self) -> int:
        """The place after its last word."""
        return self.places[-1] + 1


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words of a text."""
    return tuple(Token(m.group(), m.group().lower(), m.start(), m.end()) for m in _WORD.finditer(text))


class PhraseBook:
    """Phrases by what they stand for, indexed by how they begin."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self.phrases = {key: tuple(patterns) for key, patterns in phrases.items()}
        self._by_beginning: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for key, patterns in self.phrases.items():
            for pattern in patterns:
                elements = tuple(pattern.lower().split())
                # A first word that begins with a wildcard may begin with anything.
                self._by_beginning.setdefault(elements[0].rstrip("*")[:2].strip("*"), []).append((key, elements))

    def find(self, words: Sequence[str]) -> list[Found]:
        """Every phrase in the words, without those that lie inside a longer one; in order."""
        found = [
            Found(key, places)
            for start, word in enumerate(words)
            for beginning in {word[:2], word[:1], ""}
            for key, elements in self._by_beginning.get(beginning, ())
            if fits(word, elements[0]) and (places := _match(words, start, elements)) is not None
        ]
        found.sort(key=lambda hit: (hit.start - hit.end, hit.start))
        kept: list[Found] = []
        for hit in found:
            if not any(_lies_inside(hit, other) for other in kept):
                kept.append(hit)
        return sorted(set(kept), key=lambda hit: (hit.start, hit.end, hit.key))


class WordList:
    """Words and beginnings of words ('rapport*'), to ask quickly whether a word is one of them."""

    def __init__(self, patterns: Iterable[str]) -> None:
        every = sorted(set(patterns))
        self._exact = frozenset(pattern for pattern in every if "*" not in pattern)
        self._beginnings = tuple(p.rstrip("*") for p in every if p.endswith("*") and not p.startswith("*"))
        self._others = tuple(pattern for pattern in every if pattern.startswith("*"))

    def __contains__(self, word: str) -> bool:
        return (
            word in self._exact
            or word.startswith(self._beginnings)
            or any(fits(word, pattern) for pattern in self._others)
        )


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


def _lies_inside(hit: Found, other: Found) -> bool:
    """Words inside a longer phrase stand for what it does; the very same words may stand for two things."""
    within = other.start <= hit.start and hit.end <= other.end
    return within and (other.start, other.end) != (hit.start, hit.end)


def _match(words: Sequence[str], at: int, elements: tuple[str, ...]) -> tuple[int, ...] | None:
    """The places of a match that begins at `at`; the shortest gaps are taken."""
    if not elements:
        return ()
    first, rest = elements[0], elements[1:]
    if first == GAP:
        matches = (_match(words, at + skipped, rest) for skipped in range(_LONGEST_GAP + 1))
        return next((places for places in matches if places is not None), None)
    if at >= len(words) or not fits(words[at], first):
        return None
    places = _match(words, at + 1, rest)
    return None if places is None else (at, *places)
