"""Shared by the parsing tests: a maker of small PDF files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict, Unpack

import pytest

from granskning_ai.model import Document, SourceFile
from granskning_ai.parsing.pdf import PdfParser

WIDTH, HEIGHT = 595, 842
FONTS = {"F1": "Helvetica", "F2": "Helvetica-Bold", "F3": "Helvetica-Oblique", "F4": "Times-Bold"}


class Setting(TypedDict, total=False):
    """How a line is set."""

    size: float
    font: str
    colour: str
    mode: int


@dataclass
class Pdf:
    """Draws pages with y measured from the top, and writes them as a PDF file."""

    pages: list[tuple[list[bytes], str]] = field(default_factory=list)
    tree: list[Any] = field(default_factory=list)
    outline: list[tuple[str, int]] = field(default_factory=list)
    title: str = ""
    height: float = HEIGHT
    _mcids: int = 0

    def page(self, width: float = WIDTH, height: float = HEIGHT, *, extra: str = "") -> Pdf:
        """Begins a page; `extra` goes into its dictionary."""
        self.pages.append(([], f"/MediaBox [0 0 {width} {height}] {extra}"))
        self.height = height
        self._mcids = 0
        return self

    def raw(self, *operators: str) -> Pdf:
        """Adds operators of the content stream as they are."""
        self.pages[-1][0].extend(operator.encode("cp1252") for operator in operators)
        return self

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 10,
        font: str = "F1",
        colour: str = "0 0 0",
        mode: int = 0,
        mark: str = "",
    ) -> Pdf:
        """Sets a line of text; `mark` is the operator that begins its marked content ('/Artifact BMC')."""
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        shown = f"BT {colour} rg {mode} Tr /{font} {size} Tf 1 0 0 1 {x} {self.height - y} Tm ({escaped}) Tj ET"
        return self.raw(f"{mark} {shown} EMC" if mark else shown)

    def lines(self, x: float, y: float, *texts: str, leading: float = 13, **setting: Unpack[Setting]) -> float:
        """Sets lines under each other; returns the y below the last."""
        for text in texts:
            self.text(x, y, text, **setting)
            y += leading
        return y

    def tagged(self, x: float, y: float, text: str, **setting: Unpack[Setting]) -> tuple[int, int]:
        """Sets a line as marked content; returns its page and id for the tag tree."""
        mcid = self._mcids
        self._mcids += 1
        self.text(x, y, text, mark=f"/P <</MCID {mcid}>> BDC", **setting)
        return len(self.pages), mcid

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Pdf:
        """Draws a thin line."""
        return self.raw(f"0.5 w {x0} {self.height - y0} m {x1} {self.height - y1} l S")

    def fill(self, x: float, y: float, width: float, height: float, colour: str) -> Pdf:
        """Fills a rectangle."""
        return self.raw(f"{colour} rg {x} {self.height - y - height} {width} {height} re f")

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> Pdf:
        """Draws the lines of a table with all its cells."""
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        return self

    def data(self) -> bytes:
        """The file."""
        objects: list[bytes] = [b"", b""]
        fonts = []
        for key, name in FONTS.items():
            objects.append(f"<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>".encode())
            fonts.append(f"/{key} {len(objects)} 0 R")
        page_numbers = []
        for content, extra in self.pages:
            stream = b"\n".join(content)
            objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream))
            objects.append(
                f"<</Type/Page/Parent 2 0 R {extra}/Resources<</Font<<{' '.join(fonts)}>>>>"
                f"/Contents {len(objects)} 0 R>>".encode()
            )
            page_numbers.append(len(objects))
        kids = " ".join(f"{number} 0 R" for number in page_numbers)
        objects[1] = f"<</Type/Pages/Count {len(page_numbers)}/Kids[{kids}]>>".encode()
        catalog = "<</Type/Catalog/Pages 2 0 R"
        if self.tree:
            catalog += f"/MarkInfo<</Marked true>>/StructTreeRoot {self._write_tree(objects, page_numbers)} 0 R"
        if self.outline:
            catalog += f"/Outlines {self._write_outline(objects, page_numbers)} 0 R"
        objects[0] = (catalog + ">>").encode()
        objects.append(b"<</Title %s>>" % _string(self.title))
        return _assembled(objects)

    def _write_tree(self, objects: list[bytes], pages: Sequence[int]) -> int:
        objects.append(b"")
        root = len(objects)
        kids = " ".join(f"{self._write_node(objects, pages, node)} 0 R" for node in self.tree)
        objects[root - 1] = f"<</Type/StructTreeRoot/RoleMap<</Rubrik1/H1>>/K[{kids}]>>".encode()
        return root

    def _write_node(self, objects: list[bytes], pages: Sequence[int], node: Any) -> int:  # noqa: ANN401  nested tuples
        """A node is (type, children) or (type, children, further entries); a child is a node or (page, mcid)."""
        kind, children, more = (*node, "")[:3]
        objects.append(b"")
        number = len(objects)
        kids = []
        for child in children:
            if isinstance(child[0], int):
                kids.append(f"<</Type/MCR/Pg {pages[child[0] - 1]} 0 R/MCID {child[1]}>>")
            else:
                kids.append(f"{self._write_node(objects, pages, child)} 0 R")
        objects[number - 1] = f"<</Type/StructElem/S/{kind} {more}/K[{' '.join(kids)}]>>".encode("cp1252")
        return number

    def _write_outline(self, objects: list[bytes], pages: Sequence[int]) -> int:
        first = len(objects) + 2
        objects.append(f"<</Type/Outlines/First {first} 0 R/Last {first + len(self.outline) - 1} 0 R>>".encode())
        root = len(objects)
        for index, (title, page) in enumerate(self.outline):
            follows = f"/Next {first + index + 1} 0 R" if index + 1 < len(self.outline) else ""
            entry = f"/Parent {root} 0 R/Dest[{pages[page - 1]} 0 R /Fit]{follows}"
            objects.append(b"<</Title %s%s>>" % (_string(title), entry.encode()))
        return root

    def parse(self) -> Document:
        """The file, parsed."""
        data = self.data()
        return PdfParser().parse(SourceFile.of("fil.pdf", data, "pdf"), data)


def _string(text: str) -> bytes:
    return b"<" + ("\ufeff" + text).encode("utf-16-be").hex().encode() + b">"


def _assembled(objects: Sequence[bytes]) -> bytes:
    data = b"%PDF-1.7\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    data += b"trailer\n<</Size %d/Root 1 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        len(objects),
        start,
    )
    return data


@pytest.fixture
def pdf() -> Pdf:
    """An empty PDF to draw on."""
    return Pdf()
