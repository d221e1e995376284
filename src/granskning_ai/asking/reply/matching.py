"""Which of a question's words a text has, and how surely: whatever their inflection, and within compounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from granskning_ai.asking.data_files import load
from granskning_ai.asking.question.phrases import WordList
from granskning_ai.swedish.compounds import compound_parts
from granskning_ai.swedish.terms import stem, words

_SHORTEST_PART = 5
_SHORTEST_HEAD = 4
"""Letters. A shorter word inside a longer one is as often chance ('ort' in 'transport'); at its end a little less."""

_SHARED = 0.75
"""How much of the longer stem two words must have in common from the beginning to be of one family."""

SAME, FAMILY, SYNONYM, WIDER = 1.0, 0.8, 0.8, 0.3
"""How much a word counts as: itself or a compound with it; a word of its family; another word for the same; only a
part of what was asked for ('kraft' for 'kärnkraft')."""

_PARTICLES = frozenset(["in", "ut", "upp", "av", "på", "till", "över", "om", "ned", "ner", "bort", "fram", "igen"])

_SPLIT_VERBS = (
    (re.compile(r"\bfölj\w*\b(?:\s+\w+){0,4}?\s+upp\b"), "uppföljning"),
    (re.compile(r"\bta(?:s|r|git|gits)?\b(?:\s+\w+){0,4}?\s+fram\b"), "framtagande"),
)
"""Verbs in two words with other words between, and the noun that a question may use for them."""


class Words:
    """A question's words, ready to be looked for in many texts."""

    def __init__(self, wanted: Iterable[str]) -> None:
        self.wanted = tuple(dict.fromkeys(part for word in wanted for part in words(word)))
        # Stemming every word of every text would take most of a question's time; few can be what is wanted.
        self._may_be = {word: _likely(word) for word in self.wanted}

    def __len__(self) -> int:
        return len(self.wanted)

    def found_in(self, text: str) -> dict[str, float]:
        """Those of the words that the text has, each with how surely (0 to 1)."""
        there = text_words(text) if self.wanted else frozenset()
        found = {}
        for wanted, likely in self._may_be.items():
            how = max((strength(wanted, word) for word in there if likely.search(word)), default=0.0)
            if 0 < how < FAMILY and _has_parts(wanted, there):
                how = FAMILY
            if how:
                found[wanted] = how
        return found


@lru_cache(maxsize=4096)
def text_words(text: str) -> frozenset[str]:
    """The words of a text; verbs in two words ('hyra in') also as one ('inhyra')."""
    low = text.lower()
    found = words(low)
    joined = {after + word for word, after in pairwise(found) if after in _PARTICLES}
    nouns = {noun for pattern, noun in _SPLIT_VERBS if pattern.search(low)}
    return frozenset(found) | joined | nouns


@lru_cache(maxsize=131072)
def strength(wanted: str, word: str) -> float:
    """How surely `word` says what `wanted` asks for.

    >>> strength("uppföljningen", "uppföljning"), strength("belysning", "gatubelysningen")
    (1.0, 1.0)
    >>> strength("nattvandringen", "nattvandrarna"), strength("kärnkraft", "kraft"), strength("ort", "transport")
    (0.8, 0.3, 0.0)
    """
    if wanted == word:
        return SAME
    if wanted.isdigit() or word.isdigit():
        return 0.0
    a, b = stem(wanted), stem(word)
    if a == b or _is_part(a, b):
        return SAME
    if b in _synonyms().get(a, ()):
        return SYNONYM
    shared = _shared(a, b)
    if shared >= 4 and shared >= _SHARED * max(len(a), len(b)):
        return FAMILY
    return WIDER if _is_part(b, a) else 0.0


def _has_parts(wanted: str, there: Iterable[str]) -> bool:
    """Whether the text has each part of a compound: 'kontroll över vad det kostar' for 'kostnadskontroll'."""
    parts = compound_parts(wanted)
    return len(parts) > 1 and all(any(strength(part, word) >= FAMILY for word in there) for part in parts)


def is_light(word: str) -> bool:
    """Whether a word asks more than it tells: everyday verbs, adverbs and adjectives."""
    return word in _light()


@cache
def _light() -> WordList:
    return WordList(load("answering.yml")["light"].split())


def akin(first: str, second: str) -> bool:
    """Whether two words have anything to do with each other."""
    return strength(first, second) > 0 or strength(second, first) > 0


def _likely(wanted: str) -> re.Pattern[str]:
    """What a word must have for `strength` to be more than nothing."""
    own = stem(wanted)
    beginnings = [wanted[:3], *(other[:4] for other in _synonyms().get(own, ()))]
    inside = [own] if len(own) >= _SHORTEST_HEAD else []
    # A part of the wanted word is itself a word: some stretch of four of its letters begins it.
    parts = {wanted[at : at + 4] for at in range(1, len(wanted) - 3)}
    options = [f"^{re.escape(text)}" for text in sorted({*beginnings, *parts})] + [re.escape(text) for text in inside]
    return re.compile("|".join(options))


def _is_part(part: str, whole: str) -> bool:
    if len(part) >= _SHORTEST_PART:
        return part in whole
    return len(part) >= _SHORTEST_HEAD and whole.endswith(part) and len(whole) >= len(part) + 3


def _shared(first: str, second: str) -> int:
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count


@cache
def _synonyms() -> dict[str, frozenset[str]]:
    groups: dict[str, frozenset[str]] = {}
    group: Sequence[str]
    for group in load("synonyms.yml"):
        stems = frozenset(stem(word) for word in group)
        for one in stems:
            groups[one] = groups.get(one, frozenset()) | (stems - {one})
    return groups
