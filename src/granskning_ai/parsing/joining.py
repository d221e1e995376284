"""Puts documents that came in one file after each other, as one document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from granskning_ai.model import Block, Cell, Document, Doubt, Metadata, Page, Part, SourceFile
from granskning_ai.parsing.confidence import assess, unread_pages

_GAP = "\n\n"


def joined(
    source: SourceFile, documents: Sequence[tuple[Document, Part | None]], *, title: str, left_out: int = 0
) -> Document:
    """The documents as one: the text goes on after an empty line, and the pages are counted through.

    A document that comes with a `Part` is a part of the whole; the part's offsets are set here. `left_out` counts
    the documents in the file that could not be read.
    """
    text, pages_before = "", 0
    blocks: list[Block] = []
    pages: list[Page] = []
    parts: list[Part] = []
    hidden: list[str] = []
    unread: list[int] = []
    for document, part in documents:
        by = len(text) + len(_GAP) if text and document.text else len(text)
        text = _GAP.join(piece for piece in (text, document.text) if piece)
        blocks += [_moved(block, by, pages_before) for block in document.blocks]
        pages += [
            Page(number=page.number + pages_before, start=page.start + by, end=page.end + by) for page in document.pages
        ]
        if document.parts:
            parts += [replace(inner, start=inner.start + by, end=inner.end + by) for inner in document.parts]
        elif part is not None and document.text:
            parts.append(replace(part, start=by, end=len(text)))
        hidden += document.hidden
        left_out += _lacks_some(document)
        unread += [page + pages_before for page in unread_pages(document.quality)]
        pages_before += document.page_count
    whole = Document(
        source=source,
        text=text,
        blocks=tuple(blocks),
        pages=tuple(pages),
        page_count=max(1, pages_before),
        metadata=Metadata(title=title),
        parts=tuple(parts),
        hidden=tuple(hidden),
    )
    return replace(whole, quality=assess(whole, unread=unread, unread_attachments=left_out))


def _lacks_some(document: Document) -> bool:
    """Whether something that came with the document could not be read."""
    reasons = document.quality.reasons if document.quality else ()
    return any(reason.kind is Doubt.UNREAD_ATTACHMENT for reason in reasons)


def _moved(block: Block, by: int, pages: int) -> Block:
    # A merged cell is one object that stands in several places, and stays one.
    cells = {id(cell): _moved_cell(cell, by) for row in block.cells for cell in row}
    return replace(
        block,
        start=block.start + by,
        end=block.end + by,
        page=block.page + pages,
        cells=tuple(tuple(cells[id(cell)] for cell in row) for row in block.cells),
        boxes=tuple(replace(box, page=box.page + pages) for box in block.boxes),
        runs=tuple(replace(run, start=run.start + by, end=run.end + by, page=run.page + pages) for run in block.runs),
    )


def _moved_cell(cell: Cell, by: int) -> Cell:
    return Cell(text=cell.text, start=cell.start + by, end=cell.end + by)
