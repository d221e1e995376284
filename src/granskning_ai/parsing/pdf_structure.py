"""Blocks of a PDF by its tag tree, as far as the tree can be trusted."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from granskning_ai.model import BlockKind
from granskning_ai.parsing.lines import begins_low, is_open
from granskning_ai.parsing.pdf_aligned import Ruling
from granskning_ai.parsing.pdf_chunks import Chunk, Metrics, chunks_of
from granskning_ai.parsing.pdf_columns import columns_of
from granskning_ai.parsing.pdf_covers import is_cover, mark_contents
from granskning_ai.parsing.pdf_figures import take_labels
from granskning_ai.parsing.pdf_flow import append, continues
from granskning_ai.parsing.pdf_furniture import remove_furniture
from granskning_ai.parsing.pdf_headings import mark_bold_headings, mark_headings
from granskning_ai.parsing.pdf_lines import lines_of
from granskning_ai.parsing.pdf_page import PageContent
from granskning_ai.parsing.pdf_sheets import Sheet, body_size, sheets_of
from granskning_ai.parsing.pdf_tagged import TagWalker
from granskning_ai.parsing.pdf_tags import Node

_LEAST_TAGGED = 0.8
"""A tag tree that covers less of the text than this is not the document's structure."""
_MOST_BROKEN = 0.3
"""A tag tree in which more paragraphs than this begin in the middle of a sentence tags lines, not paragraphs."""


def chunks_of_tags(tree: Node, pages: Sequence[PageContent]) -> list[Chunk] | None:
    """The blocks that the tag tree tells; None where it does not cover the text, or tags lines as paragraphs."""
    walker = TagWalker(pages)
    chunks = walker.walk(tree)
    sheets = sheets_of(pages)
    size = body_size(sheets)
    remove_furniture(sheets, size)
    if not chunks or not _is_trusted(chunks, walker, sheets):
        return None
    chunks = _without_furniture(chunks, sheets)
    chunks = _with_untagged(chunks, walker, sheets, size)
    _mark_covers(chunks, sheets, size)
    _mark_labels(chunks, sheets, size)
    if not any(chunk.kind is BlockKind.HEADING for chunk in chunks):
        mark_headings(chunks, Metrics(size, {}), lambda page: 0)
    else:
        mark_bold_headings(chunks, Metrics(size, {}))
    mark_contents(chunks)
    return _joined(chunks)


def _is_trusted(chunks: Sequence[Chunk], walker: TagWalker, sheets: Sequence[Sheet]) -> bool:
    words = [word for sheet in sheets for line in sheet.lines for word in line.words]
    tagged = sum(id(word) in walker.used for word in words)
    if not words or tagged < _LEAST_TAGGED * len(words):
        return False
    texts = [chunk for chunk in chunks if chunk.kind is BlockKind.PARAGRAPH]
    pairs = [(a, b) for a, b in itertools.pairwise(texts) if a.page == b.page]
    broken = sum(is_open(a.plain) and begins_low(b.plain) for a, b in pairs)
    return len(pairs) < 5 or broken < _MOST_BROKEN * len(pairs)


def _without_furniture(chunks: list[Chunk], sheets: Sequence[Sheet]) -> list[Chunk]:
    """Leaves out running headers and footers that the file has tagged as text."""
    running = {id(word) for sheet in sheets for line in sheet.furniture for word in line.words}
    return [
        chunk
        for chunk in chunks
        if chunk.grid is not None or not all(id(word) in running for line in chunk.lines for word in line.words)
    ]


def _with_untagged(chunks: list[Chunk], walker: TagWalker, sheets: Sequence[Sheet], size: float) -> list[Chunk]:
    """Puts text that the tags leave out where it stands on its page."""
    for sheet in sheets:
        left = [word for line in sheet.lines for word in line.words if id(word) not in walker.used and not word.drawn]
        if not any(char.isalnum() for word in left for char in word.text):
            continue
        columns = columns_of(lines_of(left, sheet.page), size, Ruling(sheet.across, sheet.fills))
        for column in columns:
            for chunk in chunks_of(column, Metrics(size, {})):
                chunks.insert(_index_for(chunk, chunks), chunk)
    return chunks


def _index_for(chunk: Chunk, chunks: Sequence[Chunk]) -> int:
    """Behind the last chunk that begins before it on its page, or on a page before."""
    place = (chunk.page, _top(chunk))
    return max((i + 1 for i, other in enumerate(chunks) if (other.page, _top(other)) <= place), default=0)


def _top(chunk: Chunk) -> float:
    return chunk.lines[0].y0 if chunk.lines else chunk.grid.area.y0 if chunk.grid else 0.0


def _mark_covers(chunks: Sequence[Chunk], sheets: Sequence[Sheet], size: float) -> None:
    covers = {sheet.page for index, sheet in enumerate(sheets) if is_cover(sheets, index, size)}
    for chunk in chunks:
        if chunk.page in covers and chunk.grid is None:
            chunk.kind, chunk.level = BlockKind.FURNITURE, None


def _mark_labels(chunks: Sequence[Chunk], sheets: Sequence[Sheet], size: float) -> None:
    """Labels of drawings that the file has tagged as paragraphs are no prose."""
    labels = {
        id(word)
        for sheet in sheets
        for label in take_labels(sheet, size)
        for line in label.lines
        for word in line.words
    }
    for chunk in chunks:
        if chunk.kind is BlockKind.PARAGRAPH and all(id(w) in labels for line in chunk.lines for w in line.words):
            chunk.kind = BlockKind.FURNITURE


def _joined(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Joins tables and paragraphs that the file has cut in two at a page's end."""
    done: list[Chunk] = []
    for chunk in chunks:
        last = next((other for other in reversed(done[-4:]) if other.kind is not BlockKind.FOOTNOTE), None)
        if last is not None and _is_rest(last, chunk):
            if last.grid is not None and chunk.grid is not None:
                append(last.grid, chunk.grid)
            else:
                last.lines.extend(chunk.lines)
            continue
        done.append(chunk)
    return done


def _is_rest(a: Chunk, b: Chunk) -> bool:
    if a.grid is not None and b.grid is not None:
        return a.grid.row_pages[-1] + 1 == b.grid.row_pages[0] and continues(a.grid, b.grid)
    if a.kind is not BlockKind.PARAGRAPH or b.kind is not BlockKind.PARAGRAPH or not a.lines or not b.lines:
        return False
    next_page = a.lines[-1].page + 1 == b.lines[0].page
    return next_page and is_open(a.plain) and begins_low(b.plain) and a.lines[-1].size == b.lines[0].size
