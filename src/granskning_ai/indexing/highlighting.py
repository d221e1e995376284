"""Where the words of a question stand in passages, in whatever form: inflected, in a compound, or rightly spelt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from granskning_ai.swedish.terms import grams, stem

_WORD = re.compile(r"\w+")
_FORM = 0.7
"""The share of a word's 4-grams that another form of it keeps."""
_MISSPELT = 0.5
"""The share that the right spelling of a misspelt word has; counts only for words that stand in no passage."""
_SHORT = 4

Spans = tuple[tuple[int, int], ...]


def highlights(
    texts: Sequence[str], asked: Iterable[str], synonyms: Mapping[str, Sequence[str]] | None = None
) -> list[Spans]:
    """The spans in each text of the words that the question's words (in lower case), or synonyms, are forms of."""
    found = [[(match.start(), match.end(), match.group().lower()) for match in _WORD.finditer(text)] for text in texts]
    vocabulary = {word for words in found for _, _, word in words}
    marked: set[str] = set()
    for question in asked:
        forms = _forms(question, vocabulary)
        others = [form for other in (synonyms or {}).get(question, ()) for form in _forms(other, vocabulary)]
        marked |= forms or _alike(question, vocabulary, _MISSPELT)
        marked.update(others)
    return [tuple((start, end) for start, end, word in words if word in marked) for words in found]


def _forms(asked: str, vocabulary: Iterable[str]) -> set[str]:
    """The words that are forms of the asked one: by its stem at an edge of a word, or by most of its letters."""
    root = stem(asked)
    if len(root) < _SHORT:
        return {word for word in vocabulary if word.startswith(root) and len(word) <= len(asked) + _SHORT}
    forms = {word for word in vocabulary if root in word}
    return forms | _alike(asked, vocabulary, _FORM) if len(root) > 5 else forms


def _alike(asked: str, vocabulary: Iterable[str], share: float) -> set[str]:
    """The words that have such a share of the asked word's 4-grams, but for the one that ends it."""
    own = grams(asked)[:-1] or grams(asked)
    wanted = frozenset(own)
    least = share * len(own)
    return {word for word in vocabulary if len(wanted & _grams_of(word)) >= least}


@lru_cache(maxsize=1 << 16)
def _grams_of(word: str) -> frozenset[str]:
    return frozenset(grams(word))
