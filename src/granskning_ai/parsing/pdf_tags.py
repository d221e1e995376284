"""Reads the tag tree of a PDF with pypdf. pypdf is imported here and nowhere else."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

PdfObject = Any
"""What pypdf hands out: dictionaries, arrays, references and numbers, told apart as they come."""

_MAX_NODES = 400_000
_MAX_DEPTH = 120
_STANDARD = frozenset(
    [
        "Document",
        "DocumentFragment",
        "Part",
        "Art",
        "Sect",
        "Div",
        "BlockQuote",
        "Caption",
        "TOC",
        "TOCI",
        "Index",
        "NonStruct",
        "Private",
        "P",
        "H",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "H7",
        "H8",
        "H9",
        "Title",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "TR",
        "TH",
        "TD",
        "THead",
        "TBody",
        "TFoot",
        "Span",
        "Quote",
        "Note",
        "FENote",
        "Reference",
        "BibEntry",
        "Code",
        "Link",
        "Annot",
        "Ruby",
        "RB",
        "RT",
        "RP",
        "Warichu",
        "WT",
        "WP",
        "Figure",
        "Formula",
        "Form",
        "Sub",
        "Em",
        "Strong",
        "Aside",
        "Artifact",
    ]
)


@dataclass(frozen=True, slots=True)
class Content:
    """A piece of marked content on a page. `in_form` tells that its id counts within a form on the page."""

    page: int
    mcid: int
    in_form: bool = False


@dataclass(slots=True)
class Node:
    """An element of the tag tree. `kind` is the standard type, whatever name the file gives it."""

    kind: str
    children: list[Node | Content] = field(default_factory=list)
    actual_text: str | None = None
    row_span: int = 1
    column_span: int = 1

    def contents(self) -> Iterator[Content]:
        """All marked content below the node, in order."""
        for child in self.children:
            if isinstance(child, Content):
                yield child
            else:
                yield from child.contents()


def read_tags(data: bytes, password: str | None) -> Node | None:
    """The tag tree; None where the file has none that can be read."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False, password=password)
        root: PdfObject = reader.trailer["/Root"]
        tree: PdfObject = root.get("/StructTreeRoot")
        tree = tree.get_object() if tree is not None else None
        if tree is None or "/K" not in tree:
            return None
        return _TreeReader(reader, tree).read()
    except Exception:  # a broken tag tree raises anything; geometry reads the file without it
        return None


class _TreeReader:
    def __init__(self, reader: PdfObject, tree: PdfObject) -> None:
        self._tree = tree
        self._roles = {str(k)[1:]: str(v)[1:] for k, v in (tree.get("/RoleMap") or {}).items()}
        self._pages = {
            page.indirect_reference.idnum: number
            for number, page in enumerate(reader.pages, start=1)
            if page.indirect_reference is not None
        }
        self._seen: set[int] = set()
        self._kinds: dict[str, str] = {}
        self._count = 0

    def read(self) -> Node:
        top = Node("Document")
        self._add(top, self._tree.raw_get("/K"), None, 0)
        return top

    def _add(self, parent: Node, item: PdfObject, page: int | None, depth: int) -> None:
        """Adds what a /K entry names: an id, an array, or an element."""
        reference = getattr(item, "idnum", None)
        item = item.get_object() if reference is not None else item
        if isinstance(item, int):
            if page is not None:
                parent.children.append(Content(page, int(item)))
            return
        if isinstance(item, list):
            for part in item:
                self._add(parent, part, page, depth)
            return
        if not hasattr(item, "get") or depth > _MAX_DEPTH or self._count > _MAX_NODES:
            return
        if reference is not None:
            if reference in self._seen:
                return
            self._seen.add(reference)
        self._count += 1
        page = self._page_of(item, page)
        if "/S" in item:
            self._add_element(parent, item, page, depth)
        elif "/MCID" in item and page is not None:
            parent.children.append(Content(page, int(item["/MCID"]), "/Stm" in item))

    def _page_of(self, item: PdfObject, page: int | None) -> int | None:
        own = item.raw_get("/Pg") if "/Pg" in item else None
        number = self._pages.get(getattr(own, "idnum", -1))
        return number if number is not None else page

    def _add_element(self, parent: Node, item: PdfObject, page: int | None, depth: int) -> None:
        node = Node(self._kind(str(item["/S"])[1:]))
        text = item.get("/ActualText")
        if text is not None:
            node.actual_text = str(text)
        if node.kind in ("TD", "TH"):
            node.row_span, node.column_span = _spans(item.get("/A"))
        if "/K" in item:
            self._add(node, item.raw_get("/K"), page, depth + 1)
        parent.children.append(node)

    def _kind(self, name: str) -> str:
        if name not in self._kinds:
            kind, tried = name, set()
            while kind not in _STANDARD and kind in self._roles and kind not in tried:
                tried.add(kind)
                kind = self._roles[kind]
            self._kinds[name] = kind if kind in _STANDARD else _guess(name)
        return self._kinds[name]


def _guess(name: str) -> str:
    """The type of an element whose name the file does not explain."""
    lower = name.lower()
    if lower.startswith(("heading", "rubrik")) and lower[-1:].isdigit():
        return f"H{lower[-1]}"
    return "Div"


def _spans(attributes: PdfObject) -> tuple[int, int]:
    """Row span and column span of a table cell."""
    rows = columns = 1
    attributes = attributes.get_object() if hasattr(attributes, "get_object") else attributes
    for entry in attributes if isinstance(attributes, list) else [attributes]:
        entry = entry.get_object() if hasattr(entry, "get_object") else entry
        if hasattr(entry, "get"):
            rows = _count(entry.get("/RowSpan"), rows)
            columns = _count(entry.get("/ColSpan"), columns)
    return rows, columns


def _count(value: PdfObject, default: int) -> int:
    return int(value) if isinstance(value, (int, float)) and 1 <= value <= 1000 else default
