"""The words of data/agreements.yml as patterns, without regard to case."""

from __future__ import annotations

import re
from functools import cache

from granskning_ai.extraction.data_files import load_yaml


@cache
def words(name: str) -> re.Pattern[str]:
    """A pattern of the word list."""
    return re.compile(load_yaml("agreements.yml")[name], re.IGNORECASE)


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    kinds = load_yaml("agreements.yml")["kinds"]
    return tuple((kind, re.compile(rf"\b(?:{found})", re.IGNORECASE)) for kind, found in kinds.items())


@cache
def any_kind() -> re.Pattern[str]:
    """Any word for an agreement."""
    return re.compile("|".join(pattern.pattern for _, pattern in _kinds()), re.IGNORECASE)


def kind_of(word: str) -> str:
    """The kind of agreement that a word found by `any_kind` means.

    >>> kind_of("Samverkansöverenskommelsen"), kind_of("medborgarlöften")
    ('samverkansöverenskommelse', 'medborgarlöfte')
    """
    return next(kind for kind, found in _kinds() if found.match(word))
