"""Chunks to drafts: joins lines, tells page breaks and boxes."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from granskning_ai.model import BlockKind, Box, Draft, Run
from granskning_ai.parsing.pdf_chunks import Chunk
from granskning_ai.parsing.pdf_grid import Grid
from granskning_ai.parsing.pdf_lines import Line, attach_markers
from granskning_ai.parsing.pdf_page import PageContent, Rect
from granskning_ai.swedish.hyphenation import place_lines, vocabulary_of

Pages = dict[int, PageContent]

_DRIFT = 3.0
"""How far in points a slanting line may rise or fall within one upright rectangle."""


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


def draft_of(chunk: Chunk, words: Collection[str], pages: Pages) -> Draft:
    """The draft of a chunk."""
    if chunk.grid is not None:
        return _table(chunk.grid, words, pages)
    text, runs = _running_text(chunk.lines, words, pages)
    marker = chunk.marker
    if chunk.kind is BlockKind.HEADING and marker:
        text, runs = _with_marker(chunk.lines[0], text, runs, pages)
        marker = None
    breaks = tuple((run.start, run.page) for last, run in pairwise(runs) if run.page != last.page)
    return Draft(
        kind=chunk.kind,
        text=text,
        page=chunk.page,
        level=chunk.level,
        marker=marker,
        page_breaks=breaks,
        boxes=_boxes(chunk.lines, pages),
        runs=tuple(runs),
        confidence=_confidence(chunk.lines),
    )


def _running_text(lines: Sequence[Line], words: Collection[str], pages: Pages) -> tuple[str, list[Run]]:
    """The lines as one, and where in it each line begins and stands on its page."""
    text, starts = place_lines([unicodedata.normalize("NFC", line.text) for line in lines], words)
    ends = [*starts[1:], len(text)]
    runs = [run for line, a, b in zip(lines, starts, ends, strict=True) for run in _runs(line, a, b, pages)]
    return unicodedata.normalize("NFC", text), runs


def _with_marker(line: Line, text: str, runs: list[Run], pages: Pages) -> tuple[str, list[Run]]:
    """The text with the marker that stands before it."""
    before = f"{line.marker} "
    moved = [replace(run, start=run.start + len(before), end=run.end + len(before)) for run in runs]
    if not line.skip:
        return before + text, moved
    mark = Rect(line.x0, line.y0, line.words[line.skip - 1].x1, line.y1)
    return before + text, [_run(0, len(before), line.page, mark, (), pages), *moved]


def _runs(line: Line, start: int, end: int, pages: Pages) -> list[Run]:
    """The line's rectangle, or those of its pieces where it slants, with the left edges of the words in each."""
    page = pages.get(line.page)
    turned = bool(page and page.turn)
    most = 0.0 if turned else _DRIFT / math.tan(math.radians(abs(page.slant))) if page and page.slant else math.inf
    pieces: list[tuple[int, Rect, list[float]]] = []
    at = start
    for length, x0, x1 in line.places():
        if pieces and x1 - pieces[-1][1].x0 <= most:
            first, rect, stops = pieces[-1]
            pieces[-1] = (first, Rect(rect.x0, rect.y0, x1, rect.y1), [*stops, x0])
        else:
            pieces.append((at, Rect(x0, line.y0, x1, line.y1), []))
        at += length + 1
    pieces = pieces or [(start, line.rect, [])]
    ends = [*(first for first, _, _ in pieces[1:]), end]
    return [
        _run(first, last, line.page, rect, stops, pages)
        for (first, rect, stops), last in zip(pieces, ends, strict=True)
        if first < last
    ]


def _run(start: int, end: int, page: int, rect: Rect, stops: Sequence[float], pages: Pages) -> Run:
    box = _box(page, rect, pages)
    shift = box.x0 - rect.x0
    return Run(
        start=start,
        end=end,
        page=page,
        x0=box.x0,
        y0=box.y0,
        x1=box.x1,
        y1=box.y1,
        stops=tuple(round(stop + shift, 1) for stop in stops),
    )


def _confidence(lines: Iterable[Line]) -> float | None:
    """How surely the lines were read from a picture; None where they were not."""
    sure = letters = 0.0
    for line in lines:
        for word in line.words:
            if word.confidence is not None:
                sure += word.confidence * len(word.text)
                letters += len(word.text)
    return round(sure / letters, 3) if letters else None


def _boxes(lines: Sequence[Line], pages: Pages) -> tuple[Box, ...]:
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


def _box(page: int, rect: Rect, pages: Pages) -> Box:
    shown = pages[page].shown(rect) if page in pages else rect
    return Box(page=page, x0=round(shown.x0, 1), y0=round(shown.y0, 1), x1=round(shown.x1, 1), y1=round(shown.y1, 1))


def _table(grid: Grid, words: Collection[str], pages: Pages) -> Draft:
    cells = [[_cell(cell, words, pages) for cell in row] for row in grid.cells]
    texts = [[text for text, _ in row] for row in cells]
    for (i, j), (a, b) in grid.spans.items():
        texts[i][j] = texts[a][b]
    return Draft(
        kind=BlockKind.TABLE,
        page=grid.row_pages[0],
        rows=tuple(tuple(row) for row in texts),
        spans=dict(sorted(grid.spans.items())),
        row_pages=tuple(grid.row_pages),
        boxes=tuple(_box(page, rect, pages) for page, rect in grid.areas),
        cell_runs={(i, j): runs for i, row in enumerate(cells) for j, (_, runs) in enumerate(row) if runs},
        confidence=_confidence(line for row in grid.cells for cell in row for line in cell),
    )


def _cell(lines: Sequence[Line], words: Collection[str], pages: Pages) -> tuple[str, tuple[Run, ...]]:
    """The text of a cell, whose paragraphs and list items stand on lines of their own, and where its lines stand."""
    parts: list[list[Line]] = []
    for line in _by_page(lines):
        if parts and not _begins_part(parts[-1], line):
            parts[-1].append(line)
        else:
            parts.append([line])
    text = ""
    placed: list[Run] = []
    for part in parts:
        own, runs = _running_text(part, words, pages)
        if part[0].marker:
            own, runs = _with_marker(part[0], own, runs, pages)
        text = f"{text}\n" if text else ""
        placed += [replace(run, start=run.start + len(text), end=run.end + len(text)) for run in runs]
        text += own
    return text, tuple(placed)


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
