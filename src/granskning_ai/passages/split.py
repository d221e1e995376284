"""Passages that follow the document's structure: whole sentences, 80 to 200 words, never across a chapter.

A document is a row of units (sentences, list items, table rows). Each place between two units has a cost of
breaking there, and each passage a cost of being far from the size that retrieves best; the cheapest division is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from granskning_ai.model import Document, Passage, stable_id
from granskning_ai.model.documents import SECTION_SEPARATOR
from granskning_ai.passages.units import Unit, stretches

MOST_WORDS = 200
FEWEST_WORDS = 80
BEST_WORDS = 150
"""90-160 words retrieve best on municipal reports; shorter ones lose what their sentences refer to."""

_SHORT_COST = 1.0
"""For each word under FEWEST_WORDS: a passage of 40 words costs as much as a break inside a paragraph."""


def split(document: Document) -> tuple[Passage, ...]:
    """The document's passages in reading order; covers, contents pages and headings alone are in none."""
    return tuple(
        _passage(document, units) for stretch in stretches(document) for units in _divide(stretch) if _says(units)
    )


def _divide(units: Sequence[Unit]) -> Iterator[Sequence[Unit]]:
    """The cheapest division, found from the end backwards."""
    count = len(units)
    best = [0.0] * (count + 1)
    following = [count] * (count + 1)
    for first in range(count - 1, -1, -1):
        best[first] = float("inf")
        words, inner = 0, 0.0
        for last in range(first, count):
            words += units[last].words
            if last > first:
                inner += units[last].crossing
                if words > MOST_WORDS:
                    break
            broken = units[last + 1].breaking if last + 1 < count else 0.0
            cost = _size_cost(words) + inner + broken + best[last + 1]
            if cost < best[first]:
                best[first], following[first] = cost, last + 1
    first = 0
    while first < count:
        yield units[first : following[first]]
        first = following[first]


def _size_cost(words: int) -> float:
    return ((words - BEST_WORDS) / 10) ** 2 / 4 + _SHORT_COST * max(0, FEWEST_WORDS - words)


def _says(units: Sequence[Unit]) -> bool:
    return any(not unit.heading for unit in units)


def _passage(document: Document, units: Sequence[Unit]) -> Passage:
    """Headings that open the passage are in its heading path, not in its text."""
    start = next(unit.start for unit in units if not unit.heading)
    end = max(unit.end for unit in units)
    return Passage(
        id=stable_id("pass", document.id, start, end),
        document_id=document.id,
        start=start,
        end=end,
        page=document.page_at(start),
        section=SECTION_SEPARATOR.join(document.section_path(start)),
        text=document.text[start:end],
    )
