"""From a parser's drafts to a document: text, offsets, blocks and pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from granskning_ai.model.codes import BlockKind
from granskning_ai.model.documents import Block, Box, Cell, Document, Metadata, Page, Run, SourceFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A block as a parser sees it, before the document's text and offsets exist.

    `page_breaks` are (offset into `text`, page number) pairs where the block goes on to another page.
    `rows` are the table's cells, as many in each row; where a merged cell covers (row, column),
    `spans[(row, column)]` names the (row, column) where it begins. `row_pages` gives each row's page
    where a table goes on over pages. `runs` are where the lines stand, with offsets into `text`; `cell_runs` the
    same for the cells of a table, with offsets into each cell.
    """

    kind: BlockKind
    text: str = ""
    page: int = 1
    level: int | None = None
    marker: str | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    page_breaks: tuple[tuple[int, int], ...] = ()
    row_pages: tuple[int, ...] = ()
    boxes: tuple[Box, ...] = ()
    runs: tuple[Run, ...] = ()
    cell_runs: dict[tuple[int, int], tuple[Run, ...]] = field(default_factory=dict)
    confidence: float | None = None


def assemble(
    source: SourceFile, drafts: list[Draft], *, page_count: int, title: str = "", hidden: tuple[str, ...] = ()
) -> Document:
    """Builds the document's text, offsets, blocks and page runs from a parser's drafts.

    Blocks are separated by an empty line. Drafts without text are dropped. A parser never computes an offset itself.
    """
    pieces: list[str] = []
    blocks: list[Block] = []
    runs: list[tuple[int, int]] = []
    offset = 0
    for draft in drafts:
        block = _place(draft, offset)
        if block is None:
            continue
        blocks.append(block)
        runs.extend(_page_runs(draft, block))
        pieces.append(block.text)
        offset = block.end + 2
    text = "\n\n".join(pieces)
    pages: list[Page] = []
    for index, (start, number) in enumerate(runs):
        end = runs[index + 1][0] if index + 1 < len(runs) else len(text)
        if pages and pages[-1].number == number:
            pages[-1] = Page(number=number, start=pages[-1].start, end=end)
        else:
            pages.append(Page(number=number, start=start, end=end))
    return Document(
        source=source,
        text=text,
        blocks=tuple(blocks),
        pages=tuple(pages),
        page_count=page_count,
        metadata=Metadata(title=title),
        hidden=hidden,
    )


_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
"""Characters that no text has and no database takes: NUL, and halves of surrogate pairs."""


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", _NO_TEXT.sub("\ufffd", text)).strip()


def _clean_length(text: str) -> int:
    """How many characters of the cleaned text the beginning `text` of a raw text became."""
    return len(unicodedata.normalize("NFC", _NO_TEXT.sub("\ufffd", text)).lstrip())


def _place(draft: Draft, offset: int) -> Block | None:
    cells: tuple[tuple[Cell, ...], ...] = ()
    if draft.kind is BlockKind.TABLE:
        text, cells = _place_cells(draft, offset)
        if not any(cell.text for row in cells for cell in row):
            return None
    else:
        text = _clean(draft.text)
        if not text:
            return None
    return Block(
        kind=draft.kind,
        text=text,
        start=offset,
        end=offset + len(text),
        page=draft.page,
        level=draft.level,
        marker=draft.marker,
        cells=cells,
        boxes=draft.boxes,
        runs=_place_runs(draft, cells, offset, len(text)),
        confidence=draft.confidence,
    )


def _place_runs(draft: Draft, cells: tuple[tuple[Cell, ...], ...], offset: int, length: int) -> tuple[Run, ...]:
    if not draft.cell_runs:
        return _runs(draft.runs, offset, offset + length)
    placed: list[Run] = []
    for (row, column), runs in sorted(draft.cell_runs.items()):
        cell = cells[row][column]
        placed += _runs(runs, cell.start, cell.end)
    return tuple(sorted(placed, key=lambda run: run.start))


def _runs(runs: Sequence[Run], start: int, end: int) -> tuple[Run, ...]:
    """The runs moved to the text between `start` and `end`."""
    moved = (replace(run, start=start + run.start, end=min(start + run.end, end)) for run in runs)
    return tuple(run for run in moved if run.start < run.end)


def _place_cells(draft: Draft, offset: int) -> tuple[str, tuple[tuple[Cell, ...], ...]]:
    lines: list[str] = []
    grid: list[list[Cell]] = []
    for row_index, row in enumerate(draft.rows):
        placed: list[Cell] = []
        line: list[str] = []
        for column_index, raw in enumerate(row):
            origin = draft.spans.get((row_index, column_index), (row_index, column_index))
            if origin < (row_index, column_index):
                placed.append(grid[origin[0]][origin[1]] if origin[0] < row_index else placed[origin[1]])
                continue
            text = _clean(raw)
            start = offset + sum(len(piece) + 1 for piece in line)
            line.append(text)
            placed.append(Cell(text=text, start=start, end=start + len(text)))
        lines.append("\t".join(line))
        offset += len(lines[-1]) + 1
        grid.append(placed)
    return "\n".join(lines), tuple(tuple(row) for row in grid)


def _page_runs(draft: Draft, block: Block) -> list[tuple[int, int]]:
    runs = [(block.start, draft.page)]
    breaks = [(_clean_length(draft.text[:at]), number) for at, number in draft.page_breaks]
    runs += [(block.start + at, number) for at, number in breaks if at < len(block.text)]
    for index, number in enumerate(draft.row_pages):
        begun = [c for c in range(len(draft.rows[index])) if draft.spans.get((index, c), (index, c))[0] == index]
        own = [block.cells[index][c].start for c in begun] if block.cells else []
        if number != runs[-1][1] and own:
            runs.append((min(own), number))
    return runs
