"""Word documents."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element

from granskning_ai.errors import ParsingError
from granskning_ai.model import BlockKind, Document, Draft, SourceFile, assemble
from granskning_ai.parsing.docx_package import Package, W, number, switch, value
from granskning_ai.parsing.docx_text import Paragraph, TextReader
from granskning_ai.parsing.drafts import finish, tidy
from granskning_ai.parsing.invisible import invisible_in, spelled
from granskning_ai.parsing.means import Means
from granskning_ai.parsing.plain_tables import Spans

_WRAPPERS = frozenset(f"{W}{name}" for name in ("ins", "moveTo", "customXml", "smartTag", "sdt", "sdtContent"))
_NOTE_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_DEFAULT_STYLE = "Normal"


class DocxParser:
    """Reads the text as it is printed: insertions kept, deletions dropped, automatic numbers written out."""

    formats: tuple[str, ...] = ("docx",)

    def __init__(self, means: Means | None = None) -> None:
        self._means = means or Means()

    def parse(self, source: SourceFile, data: bytes, *, password: str | None = None) -> Document:
        """Parses `data`.

        Raises:
            Encrypted: the file needs a password.
            LimitExceeded: the file unpacks to more than allowed.
            ParsingError: the file is damaged or holds no text.
        """
        package = Package(source.name, data, self._means.max_unpacked)
        reader = _Reader(package)
        reader.read()
        title = reader.title or package.title
        drafts, title = finish(reader.drafts, strong=reader.strong, title=title, title_at=reader.title_at)
        if not any(draft.text or draft.rows for draft in drafts):
            raise ParsingError(
                f"Wordfilen {source.name} innehåller ingen text.",
                hint="Om texten ligger i bilder: spara dokumentet som PDF och gör det sökbart (OCR).",
            )
        hidden = (*reader.hidden, *spelled(reader.invisible))
        return assemble(source, drafts, page_count=reader.page, title=title, hidden=hidden)


class _Reader:
    """Walks the document's body and gathers drafts."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.text = TextReader(package)
        self.drafts: list[Draft] = []
        self.strong: set[int] = set()
        self.hidden: list[str] = []
        self.invisible: list[str] = []
        self.title = ""
        self.title_at: int | None = None
        self.page = 1
        self._notes = {kind: self._read_notes(kind) for kind in ("footnote", "endnote")}
        self._note_numbers = {"footnote": 0, "endnote": 0}
        self._endnotes: list[Draft] = []
        self._contents = False
        self._pending: list[Draft] = []

    def read(self) -> None:
        document = self.package.document
        body = document.find(f"{W}body") if document is not None else None
        if body is not None:
            self._walk(body)
        self.drafts += self._endnotes

    def _read_notes(self, kind: str) -> dict[str, Element]:
        root = self.package.related(f"{kind}s")
        notes = root.iter(f"{W}{kind}") if root is not None else ()
        return {str(n.get(f"{W}id")): n for n in notes if n.get(f"{W}type") not in _NOTE_SEPARATORS}

    def _walk(self, parent: Element, *, shaded: bool = False) -> None:
        for child in parent:
            if child.tag == f"{W}p":
                self._paragraph(child, shaded)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag in _WRAPPERS:
                gallery = value(child.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")) or ""
                before, self._contents = self._contents, self._contents or gallery == "Table of Contents"
                self._walk(child, shaded=shaded)
                self._contents = before

    def _paragraph(self, element: Element, shaded: bool) -> None:
        style = value(element.find(f"{W}pPr/{W}pStyle")) or _DEFAULT_STYLE
        paragraph = self.text.read(element, style, shaded=shaded)
        if switch(element.find(f"{W}pPr/{W}rPr"), "del") and not paragraph.text.strip():
            return
        page = self.page
        self.page += len(paragraph.pages)
        if paragraph.hidden.strip():
            self.hidden.append(tidy(paragraph.hidden))
        text = tidy(paragraph.text)
        self.invisible += invisible_in(paragraph.text)
        if text:
            draft = self._draft(element, style, paragraph, text)
            if draft.kind is BlockKind.PARAGRAPH and paragraph.bold:
                self.strong.add(len(self.drafts))
            self.drafts.append(_paged(draft, paragraph, page))
        self._add_notes(paragraph)
        for box in paragraph.boxes:
            self._walk(box)

    def _draft(self, element: Element, style: str, paragraph: Paragraph, text: str) -> Draft:
        names = [entry.name.lower() for _, entry in self.package.chain(style)] or [style.lower()]
        if self._contents or paragraph.in_contents or names[0].startswith(("toc", "innehåll")):
            return Draft(kind=BlockKind.FURNITURE, text=text)
        if names[0] in ("caption", "beskrivning"):
            return Draft(kind=BlockKind.CAPTION, text=text)
        if names[0] in ("title", "rubrik") and not self.title:
            self.title, self.title_at = text, len(self.drafts)
            return Draft(kind=BlockKind.PARAGRAPH, text=text)
        mark = self._mark(element, style)
        level = number(element.find(f"{W}pPr/{W}outlineLvl"))
        heading = level + 1 if level is not None and level < 9 else self.package.heading_level(style)
        if heading is not None:
            numbered = mark is not None and mark[1] and not text.startswith(mark[0])
            text = f"{mark[0]} {text}" if mark is not None and numbered else text
            return Draft(kind=BlockKind.HEADING, text=text, level=heading)
        if mark is not None:
            return Draft(kind=BlockKind.LIST_ITEM, text=text, level=mark[2] + 1, marker=mark[0] or None)
        return Draft(kind=BlockKind.PARAGRAPH, text=text)

    def _mark(self, element: Element, style: str) -> tuple[str, bool, int] | None:
        """The automatic mark of the paragraph, whether it is a number, and its level in the list."""
        own = element.find(f"{W}pPr/{W}numPr")
        num_id = value(own.find(f"{W}numId")) if own is not None else None
        ilvl = number(own.find(f"{W}ilvl")) if own is not None else None
        if num_id is None:
            for style_id, entry in self.package.chain(style):
                if entry.num_id is not None:
                    num_id = entry.num_id
                    tied = self.package.numbering.level_of(num_id, style_id)
                    ilvl = ilvl if ilvl is not None else tied if tied is not None else entry.ilvl
                    break
        if num_id is None or num_id == "0":
            return None
        mark = self.package.numbering.next_mark(num_id, ilvl or 0)
        return (mark[0], mark[1], ilvl or 0) if mark is not None else None

    def _add_notes(self, paragraph: Paragraph) -> None:
        for kind, identity in paragraph.notes:
            self._note_numbers[kind] += 1
            note = self._notes[kind].get(identity)
            if note is None:
                continue
            texts = [tidy(self.text.read(p, None).text) for p in note.iter(f"{W}p")]
            mark = str(self._note_numbers[kind])
            draft = Draft(kind=BlockKind.FOOTNOTE, text=" ".join(filter(None, texts)), page=self.page, marker=mark)
            (self.drafts if kind == "footnote" else self._endnotes).append(draft)

    def _table(self, table: Element) -> None:
        rows = [row for row in _children(table, "tr") if row.find(f"{W}trPr/{W}del") is None]
        cells = [cell for row in rows for cell in _children(row, "tc")]
        layout = (
            any(self.package.heading_level(value(style)) is not None for style in table.iter(f"{W}pStyle"))
            or len(cells) <= 1
        )
        if layout:
            for cell in cells:
                self._walk(cell, shaded=_has_colour(cell, table))
            return
        texts: dict[tuple[int, int], str] = {}
        spans: Spans = {}
        pages: list[int] = []
        for y, row in enumerate(rows):
            first = self.page
            self._row(y, row, texts, spans, table)
            pages.append(first)
        width = max((x for _, x in texts), default=-1) + 1
        grid = tuple(tuple(texts.get((y, x), "") for x in range(width)) for y in range(len(rows)))
        self.drafts.append(
            Draft(
                kind=BlockKind.TABLE,
                rows=grid,
                spans=spans,
                page=pages[0] if pages else self.page,
                row_pages=tuple(pages),
            )
        )
        self.drafts += self._pending
        self._pending = []

    def _row(self, y: int, row: Element, texts: dict[tuple[int, int], str], spans: Spans, table: Element) -> None:
        x = number(row.find(f"{W}trPr/{W}gridBefore")) or 0
        for cell in _children(row, "tc"):
            properties = cell.find(f"{W}tcPr")
            width = (number(properties.find(f"{W}gridSpan")) if properties is not None else None) or 1
            merge = properties.find(f"{W}vMerge") if properties is not None else None
            text = self._cell(cell, _has_colour(cell, table))
            goes_on = merge is not None and value(merge) != "restart" and (y - 1, x) in texts
            origin = spans.get((y - 1, x), (y - 1, x)) if goes_on else (y, x)
            for beside in range(x, min(x + width, x + 200)):
                texts[y, beside] = text
                if origin != (y, beside):
                    spans[y, beside] = origin
            x += width

    def _cell(self, cell: Element, shaded: bool) -> str:
        """The cell's text; its paragraphs and list items on lines of their own. Footnotes follow the table."""
        outside = self.drafts, self.strong, self.title_at
        self.drafts, self.strong = [], set()
        self._walk(cell, shaded=shaded)
        inside = self.drafts
        self.drafts, self.strong, self.title_at = outside
        self._pending = [*self._pending, *(draft for draft in inside if draft.kind is BlockKind.FOOTNOTE)]
        lines: list[str] = []
        for draft in inside:
            if draft.kind is BlockKind.TABLE:
                lines += [" ".join(filter(None, row)) for row in draft.rows]
            elif draft.kind is not BlockKind.FOOTNOTE:
                lines.append(f"{draft.marker} {draft.text}" if draft.marker else draft.text)
        return "\n".join(lines)


def _paged(draft: Draft, paragraph: Paragraph, page: int) -> Draft:
    """Gives the draft its page, and the places where it goes on to the next."""
    lead = len(paragraph.text) - len(paragraph.text.lstrip())
    inside = [at for at in paragraph.pages if at > lead]
    page += len(paragraph.pages) - len(inside)
    shift = len(draft.text) - len(tidy(paragraph.text))
    breaks = tuple((shift + len(tidy(paragraph.text[:at])), page + i) for i, at in enumerate(inside, 1))
    return replace(draft, page=page, page_breaks=tuple((at, n) for at, n in breaks if at < len(draft.text)))


def _children(parent: Element, name: str) -> list[Element]:
    """The rows of a table or cells of a row, also those inside content controls and insertions."""
    found: list[Element] = []
    for child in parent:
        if child.tag == f"{W}{name}":
            found.append(child)
        elif child.tag in _WRAPPERS:
            found += _children(child, name)
    return found


def _has_colour(cell: Element, table: Element) -> bool:
    """Whether white text in the cell can be read: the cell, its row or the table's style gives it a ground."""
    if cell.find(f"{W}tcPr/{W}shd") is not None:
        return True
    style = value(table.find(f"{W}tblPr/{W}tblStyle"))
    return style not in (None, "TableGrid", "Tabellrutnt", "TableNormal")
