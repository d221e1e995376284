"""Whether what looks like words is Swedish, told by the letters that follow each other in Swedish words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from importlib.resources import files

_WORD = re.compile(r"[^\W\d_]+")
_ODD = 0.2
"""A word with a larger share than this of letter triples that Swedish words do not have is no Swedish word."""
_LEAST, _LONGEST = 4, 45
"""Words shorter than this tell nothing; longer ones have lost the spaces between them."""
_USUAL = {
    **{"e": 0.098, "a": 0.087, "r": 0.089, "n": 0.087, "t": 0.080, "s": 0.068, "i": 0.059, "l": 0.050, "d": 0.044},
    **{"o": 0.044, "k": 0.034, "m": 0.037, "g": 0.030, "v": 0.026, "f": 0.024, "ä": 0.018, "p": 0.020, "u": 0.020},
    **{"h": 0.017, "å": 0.014, "ö": 0.016, "b": 0.015},
}
"""The share of each letter in Swedish text."""
_RARE, _EXPECTED = 0.1, 40
"""A letter is missing where it comes less than this often of what is usual, and so many were to be expected."""


def odd_words(text: str) -> tuple[int, int]:
    """How many of the text's words are no Swedish words, and how many were long enough to tell.

    >>> odd_words("kommunens qzxw lägesbild")
    (1, 3)
    """
    words = [word for word in _WORD.findall(text) if len(word) >= _LEAST]
    return sum(is_odd(word.lower()) for word in words), len(words)


@lru_cache(maxsize=65536)
def is_odd(word: str) -> bool:
    """Whether a word in lower case has letters in an order that Swedish words do not have."""
    if len(word) > _LONGEST:
        return True
    known, edged = _triples(), f"^{word}$"
    unknown = sum(edged[index : index + 3] not in known for index in range(len(word)))
    return unknown > _ODD * len(word)


def missing_letters(text: str) -> str:
    """The common letters that the text has hardly any of, in the alphabet's order: lost where it was made or read."""
    letters = Counter(char for char in text.lower() if char.isalpha())
    total = sum(letters.values())
    return "".join(
        sorted(
            letter
            for letter, share in _USUAL.items()
            if share * total >= _EXPECTED and letters[letter] < _RARE * share * total
        )
    )


@cache
def _triples() -> frozenset[str]:
    text = files("granskning_ai.swedish").joinpath("data/trigram.txt").read_text(encoding="utf-8")
    rows = [row for row in text.splitlines() if not row.startswith("#")]
    return frozenset(triple for row in rows for triple in row.split())
