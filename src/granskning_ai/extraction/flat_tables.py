"""Tables of figures as grids: those the parser found, and those a text dump has run together into paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from granskning_ai.extraction.data_files import load_yaml
from granskning_ai.model import Block, BlockKind, Cell, Document

LONGEST_CAPTION = 200
"""How many characters a paragraph may have that is a caption."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table's cells, its captions, and the last words of the text before it."""

    rows: tuple[tuple[Cell, ...], ...]
    caption: str
    lead: str


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of data/indicators.yml, without regard to case."""
    return re.compile(load_yaml("indicators.yml")[name], re.IGNORECASE)


def grids(document: Document) -> Iterator[Grid]:
    """Every table of the document in order, run-together tables of figures included."""
    blocks = [block for block in document.blocks if block.kind is not BlockKind.FURNITURE]
    above = _captions_stand_above(blocks)
    index = 0
    while index < len(blocks):
        block = blocks[index]
        if block.kind is BlockKind.TABLE:
            yield _grid(_with_headings_apart(block.cells), blocks, index, index, above=above)
        else:
            found = _read_flat(blocks, index)
            if found:
                rows, end = found
                yield _grid(rows, blocks, index, end - 1, above=above)
                index = end
                continue
        index += 1


def _captions_stand_above(blocks: Sequence[Block]) -> bool:
    """Whether the document sets its captions over its tables rather than under them."""
    pairs = list(pairwise(blocks))
    above = sum(_is_caption(a) and b.kind is BlockKind.TABLE for a, b in pairs)
    below = sum(a.kind is BlockKind.TABLE and _is_caption(b) for a, b in pairs)
    return above >= below


_CAPTION = re.compile(r"(?:tabell|figur|diagram)\s+\d+(?:\.\d+)*\s*[.:–-]", re.IGNORECASE)


def _is_caption(block: Block) -> bool:
    """A caption, also one that the parser took for a paragraph."""
    return block.kind is BlockKind.CAPTION or (
        block.kind is BlockKind.PARAGRAPH and len(block.text) < LONGEST_CAPTION and bool(_CAPTION.match(block.text))
    )


def _grid(rows: tuple[tuple[Cell, ...], ...], blocks: Sequence[Block], first: int, last: int, *, above: bool) -> Grid:
    """The table in `blocks[first]` to `blocks[last]`, with its own caption and not that of the next table."""
    over = first - 1 if first and _is_caption(blocks[first - 1]) else None
    under = last + 1 if last + 1 < len(blocks) and _is_caption(blocks[last + 1]) else None
    if above and over is None and under is not None and _is_table(blocks, under + 1):
        under = None
    if not above and under is None and over is not None and _is_table(blocks, over - 1):
        over = None
    caption = over if under is None or (above and over is not None) else under
    before = blocks[max(0, first - 3) : first]
    return Grid(
        rows=rows,
        caption=blocks[caption].text if caption is not None else "",
        lead=before[-1].text[-300:] if before else "",
    )


def _is_table(blocks: Sequence[Block], index: int) -> bool:
    return 0 <= index < len(blocks) and blocks[index].kind is BlockKind.TABLE


_YEAR = r"(?:19|20)\d\d(?:\s?[/–-]\s?\d{2,4})?"
_NUMBER = (
    r"[<>≥≤]?\s?[-–]?\d{1,3}(?:[ \u00a0]\d{3})+(?:[.,]\d+)?\s?%?|[<>≥≤]?\s?[-–]?\d+(?:[.,]\d+)?\s?%?|[-–]|i\.?u\.?|-"
)
BREAK = "\x1f"
"""Stands between two blocks that are read together: white space to a pattern, but in no text."""

_WORDS = rf"[^\d{BREAK}]+?"
_BETWEEN = f"[ {BREAK}]+"
MAX_NAME_BLOCKS = 3
"""Over how many blocks a row's name may be broken."""

MAX_ROW_WORDS = 50
"""A longer paragraph is no row: the table has ended."""


@cache
def _heading_token() -> re.Pattern[str]:
    words = load_yaml("indicators.yml")["flat_headings"]
    return re.compile(rf"\s*((?:{words})\b(?:\s+(?:{_YEAR}))?|{_YEAR})(?=\s|$)")


