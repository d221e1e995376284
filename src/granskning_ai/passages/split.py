"""Passages that follow the document's structure: never across a heading, never inside a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from granskning_ai.model import Block, BlockKind, Document, Passage, stable_id
from granskning_ai.model.documents import SECTION_SEPARATOR
from granskning_ai.swedish.language import sentences

TARGET_WORDS = 160
"""A passage is closed when the next piece would take it past this; 90-160 words retrieve best on municipal reports."""


def split(document: Document) -> tuple[Passage, ...]:
    """The document's passages in reading order; covers, contents pages and headings alone are in none."""
    path: list[Block] = []
    pieces: list[tuple[int, int]] = []
    passages: list[Passage] = []

    def close() -> None:
        if pieces:
            passages.append(_passage(document, pieces[0][0], pieces[-1][1], path))
            pieces.clear()

    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            close()
            level = block.level or 1
            path = [heading for heading in path if (heading.level or 1) < level] + [block]
        elif block.kind is BlockKind.FURNITURE:
            close()
        else:
            for start, end in _pieces(block):
                words = sum(len(document.text[a:b].split()) for a, b in pieces)
                if pieces and words + len(document.text[start:end].split()) > TARGET_WORDS:
                    close()
                pieces.append((start, end))
    close()
    return tuple(passages)


def _pieces(block: Block) -> Iterator[tuple[int, int]]:
    """A table's rows, a long paragraph's sentences, or the block as a whole."""
    if block.kind is BlockKind.TABLE:
        for row in block.cells:
            own = [cell for cell in row if cell.text]
            if own:
                yield min(cell.start for cell in own), max(cell.end for cell in own)
    elif len(block.text.split()) > TARGET_WORDS:
        for start, end in sentences(block.text):
            yield block.start + start, block.start + end
    else:
        yield block.start, block.end


def _passage(document: Document, start: int, end: int, path: list[Block]) -> Passage:
    return Passage(
        id=stable_id("pass", document.id, start, end),
        document_id=document.id,
        start=start,
        end=end,
        page=document.page_at(start),
        section=SECTION_SEPARATOR.join(heading.text for heading in path),
        text=document.text[start:end],
    )
