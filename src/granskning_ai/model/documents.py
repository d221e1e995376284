"""The parsed document and the evidence that is cut from it."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass, field

from granskning_ai.errors import SpanError
from granskning_ai.model.codes import BlockKind, DocType
from granskning_ai.model.quality import Quality

SECTION_SEPARATOR = " › "

_LATER_WORD = re.compile(r"(?<=\s)\S")
_NARROW = frozenset("iIjlftr .,:;!|'’()[]-/")
_WIDE = frozenset("mwMW@%—")


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
class Run:
    """A stretch of the document's text that stands on one line of a page, and the line's rectangle there.

    `stops` are the left edges of its words after the first, where they are known.
    """

    start: int
    end: int
    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    stops: tuple[float, ...] = ()

    def cut(self, text: str, start: int, end: int) -> Box:
        """The rectangle of what the run has of `text[start:end]`."""
        if self.y1 - self.y0 > self.x1 - self.x0:
            # Text that runs down the page, or a word too short to be cut.
            return Box(page=self.page, x0=self.x0, y0=self.y0, x1=self.x1, y1=self.y1)
        own = text[self.start : self.end].rstrip()
        x0, x1 = (self._x(own, min(max(0, at - self.start), len(own))) for at in (start, end))
        return Box(page=self.page, x0=round(x0, 1), y0=self.y0, x1=round(x1, 1), y1=self.y1)

    def _x(self, own: str, at: int) -> float:
        """Where the character at `at` begins: between the edges of words letters are as wide as they usually are."""
        words = [found.start() for found in _LATER_WORD.finditer(own)]
        edges = list(zip(words, self.stops, strict=True)) if len(words) == len(self.stops) else []
        known = [(0, self.x0), *edges, (len(own), self.x1)]
        index = bisect_right([offset for offset, _ in known[:-1]], at)
        (start, left), (end, right) = known[index - 1], known[index]
        return left + (right - left) * _width(own[start:at]) / (_width(own[start:end]) or 1.0)


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
    `runs` are the lines that the text stands on, where the format has geometry; `confidence` is how surely a
    picture of the text was read, 0-1, and None where the file holds the text itself.
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
    runs: tuple[Run, ...] = ()
    confidence: float | None = None

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
    quality: Quality | None = None

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
            boxes=self.boxes_of(start, end),
        )

    def boxes_of(self, start: int, end: int) -> tuple[Box, ...]:
        """The rectangles of the span, line by line; those of its whole blocks where the lines are not known."""
        boxes: list[Box] = []
        for block in self.blocks_between(start, end):
            runs = [run for run in block.runs if run.start < end and start < run.end]
            boxes += [run.cut(self.text, start, end) for run in runs] if block.runs else block.boxes
        return tuple(boxes)

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


def _width(text: str) -> float:
    """How wide the text is in ordinary type, in widths of an ordinary letter."""
    return sum(0.5 if char in _NARROW else 1.4 if char in _WIDE else 1.2 if char.isupper() else 1.0 for char in text)
