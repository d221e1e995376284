"""Chunks to drafts: joins lines, tells page breaks and boxes."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Sequence

from granskning_ai.model import BlockKind, Box, Draft
from granskning_ai.parsing.pdf_chunks import Chunk
from granskning_ai.parsing.pdf_grid import Grid
from granskning_ai.parsing.pdf_lines import Line, attach_markers
from granskning_ai.parsing.pdf_page import PageContent, Rect
from granskning_ai.swedish.hyphenation import join_lines, vocabulary_of


def vocabulary(chunks: Iterable[Chunk]) -> frozenset[str]:
    """The words that stand unbroken in the document."""
    lines: list[str] = []
    for chunk in chunks:
        lines.extend(line.text for line in chunk.lines)
        if chunk.grid:
            for row in chunk.grid.cells:
                for cell in row:
                    lines.extend(line.text for line in cell)
                    lines.append("")
    return vocabulary_of(lines)


def draft_of(chunk: Chunk, words: Collection[str], pages: dict[int, PageContent]) -> Draft:
    """The draft of a chunk."""
    if chunk.grid is not None:
        return _table(chunk.grid, words, pages)
    text, breaks = _running_text(chunk.lines, words)
    if chunk.text is not None:
        text, breaks = unicodedata.normalize("NFC", chunk.text), ()
    if chunk.kind is BlockKind.HEADING and chunk.marker:
        breaks = tuple((at + len(chunk.marker) + 1, page) for at, page in breaks)
        text, marker = f"{chunk.marker} {text}", None
    else:
        marker = chunk.marker
    return Draft(
        kind=chunk.kind,
        text=text,
        page=chunk.page,
        level=chunk.level,
        marker=marker,
        page_breaks=breaks,
        boxes=_boxes(chunk.lines, pages),
    )


def _running_text(lines: Sequence[Line], words: Collection[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The lines as one, with the offsets at which the text goes on to another page."""
    text = _join([line.text for line in lines], words)
    breaks: list[tuple[int, int]] = []
    for index in range(1, len(lines)):
        if lines[index].page != lines[index - 1].page:
            rest = _join([line.text for line in lines[index:]], words)
            breaks.append((max(0, len(text) - len(rest)), lines[index].page))
    return text, tuple(breaks)


def _join(texts: Sequence[str], words: Collection[str]) -> str:
    return unicodedata.normalize("NFC", join_lines(texts, words)).strip()


def _boxes(lines: Sequence[Line], pages: dict[int, PageContent]) -> tuple[Box, ...]:
    """One box for each stretch of lines in one column of one page."""
    boxes: list[tuple[int, Rect]] = []
    for line in lines:
        rect = line.rect
        if boxes and boxes[-1][0] == line.page and rect.y0 >= boxes[-1][1].y0 - 1:
            last = boxes[-1][1]
            rect = Rect(min(last.x0, rect.x0), min(last.y0, rect.y0), max(last.x1, rect.x1), max(last.y1, rect.y1))
            boxes[-1] = (line.page, rect)
        else:
            boxes.append((line.page, rect))
    return tuple(_box(page, rect, pages) for page, rect in boxes)


def _box(page: int, rect: Rect, pages: dict[int, PageContent]) -> Box:
    shown = pages[page].shown(rect) if page in pages else rect
    return Box(page=page, x0=round(shown.x0, 1), y0=round(shown.y0, 1), x1=round(shown.x1, 1), y1=round(shown.y1, 1))


def _table(grid: Grid, words: Collection[str], pages: dict[int, PageContent]) -> Draft:
    texts = [[cell_text(cell, words) for cell in row] for row in grid.cells]
    for (i, j), (a, b) in grid.spans.items():
        texts[i][j] = texts[a][b]
    return Draft(
        kind=BlockKind.TABLE,
        page=grid.row_pages[0],
        rows=tuple(tuple(row) for row in texts),
        spans=dict(sorted(grid.spans.items())),
        row_pages=tuple(grid.row_pages),
        boxes=tuple(_box(page, rect, pages) for page, rect in grid.areas),
    )


def cell_text(lines: Sequence[Line], words: Collection[str]) -> str:
    """The text of a cell; its paragraphs and list items stand on lines of their own."""
    parts: list[list[Line]] = []
    for line in _by_page(lines):
        if parts and not _begins_part(parts[-1], line):
            parts[-1].append(line)
        else:
            parts.append([line])
    return "\n".join(
        f"{part[0].marker} {_join([line.text for line in part], words)}"
        if part[0].marker
        else _join([line.text for line in part], words)
        for part in parts
    )


def _by_page(lines: Sequence[Line]) -> list[Line]:
    if any(line.head is not None for line in lines):
        return list(lines)
    pages = sorted({line.page for line in lines})
    return [line for page in pages for line in attach_markers([line for line in lines if line.page == page])]


def _begins_part(part: Sequence[Line], line: Line) -> bool:
    if line.marker:
        return True
    if line.head is not None:
        return line.head
    last = part[-1]
    gap = line.base - last.base
    if line.page != last.page or gap <= 0:
        return False
    usual = part[1].base - part[0].base if len(part) > 1 and part[1].page == part[0].page else 1.25 * line.size
    return gap > usual + 0.3 * line.size
