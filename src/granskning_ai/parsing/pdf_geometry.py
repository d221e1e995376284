"""Blocks of a PDF without tags, read from where its words stand."""

from __future__ import annotations

from collections.abc import Sequence

from granskning_ai.model import BlockKind
from granskning_ai.parsing.pdf_aligned import Ruling
from granskning_ai.parsing.pdf_chunks import Chunk, chunks_of, metrics_of
from granskning_ai.parsing.pdf_columns import Column, columns_of
from granskning_ai.parsing.pdf_covers import cover_chunks, is_cover, mark_contents, take_contents
from granskning_ai.parsing.pdf_figures import take_labels
from granskning_ai.parsing.pdf_flow import join_columns, split_at_heads
from granskning_ai.parsing.pdf_furniture import remove_furniture
from granskning_ai.parsing.pdf_grid import Grid
from granskning_ai.parsing.pdf_headings import mark_headings
from granskning_ai.parsing.pdf_lines import Line, attach_markers
from granskning_ai.parsing.pdf_lists import mark_levels
from granskning_ai.parsing.pdf_notes import take_footnotes
from granskning_ai.parsing.pdf_outline import Bookmark, mark_bookmarked
from granskning_ai.parsing.pdf_page import PageContent
from granskning_ai.parsing.pdf_sheets import Sheet, body_size, sheets_of


def chunks_of_pages(pages: Sequence[PageContent], outline: Sequence[Bookmark] = ()) -> list[Chunk]:
    """The blocks of the pages in reading order. `outline` holds the file's bookmarks."""
    sheets = sheets_of(pages)
    size = body_size(sheets)
    remove_furniture(sheets, size)
    parts = _parts(sheets)
    asides = _take_asides(sheets, size)
    for sheet in sheets:
        sheet.take_tables()
    labels = {id(sheet): take_labels(sheet, size) for sheet in sheets}
    notes = {id(sheet): take_footnotes(sheet, size) for sheet in sheets}
    columns = {id(sheet): _columns(sheet, size) for sheet in sheets}
    metrics = metrics_of([column for group in columns.values() for column in group], size)
    groups: list[list[Chunk]] = []
    for sheet in sheets:
        groups.extend([[chunk] for chunk in asides.get(id(sheet), [])])
        groups.extend([[Chunk(BlockKind.FURNITURE, [line])] for line in sheet.margin])
        own = [_with_grids_split(chunks_of(column, metrics)) for column in columns[id(sheet)]]
        own += [[chunk] for chunk in labels[id(sheet)]]
        if notes[id(sheet)]:
            own.append(notes[id(sheet)])
        groups.extend(own)
    flat = [chunk for group in groups for chunk in group]
    mark_headings(flat, metrics, lambda page: parts.get(page, 0))
    mark_bookmarked(flat, outline)
    mark_contents(flat)
    chunks = join_columns(groups)
    mark_levels(chunks)
    return chunks


def _take_asides(sheets: list[Sheet], size: float) -> dict[int, list[Chunk]]:
    """Covers and contents pages, by the id of their sheet."""
    covers = [sheet for index, sheet in enumerate(sheets) if is_cover(sheets, index, size)]
    asides: dict[int, list[Chunk]] = {}
    for sheet in covers:
        asides[id(sheet)] = cover_chunks(sheet)
        sheet.lines, sheet.grids = [], []
    continued = False
    for sheet in sheets:
        taken = take_contents(sheet, continued=continued)
        continued = bool(taken) and not sheet.lines
        if taken:
            asides[id(sheet)] = asides.get(id(sheet), []) + taken
    return asides


def _parts(sheets: Sequence[Sheet]) -> dict[int, int]:
    """Which part of the file each page is in: a part is a stretch of pages with the same running headers."""
    parts: dict[int, int] = {}
    last: frozenset[str] | None = None
    number = 0
    for sheet in sheets:
        texts = frozenset(line.text for line in sheet.furniture if not any(char.isdigit() for char in line.text))
        if last is not None and texts != last and not (texts and last and texts & last):
            number += 1
        last = texts
        parts[sheet.page] = number
    return parts


def _columns(sheet: Sheet, size: float) -> list[Column]:
    items: list[Line | Grid] = [*attach_markers(sheet.lines, numbers=False), *sheet.grids]
    columns = columns_of(items, size, Ruling(sheet.across, sheet.fills))
    for column in columns:
        for item in column.items:
            if isinstance(item, Line):
                item.origin = sheet.area.x0
    return columns


def _with_grids_split(chunks: list[Chunk]) -> list[Chunk]:
    split: list[Chunk] = []
    for chunk in chunks:
        if chunk.grid is None:
            split.append(chunk)
        else:
            split.extend(Chunk(BlockKind.TABLE, grid=grid) for grid in split_at_heads(chunk.grid))
    return split
