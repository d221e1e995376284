"""The running text of a Word paragraph: what is printed, what is hidden, where notes are called and pages end."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from granskning_ai.parsing.docx_package import Package, W, number, switch, value
from granskning_ai.parsing.drafts import superscript

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_REMOVED = frozenset({f"{W}del", f"{W}moveFrom", f"{W}rPr", f"{W}pPr", f"{W}sdtPr", f"{W}sdtEndPr", f"{W}rt"})
_PICTURES = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})
_SIGNS = {"tab": " ", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "ptab": " "}
_SYMBOL_AREA = 0xF000
_ARROWS = {0xF0E0: "→", 0xF0DF: "←", 0xF0B7: "•", 0xF0A7: "▪", 0xF0FC: "✓", 0xF0D8: "➢"}


@dataclass(slots=True)
class Fields:
    """The complex fields that are open: Word writes 'begin, instruction, separate, result, end' as siblings."""

    open: list[dict[str, str]] = field(default_factory=list)

    def mark(self, kind: str) -> None:
        """A `w:fldChar`."""
        if kind == "begin":
            self.open.append({"code": "", "part": "code"})
        elif kind == "separate" and self.open:
            self.open[-1]["part"] = "result"
        elif kind == "end" and self.open:
            self.open.pop()

    @property
    def in_code(self) -> bool:
        """Whether what comes now is a field's instruction."""
        return any(entry["part"] == "code" for entry in self.open)

    @property
    def in_contents(self) -> bool:
        """Whether a contents page's field is open."""
        return any(entry["code"].split()[:1] == ["TOC"] for entry in self.open)


@dataclass(slots=True)
class Paragraph:
    """What a paragraph says."""

    text: str = ""
    hidden: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)
    """(kind, id) of the notes called, in order."""
    boxes: list[Element] = field(default_factory=list)
    """The text boxes that are anchored here."""
    pages: list[int] = field(default_factory=list)
    """Where in `text` new pages begin."""
    bold: bool = True
    """All printed text is in bold type."""
    in_contents: bool = False


class TextReader:
    """Reads paragraphs one after the other; fields may span several."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._fields = Fields()
        self._calls: dict[str, int] = {}
        self._style_bold = False
        self._style_hidden = False
        self._shaded = False

    def read(self, element: Element, style: str | None, *, shaded: bool = False) -> Paragraph:
        """Reads a `w:p`. `shaded` where the cell around it has a colour of its own."""
        paragraph = Paragraph(in_contents=self._fields.in_contents)
        self._shaded = shaded or _is_shaded(element.find(f"{W}pPr/{W}shd"))
        chain = [entry for _, entry in self._package.chain(style)]
        self._style_bold = next((s.bold for s in chain if s.bold is not None), False)
        self._style_hidden = next((s.hidden for s in chain if s.hidden is not None), False)
        self._descend(element, paragraph)
        paragraph.in_contents = paragraph.in_contents or self._fields.in_contents
        paragraph.bold = paragraph.bold and bool(paragraph.text.strip())
        return paragraph

    def _descend(self, element: Element, paragraph: Paragraph) -> None:
        for child in element:
            if child.tag == f"{W}r":
                self._run(child, paragraph)
            elif child.tag == f"{_MC}AlternateContent":
                self._alternative(child, paragraph)
            elif child.tag not in _REMOVED:
                self._descend(child, paragraph)

    def _alternative(self, element: Element, paragraph: Paragraph) -> None:
        choice = element.find(f"{_MC}Choice")
        if choice is None:
            choice = element.find(f"{_MC}Fallback")
        if choice is not None:
            paragraph.boxes += choice.iter(f"{W}txbxContent")

    def _run(self, run: Element, paragraph: Paragraph) -> None:
        properties = run.find(f"{W}rPr")
        pieces: list[str] = []
        for child in run:
            name = str(child.tag).rpartition("}")[2]
            if name == "fldChar":
                self._fields.mark(str(child.get(f"{W}fldCharType")))
            elif name == "instrText" and self._fields.open:
                self._fields.open[-1]["code"] += child.text or ""
            elif name == "lastRenderedPageBreak":
                paragraph.pages.append(len(paragraph.text) + sum(map(len, pieces)))
            elif name in ("footnoteReference", "endnoteReference"):
                pieces.append(self._call(name.removesuffix("Reference"), child, paragraph))
            elif child.tag in _PICTURES:
                paragraph.boxes += child.iter(f"{W}txbxContent")
            elif child.tag == f"{_MC}AlternateContent":
                self._alternative(child, paragraph)
            elif not self._fields.in_code:
                pieces.append(_sign(name, child))
        text = "".join(pieces)
        if value(properties.find(f"{W}vertAlign") if properties is not None else None) == "superscript":
            text = superscript(text)
        if self._is_hidden(properties):
            paragraph.hidden += text
            return
        if text.strip():
            bold = switch(properties, "b")
            paragraph.bold = paragraph.bold and (self._style_bold if bold is None else bold)
        paragraph.text += text

    def _call(self, kind: str, element: Element, paragraph: Paragraph) -> str:
        """Counts the note and prints its number as a superscript."""
        identity = str(element.get(f"{W}id"))
        self._calls[kind] = self._calls.get(kind, 0) + 1
        paragraph.notes.append((kind, identity))
        return superscript(str(self._calls[kind]))

    def _is_hidden(self, properties: Element | None) -> bool:
        """Hidden text, type too small to read, and white on white."""
        if properties is None:
            return self._style_hidden
        vanish = switch(properties, "vanish")
        if vanish is None:
            chain = self._package.chain(value(properties.find(f"{W}rStyle")))
            vanish = next((s.hidden for _, s in chain if s.hidden is not None), self._style_hidden)
        size = number(properties.find(f"{W}sz"))
        if vanish or (size is not None and size <= 2):
            return True
        colour = (value(properties.find(f"{W}color")) or "").upper()
        grounded = self._shaded or _is_shaded(properties.find(f"{W}shd"))
        return colour == "FFFFFF" and not grounded and properties.find(f"{W}highlight") is None


def _sign(name: str, element: Element) -> str:
    if name == "t":
        return element.text or ""
    if name == "br":
        return "" if element.get(f"{W}type") in ("page", "column") else "\n"
    if name == "sym":
        code = int(str(element.get(f"{W}char", "0")), 16)
        code = code if code >= _SYMBOL_AREA else code + _SYMBOL_AREA
        return _ARROWS.get(code, "")
    return _SIGNS.get(name, "")


def _is_shaded(shading: Element | None) -> bool:
    if shading is None:
        return False
    fill = str(shading.get(f"{W}fill", "auto")).upper()
    return fill not in ("AUTO", "FFFFFF") or shading.get(f"{W}themeFill") is not None
