"""Token patterns over Swedish text, by spaCy, which is imported here and nowhere else.

`blank("sv")` gives the tokenizer and needs no model. Where the user has installed a trained Swedish pipeline
(`sv_core_news_sm` or larger), that one is used, and its named entities with it; nothing requires it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Pattern = Sequence[Mapping[str, Any]]
"""One token pattern in spaCy's own form, as it stands in a YAML file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Where a pattern was found. Offsets are characters of the text."""

    label: str
    start: int
    end: int


@cache
def pipeline() -> Language:
    """The trained Swedish pipeline that is installed, else spaCy's rule-based Swedish tokenizer."""
    trained = sorted(entry.name for entry in entry_points(group="spacy_models") if entry.name.startswith("sv_"))
    if trained:
        import spacy

        return spacy.load(trained[-1])
    with _without_torch():
        import spacy
    return spacy.blank("sv")


@contextmanager
def _without_torch() -> Iterator[None]:
    """Lets spaCy load without torch, which its tokenizer has no use for: importing it takes longer than the rest."""
    if "torch" in sys.modules:
        yield
        return
    sys.modules["torch"] = None  # type: ignore[assignment]  # makes 'import torch' fail as where it is not installed
    try:
        yield
    finally:
        del sys.modules["torch"]


class Finder:
    """Finds token patterns. Of overlapping matches the longest counts, the first of equally long ones."""

    def __init__(self, patterns: Mapping[str, Sequence[Pattern]]) -> None:
        vocabulary = pipeline().vocab
        from spacy.matcher import Matcher

        self._matcher = Matcher(vocabulary)
        for label, alternatives in patterns.items():
            self._matcher.add(label, [[dict(token) for token in pattern] for pattern in alternatives], greedy="LONGEST")

    def find(self, text: str) -> list[Match]:
        """The matches in `text`, in order."""
        from spacy.util import filter_spans

        spans = filter_spans(self._matcher(_tokens(text), as_spans=True))
        return [Match(label=span.label_, start=span.start_char, end=span.end_char) for span in spans]


def organisations(text: str) -> list[Match]:
    """The organisations that a trained pipeline names; none without one."""
    return [
        Match(label="ORG", start=entity.start_char, end=entity.end_char)
        for entity in _tokens(text).ents
        if entity.label_ in ("ORG", "ORGANIZATION")
    ]


@lru_cache(maxsize=1024)
def _tokens(text: str) -> Doc:
    return pipeline()(text)
