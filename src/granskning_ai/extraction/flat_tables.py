"""Tables of figures as grids: those the parser found, and those a text dump has run together into paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from granskning_ai.extraction.data_files import load_yaml
from granskning_ai.model import Block, BlockKind, Cell, Document

EMPTY = Cell(text="", start=0, end=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table's cells, and the words that introduce it (its caption, or the paragraph or heading before it)."""

    rows: tuple[tuple[Cell, ...], ...]
    title: str


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of data/indicators.yml, without regard to case."""
    return re.compile(load_yaml("indicators.yml")[name], re.IGNORECASE)


def grids(document: Document) -> Iterator[Grid]:
    """Every table of the document in order, run-together tables of figures included."""
    index = 0
    while index < len(document.blocks):
        block = document.blocks[index]
        if block.kind is BlockKind.TABLE:
            yield Grid(rows=block.cells, title=_title(document.blocks, index))
        elif block.kind is not BlockKind.FURNITURE:
            found = _read_flat(document.blocks, index)
            if found:
                grid, index = found
                yield grid
                continue
        index += 1


def _title(blocks: Sequence[Block], index: int) -> str:
    """The captions beside a table, else the text before it."""
    beside = [blocks[at] for at in (index - 1, index + 1) if 0 <= at < len(blocks)]
    captions = [block.text for block in beside if block.kind is BlockKind.CAPTION]
    if captions:
        return " ".join(captions)
    before = [block for block in blocks[max(0, index - 3) : index] if block.kind is not BlockKind.FURNITURE]
    return before[-1].text[-300:] if before else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    text: str
    start: int
    end: int


_YEAR = r"(?:19|20)\d\d(?:\s?[/–-]\s?\d{2,4})?"
_NUMBER = (
    r"[<>≥≤]?\s?[-–]?\d{1,3}(?:[ \u00a0]\d{3})+(?:[.,]\d+)?\s?%?|[<>≥≤]?\s?[-–]?\d+(?:[.,]\d+)?\s?%?|[-–]|i\.?u\.?|-"
)
MAX_NAME_BLOCKS = 3
MAX_NAME_WORDS = 40


@cache
def _heading_token() -> re.Pattern[str]:
    words = load_yaml("indicators.yml")["flat_headings"]
    return re.compile(rf"\s*((?:{words})\b(?:\s+(?:{_YEAR}))?|{_YEAR})(?=\s|$)")


def _read_flat(blocks: Sequence[Block], index: int) -> tuple[Grid, int] | None:
    """The run-together table whose heading begins in `blocks[index]`, and the index after it."""
    head = _read_head(blocks, index)
    if head is None:
        return None
    name, columns, at = head
    rows: list[tuple[Cell, ...]] = [(name, *columns)]
    shape = _row_shape(columns)
    pending: list[Block] = []
    end = at
    while at < len(blocks):
        block = blocks[at]
        at += 1
        if block.kind is BlockKind.FURNITURE:
            continue
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            break
        row = _read_row(block, pending, shape)
        if row:
            rows.append(row)
            pending = []
            end = at
        else:
            pending.append(block)
        if len(pending) > MAX_NAME_BLOCKS or (pending and len(block.text.split()) > MAX_NAME_WORDS):
            break
    return (Grid(rows=tuple(rows), title=_title(blocks, index)), end) if len(rows) > 1 else None


def _read_head(blocks: Sequence[Block], index: int) -> tuple[Cell, list[Cell], int] | None:
    """The name column's heading, the other headings, and the index of the block after them."""
    block = blocks[index]
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.CAPTION):
        return None
    first = pattern("name_heading").match(block.text) or pattern("question_heading").match(block.text)
    if first is None:
        return None
    columns = _heading_cells(block, first.end())
    if columns is None:
        return None
    name = Cell(text=first.group(), start=block.start, end=block.start + first.end())
    at = index + 1
    while at < len(blocks) and blocks[at].kind in (BlockKind.PARAGRAPH, BlockKind.HEADING):
        more = _heading_cells(blocks[at], 0)
        if not more:
            break
        columns += more
        at += 1
    return (name, columns, at) if columns else None


def _heading_cells(block: Block, at: int) -> list[Cell] | None:
    """The headings that make up the rest of a block; None where it holds anything else."""
    cells: list[Cell] = []
    while block.text[at:].strip():
        match = _heading_token().match(block.text, at)
        if match is None:
            return None
        cells.append(Cell(text=match[1], start=block.start + match.start(1), end=block.start + match.end(1)))
        at = match.end()
    return cells


def _row_shape(columns: Sequence[Cell]) -> re.Pattern[str]:
    """A row's name, then one value per column: a figure, or words under a heading such as 'Uppnått'."""
    values = [
        r"(\D+?)"
        if pattern("outcome_heading").search(cell.text) or pattern("unit_heading").search(cell.text)
        else f"({_NUMBER})"
        for cell in columns
        if not _is_group(cell.text, columns)
    ]
    joined = r"\s+".join(values)
    return re.compile(rf"(?:(.*?\S)\s+)??{joined}")


def _is_group(text: str, columns: Sequence[Cell]) -> bool:
    """'Antal' and 'Frekvens' stand over the answers of a survey and have no values of their own."""
    has_answers = any(pattern("telling_answers").search(cell.text) for cell in columns)
    return has_answers and bool(pattern("count_group").search(text) or pattern("share_group").search(text))


def _read_row(block: Block, pending: Sequence[Block], shape: re.Pattern[str]) -> tuple[Cell, ...] | None:
    match = shape.fullmatch(block.text.strip())
    if match is None or not (match[1] or pending):
        return None
    cells = []
    for group in range(2, (match.re.groups) + 1):
        start, end = match.span(group)
        cells.append(Cell(text=match[group], start=block.start + start, end=block.start + end))
    first = pending[0] if pending else block
    end = len(first.text) if pending else match.end(1)
    words = [piece.text for piece in pending] + ([match[1]] if match[1] else [])
    return Cell(text=" ".join(words), start=first.start, end=first.start + end), *cells
