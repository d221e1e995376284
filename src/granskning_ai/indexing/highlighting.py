"""Where the words of a question stand in passages, in whatever form: inflected, in a compound, or rightly spelt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

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
        marked |= forms or {word for word in vocabulary if _alike(question, word) >= _MISSPELT}
        marked.update(others)
    return [tuple((start, end) for start, end, word in words if word in marked) for words in found]


def _forms(asked: str, vocabulary: Iterable[str]) -> set[str]:
    """The words that are forms of the asked one: by its stem at an edge of a word, or by most of its letters."""
    root = stem(asked)
    if len(root) < _SHORT:
        return {word for word in vocabulary if word.startswith(root) and len(word) <= len(asked) + _SHORT}
    # Another form of a long word begins or ends as it does.
    head, tail = root[:_SHORT], root[-_SHORT:]
    likely = {word for word in vocabulary if head in word or tail in word}
    return {word for word in likely if root in word or (len(root) > 5 and _alike(asked, word) >= _FORM)}


def _alike(asked: str, word: str) -> float:
    """The share of the asked word's 4-grams, but for the one that ends it, that the other word has."""
    own = grams(asked)[:-1] or grams(asked)
    return len(set(own) & set(grams(word))) / len(own)
