"""Words, stems, character 4-grams and likeness of Swedish texts: the one analysis that search and rules share.

Stems are Snowball's (snowballstemmer is imported here and nowhere else). Compounds are parted in `compounds`,
words of the same meaning stand in `synonyms`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Protocol

_STOP_WORDS = """
    alla allt att av bland blev blir bort de dels dem den denna deras dess dessa det detta dock du där därför då
    efter eller en enligt er ett fram från för ge genom gör ha hade han har hos hur här i inom inte ja jag kan
    kommer kunna man med medan mellan men mer mot mycket ni nu något några när och också om oss på rätt samt sig
    sin sina sitt ska skall som så sätt till tog under upp ur ut utan utifrån vad var vara varit vi vid vidare
    vilka vilken vilket vår våra än är även över gäller avseende gällande syfte ingår
"""

STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words that say nothing of what a text is about."""

LONGEST = 250_000
"""How many pairs of words two texts may make to be compared in order; the time grows with their square."""

_WORD = re.compile(r"[^\W_]+")


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - the library's name


@cache
def _stemmer() -> _Stemmer:
    import snowballstemmer

    stemmer: _Stemmer = snowballstemmer.stemmer("swedish")
    return stemmer


def words(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation."""
    return _WORD.findall(text.lower())


def normalise(text: str) -> str:
    """The text as it is compared: composed letters in lower case, without soft hyphens, one space between words."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\u00ad", "").lower().split())


GRAM = 4
"""Runs of four letters find inflections, parts of compounds and misspelt words better than any Swedish stemmer."""


@lru_cache(maxsize=1 << 17)
def grams(word: str) -> tuple[str, ...]:
    """The runs of four characters of a word in lower case, its two edges marked; the whole of a shorter one.

    >>> grams("plan")
    ('_pla', 'plan', 'lan_')
    """
    marked = f"_{word}_"
    return tuple(marked[at : at + GRAM] for at in range(len(marked) - GRAM + 1)) or (marked,)


def index_terms(word: str) -> tuple[str, ...]:
    """What a word is found by: its 4-grams, and its stem marked with '='. None for words that say nothing."""
    return () if word in STOP_WORDS else (*grams(word), "=" + stem(word))


_ACT = re.compile(r"\b(?:1[6-9]|20)\d\d:\d+\b")


def act_terms(text: str) -> tuple[str, ...]:
    """The acts that a text names by number, each as one term.

    >>> act_terms("Enligt lag (2023:196) …")
    ('§2023:196',)
    """
    return tuple(f"§{number}" for number in _ACT.findall(text)) if ":" in text else ()


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The Snowball stem of a word in lower case."""
    return _stemmer().stemWord(word)


@lru_cache(maxsize=8192)
def content_stems(text: str) -> tuple[str, ...]:
    """The stems of the words that carry meaning, in order."""
    return tuple(stem(word) for word in words(text) if word not in STOP_WORDS and len(word) > 2)


@lru_cache(maxsize=16384)
def likeness(first: str, second: str) -> float:
    """How alike two texts are, word by word in order, from 0 to 1 (Ratcliff/Obershelp); below a half it is 0.

    Of very long texts only the words are compared, not their order.

    >>> likeness("Planen följs upp.", "planen följs upp"), likeness("Planen följs upp.", "Stödet räcker")
    (1.0, 0.0)
    """
    a, b = words(first), words(second)
    if not a or not b:
        return 0.0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if matcher.real_quick_ratio() <= 0.5 or matcher.quick_ratio() <= 0.5:
        return 0.0
    return matcher.quick_ratio() if len(a) * len(b) > LONGEST else matcher.ratio()


def same_statement(first: str, second: str, *, threshold: float = 0.85) -> bool:
    """Whether two texts say the same in (nearly) the same words, as a summary and its chapter do."""
    return likeness(first, second) >= threshold


def overlap(first: Iterable[str], second: Iterable[str]) -> float:
    """The share of the smaller set of stems that the other set has too; a compound counts for its first or last part.

    >>> overlap(["uppföljning", "plan"], ["måluppföljning"])
    1.0
    """
    a, b = set(first), set(second)
    if not a or not b:
        return 0.0
    small, large = sorted((a, b), key=len)
    return sum(any(_related(word, other) for other in large) for word in small) / len(small)


def _related(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return word == other or (len(short) >= 5 and (long.startswith(short) or long.endswith(short)))