def _read_flat(blocks: Sequence[Block], index: int) -> tuple[tuple[tuple[Cell, ...], ...], int] | None:
    """The rows of the run-together table whose heading begins in `blocks[index]`, and the index after it."""
    head = _read_head(blocks, index)
    if head is None:
        return None
    name, columns, at = head
    rows: list[tuple[Cell, ...]] = [(name, *columns)]
    shape = _row_shape(columns)
    pending: list[Block] = []
    end = at
    while at < len(blocks) and len(pending) <= MAX_NAME_BLOCKS + len(columns):
        block = blocks[at]
        at += 1
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or len(block.text.split()) > MAX_ROW_WORDS:
            break
        pending.append(block)
        row = _read_row(pending, shape)
        if row:
            rows.append(row)
            pending, end = [], at
    return (tuple(rows), end) if len(rows) > 1 else None


def _with_headings_apart(rows: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
    """The rows of a table, with headings that a parser has merged into one cell told apart."""
    first = {cell.start: cell for cell in rows[0] if cell.text}
    if len(first) != 1:
        return rows
    (cell,) = first.values()
    name = pattern("name_heading").match(cell.text) or pattern("question_heading").match(cell.text)
    columns = _heading_cells(cell, name.end()) if name else None
    if name is None or columns is None or len(columns) + 1 != len(rows[0]):
        return rows
    return ((Cell(text=name.group(), start=cell.start, end=cell.start + name.end()), *columns), *rows[1:])


def _read_head(blocks: Sequence[Block], index: int) -> tuple[Cell, list[Cell], int] | None:
    """The name column's heading, the other headings, and the index of the block after them."""
    block = blocks[index]
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.CAPTION):
        return None
    first = pattern("name_heading").match(block.text) or pattern("question_heading").match(block.text)
    years = None if first else pattern("series_heading").match(block.text)
    first = first or years
    if first is None:
        return None
    columns = _heading_cells(block, first.end())
    if columns is None or (years and len(columns) < 2):
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


def _heading_cells(block: Block | Cell, at: int) -> list[Cell] | None:
    """The headings that make up the rest of a text; None where it holds anything else."""
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
        f"({_WORDS if _has_words(cell.text) else _NUMBER})" for cell in columns if not _is_group(cell.text, columns)
    ]
    return re.compile(rf"(.*?\S){_BETWEEN}{_BETWEEN.join(values)}", re.DOTALL)


def _has_words(heading: str) -> bool:
    return bool(pattern("outcome_heading").search(heading) or pattern("unit_heading").search(heading))


def _is_group(text: str, columns: Sequence[Cell]) -> bool:
    """'Antal' and 'Frekvens' stand over the answers of a survey and have no values of their own."""
    has_answers = any(pattern("telling_answers").search(cell.text) for cell in columns)
    return has_answers and bool(pattern("count_group").search(text) or pattern("share_group").search(text))


def _read_row(pending: Sequence[Block], shape: re.Pattern[str]) -> tuple[Cell, ...] | None:
    """The row that the blocks make up together; each value stands in one of them."""
    match = shape.fullmatch(BREAK.join(_as_one(block.text) for block in pending))
    if match is None or match[1].count(BREAK) >= MAX_NAME_BLOCKS:
        return None
    offsets: list[tuple[int, int]] = []
    at = 0
    for block in pending:
        offsets.append((at, block.start))
        at += len(block.text) + len(BREAK)
    cells = []
    for group in range(2, match.re.groups + 1):
        begin, start = next((begin, start) for begin, start in reversed(offsets) if begin <= match.start(group))
        start += match.start(group) - begin
        text = match[group].replace("\u00a0", " ")
        cells.append(Cell(text=text, start=start, end=start + len(text)))
    name = match[1].replace(BREAK, " ")
    first = pending[0]
    return Cell(text=name, start=first.start, end=first.start + len(match[1].split(BREAK)[0])), *cells


def _as_one(text: str) -> str:
    """A block that holds one figure keeps it whole: '1 204' is not '1' and '204'."""
    return text.replace(" ", "\u00a0") if re.fullmatch(_NUMBER, text) else text
