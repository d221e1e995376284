"""The parsed document and the evidence that is cut from it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field

from granskning_ai.errors import SpanError
from granskning_ai.model.codes import BlockKind, DocType

SECTION_SEPARATOR = " › "


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """The file a document was read from. `format` is what the content is, whatever the name says."""

    name: str
    sha256: str
    size: int
    format: str

    @property
    def document_id(self) -> str:
        """The id that the same bytes get on every machine (64 bits of the sha256)."""
        return self.sha256[:16]

    @classmethod
    def of(cls, name: str, data: bytes, format: str) -> SourceFile:
        """Describes `data` under the given file name."""
        return cls(name=name, sha256=hashlib.sha256(data).hexdigest(), size=len(data), format=format)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle on a page in points (1/72 inch), origin at the top left."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A run of text that stands on one page; a page has several when its text is not contiguous (footnotes)."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A table cell. A merged cell is one Cell that stands in several places of `Block.cells`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading, paragraph, list item, table, footnote, caption or piece of furniture.

    `text` is `document.text[start:end]`: one line for a paragraph (the file's line breaks and line-end
    hyphens are resolved); for a table the cells, separated by tabs and line breaks, each merged cell once.
    `marker` is the list item's own mark as printed ('—', '3.', 'b)'), which is not part of `text`.
    `level` is 1.. for headings (outermost first) and for nested list items.
    """

    kind: BlockKind
    text: str
    start: int
    end: int
    page: int
    level: int | None = None
    marker: str | None = None
    cells: tuple[tuple[Cell, ...], ...] = ()
    boxes: tuple[Box, ...] = ()

    @property
    def header(self) -> tuple[str, ...]:
        """The texts of a table's first row."""
        return tuple(cell.text for cell in self.cells[0]) if self.cells else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the documents that a file holds (an e-mail, its cover letter, the report itself)."""

    doc_type: DocType
    title: str
    start: int
    end: int
    issuer: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known of a document as a whole.

    `date` is ISO 8601 as far as it is known ('2023-02-16', '2023-02'); `year` is the year the document
    concerns or, failing that, was written. `municipality_codes` holds every municipality that the document
    is about; `municipality_code` is set only where there is exactly one.
    """

    title: str = ""
    doc_type: DocType = DocType.OTHER
    issuer: str = ""
    commissioned_by: str = ""
    municipality_codes: tuple[str, ...] = ()
    region: str = ""
    date: str | None = None
    year: int | None = None

    @property
    def municipality_code(self) -> str | None:
        """The SCB code of the one municipality that the document is about."""
        return self.municipality_codes[0] if len(self.municipality_codes) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A quote, cut from its document by `Document.cite` and nowhere else.

    `start` and `end` are code points into the document's text; `section` is the heading path;
    `match` tells how the quote was found ('exact', or 'normalised' for a model's quote).
    """

    document_id: str
    page: int
    start: int
    end: int
    quote: str
    section: str
    match: str = "exact"
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A parsed document. `text` is NFC and never changes; `blocks` cover it in reading order.

    `hidden` holds text that the file hides from a reader (white, size zero, off the page); it is not in `text`.
    `page_count` counts the file's pages, 1 where the format has none.
    """

    source: SourceFile
    text: str
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...]
    page_count: int
    metadata: Metadata = field(default_factory=Metadata)
    parts: tuple[Part, ...] = ()
    hidden: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The document's id, from the content's sha256."""
        return self.source.document_id

    def cite(self, start: int, end: int, *, match: str = "exact") -> Evidence:
        """Cuts the quote `text[start:end]`, trimmed of white space.

        Raises:
            SpanError: the span lies outside the text or holds nothing but white space.
        """
        if not 0 <= start < end <= len(self.text):
            raise SpanError(f"Spannet {start}–{end} ligger inte i dokumentet ({len(self.text)} tecken).")
        raw = self.text[start:end]
        start += len(raw) - len(raw.lstrip())
        quote = raw.strip()
        if not quote:
            raise SpanError(f"Spannet {start}–{end} är tomt.")
        end = start + len(quote)
        return Evidence(
            document_id=self.id,
            page=self.page_at(start),
            start=start,
            end=end,
            quote=quote,
            section=SECTION_SEPARATOR.join(self.section_path(start)),
            match=match,
            boxes=tuple(box for block in self.blocks_between(start, end) for box in block.boxes),
        )

    def page_at(self, offset: int) -> int:
        """The number of the page on which the character at `offset` stands (from 1)."""
        index = bisect_right([page.start for page in self.pages], offset) - 1
        return self.pages[max(index, 0)].number if self.pages else 1

    def block_at(self, offset: int) -> Block | None:
        """The block that holds the character at `offset`."""
        index = bisect_right([block.start for block in self.blocks], offset) - 1
        return self.blocks[index] if index >= 0 and offset < self.blocks[index].end else None

    def blocks_between(self, start: int, end: int) -> tuple[Block, ...]:
        """The blocks that overlap the span."""
        return tuple(block for block in self.blocks if block.start < end and start < block.end)

    def section_path(self, offset: int) -> tuple[str, ...]:
        """The headings over `offset`, outermost first."""
        path: list[Block] = []
        for block in self.blocks:
            if block.start > offset:
                break
            if block.kind is BlockKind.HEADING:
                level = block.level or 1
                path = [heading for heading in path if (heading.level or 1) < level]
                path.append(block)
        return tuple(heading.text for heading in path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A block as a parser sees it, before the document's text and offsets exist.

    `page_breaks` are (offset into `text`, page number) pairs where the block goes on to another page.
    `rows` are the table's cells, as many in each row; where a merged cell covers (row, column),
    `spans[(row, column)]` names the (row, column) where it begins. `row_pages` gives each row's page
    where a table goes on over pages.
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
    )


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
    runs += [(block.start + at, number) for at, number in draft.page_breaks if at < len(block.text)]
    for index, number in enumerate(draft.row_pages):
        own = [cell.start for cell in block.cells[index] if cell.start >= runs[-1][0]] if block.cells else []
        if number != runs[-1][1] and own:
            runs.append((min(own), number))
    return runs
