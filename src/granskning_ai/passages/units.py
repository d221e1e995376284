"""A document as a row of units that may not be cut, with what it costs to part or to join them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from granskning_ai.model import Block, BlockKind, Document
from granskning_ai.swedish.language import sentences

LONG = 60
"""A paragraph or list item of more words than this may be parted between its sentences."""

_KEEP = 400.0
"""Parting a list from its lead-in, a table from its header, text from its heading: only where nothing else will do."""

_BREAKING = {
    BlockKind.HEADING: 0.0,
    BlockKind.PARAGRAPH: 10.0,
    BlockKind.TABLE: 10.0,
    BlockKind.CAPTION: 15.0,
    BlockKind.FOOTNOTE: 30.0,
    BlockKind.LIST_ITEM: 25.0,
}
"""The cost of a break before a block of this kind."""

_INSIDE = 40.0
"""The cost of a break between two sentences of a paragraph, or before a nested list item."""

_CROSSING = 30.0
_CROSSING_CHAPTER = 50.0
"""The cost of a heading inside a passage: short sections beside each other are one passage, long ones never."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of text that is in one passage.

    `breaking` and `crossing` are the costs of parting it from, and of joining it with, what stands before.
    """

    start: int
    end: int
    words: int
    breaking: float
    crossing: float = 0.0
    heading: bool = False


def stretches(document: Document) -> Iterator[list[Unit]]:
    """The document's runs of text between covers, contents pages and running heads, which passages never hold."""
    units: list[Unit] = []
    before: Block | None = None
    for block in document.blocks:
        if block.kind is BlockKind.FURNITURE:
            if units:
                yield units
            units = []
            before = None
        else:
            units.extend(_units(block, before))
            before = block
    if units:
        yield units


def _units(block: Block, before: Block | None) -> Iterator[Unit]:
    breaking = _cost_of_break(block, before)
    if block.kind is BlockKind.HEADING:
        crossing = _CROSSING if (block.level or 1) > 1 else _CROSSING_CHAPTER
        yield Unit(block.start, block.end, len(block.text.split()), breaking, crossing, heading=True)
        return
    for index, (start, end, words) in enumerate(_pieces(block)):
        inside = _KEEP if block.kind is BlockKind.TABLE and index == 1 else _INSIDE
        if block.kind is BlockKind.TABLE and index > 1:
            inside = _BREAKING[BlockKind.LIST_ITEM]
        yield Unit(start, end, words, breaking if index == 0 else inside)


def _cost_of_break(block: Block, before: Block | None) -> float:
    if before is None:
        return 0.0
    if before.kind is BlockKind.HEADING:
        return _KEEP
    opens_list = block.kind is BlockKind.LIST_ITEM and before.kind is not BlockKind.LIST_ITEM
    if (
        before.text.rstrip().endswith(":")
        or opens_list
        or (before.kind, block.kind)
        == (
            BlockKind.CAPTION,
            BlockKind.TABLE,
        )
    ):
        return _KEEP
    if block.kind is BlockKind.LIST_ITEM and (block.level or 1) > 1:
        return _INSIDE
    return _BREAKING[block.kind]


def _pieces(block: Block) -> Iterator[tuple[int, int, int]]:
    """A table's rows, a long block's sentences, or the block as a whole; each with its number of words."""
    if block.kind is BlockKind.TABLE:
        yield from _rows(block)
    else:
        yield from _sentences(block.text, block.start)


def _sentences(text: str, offset: int) -> Iterator[tuple[int, int, int]]:
    count = len(text.split())
    if count <= LONG:
        yield offset, offset + len(text), count
        return
    for start, end in sentences(text):
        yield offset + start, offset + end, len(text[start:end].split())


def _rows(block: Block) -> Iterator[tuple[int, int, int]]:
    """Each row's own cells; a merged cell stands in its first row. A very long row is parted between sentences."""
    at = block.start
    for row in block.cells:
        own = [cell for cell in row if cell.text and cell.start >= at]
        if not own:
            continue
        start, at = min(cell.start for cell in own), max(cell.end for cell in own)
        text = block.text[start - block.start : at - block.start]
        words = len(text.split())
        if words <= 150:
            yield start, at, words
        else:
            yield from _sentences(text.replace("\t", "\n"), start)
