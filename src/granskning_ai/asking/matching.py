"""Which of a question's words a text has, whatever their inflection and whether they stand in a compound."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from granskning_ai.swedish.terms import stem, words

_SHORTEST_PART = 5
"""Letters. A shorter word inside a longer one is as often chance ('ort' in 'transport')."""

_SHARED = 0.8
"""How much of the shorter stem two words must have in common from the beginning to be of one family."""

_SPLIT_VERBS = (
    (re.compile(r"\bfölj\w*\b(?:\s+\w+){0,4}?\s+upp\b"), "uppföljning"),
    (re.compile(r"\bta(?:s|r|git|gits)?\b(?:\s+\w+){0,4}?\s+fram\b"), "framtagande"),
    (re.compile(r"\bse(?:r)?\s+över\b"), "översyn"),
)
"""Verbs in two words, and the noun that a question may use for them."""


class Words:
    """A question's words, ready to be looked for in many texts."""

    def __init__(self, wanted: Sequence[str]) -> None:
        self.wanted = tuple(dict.fromkeys(wanted))

    def __len__(self) -> int:
        return len(self.wanted)

    def found_in(self, text: str) -> frozenset[str]:
        """Those of the words that the text has."""
        if not self.wanted:
            return frozenset()
        there = text_words(text)
        return frozenset(wanted for wanted in self.wanted if any(akin(wanted, word) for word in there))


@lru_cache(maxsize=4096)
def text_words(text: str) -> frozenset[str]:
    """The words of a text, with the nouns of its two-word verbs."""
    low = text.lower()
    nouns = {noun for pattern, noun in _SPLIT_VERBS if pattern.search(low)}
    return frozenset(words(text)) | nouns


@lru_cache(maxsize=65536)
def akin(first: str, second: str) -> bool:
    """Whether two words are forms of one word, of one family, or one is a part of the other.

    >>> akin("uppföljningen", "uppföljning"), akin("nattvandringen", "nattvandrarna"), akin("belysning", "gatubelysningen")
    (True, True, True)
    >>> akin("ort", "transport"), akin("skola", "skuld")
    (False, False)
    """
    if first == second:
        return True
    if first.isdigit() or second.isdigit() or first[:1] != second[:1] and not _may_hold(first, second):
        return False
    a, b = stem(first), stem(second)
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    if len(short) >= _SHORTEST_PART and short in long:
        return True
    shared = _shared(short, long)
    return shared >= 4 and shared >= _SHARED * len(short)


def _may_hold(first: str, second: str) -> bool:
    short, long = sorted((first, second), key=len)
    return len(short) >= _SHORTEST_PART and short[:_SHORTEST_PART] in long


def _shared(first: str, second: str) -> int:
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count
