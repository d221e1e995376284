"""Where the words of a question stand in passages, in whatever form: inflected, in a compound, or rightly spelt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from granskning_ai.swedish.compounds import compound_parts
from granskning_ai.swedish.terms import grams, stem

_WORD = re.compile(r"\w+")
_FORM = 0.7
"""The share of a word's 4-grams that another form of it keeps."""
_MISSPELT = 0.5
"""The share that the right spelling of a misspelt word has; counts only for words that stand in no passage."""

Spans = tuple[tuple[int, int], ...]


def highlights(texts: Sequence[str], asked: Iterable[str]) -> list[Spans]:
    """The spans in each text of the words that the question's words (in lower case) are forms of."""
    found = [[(match.start(), match.end(), match.group().lower()) for match in _WORD.finditer(text)] for text in texts]
    vocabulary = {word for words in found for _, _, word in words}
    marked: set[str] = set()
    for question in asked:
        forms = {word for word in vocabulary if _same(question, word)}
        marked |= forms or {word for word in vocabulary if _alike(question, word) >= _MISSPELT}
    return [tuple((start, end) for start, end, word in words if word in marked) for words in found]


@lru_cache(maxsize=65536)
def _same(asked: str, word: str) -> bool:
    if asked == word or stem(asked) == stem(word):
        return True
    if len(asked) < 4 or len(word) < 4:
        return False
    return stem(asked) in map(stem, compound_parts(word)) or (len(asked) > 5 and _alike(asked, word) >= _FORM)


def _alike(asked: str, word: str) -> float:
    """The share of the asked word's 4-grams, but for the one that ends it, that the other word has."""
    own = grams(asked)[:-1] or grams(asked)
    return len(set(own) & set(grams(word))) / len(own)
