"""Blocks of a tagged PDF: walks the tag tree and gathers the words that it refers to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from granskning_ai.model import BlockKind
from granskning_ai.parsing.pdf_chunks import CAPTION, Chunk
from granskning_ai.parsing.pdf_grid import Grid
from granskning_ai.parsing.pdf_lines import Line, is_bullet, lines_in_order
from granskning_ai.parsing.pdf_page import PageContent, Word
from granskning_ai.parsing.pdf_tagged_table import grid_of_cells
from granskning_ai.parsing.pdf_tags import Content, Node

Key = tuple[int, int, bool]

_INLINE = frozenset(
    [
        "Span",
        "Quote",
        "Link",
        "Annot",
        "Reference",
        "Em",
        "Strong",
        "Sub",
        "Ruby",
        "RB",
        "RT",
        "RP",
        "Warichu",
        "WT",
        "WP",
        "Code",
        "Lbl",
        "BibEntry",
        "Form",
    ]
)
_NOTES = frozenset({"Note", "FENote"})
_HEADINGS = {f"H{level}": level for level in range(1, 10)}
_MAX_HEADING = 300
_MAX_CELLS = 100_000
_PROSE_WORDS = 8


class TagWalker:
    """Makes chunks of a tag tree."""

    def __init__(self, pages: Iterable[PageContent]) -> None:
        self._words: dict[Key, list[Word]] = {}
        self._page_of: dict[int, int] = {}
        self._chunks: list[Chunk] = []
        self._notes: list[Node] = []
        self._made: list[Word] = []
        """Words made here; they must live as long as their ids are used."""
        self.used: set[int] = set()
        """The ids of the words that the tree refers to."""
        for page in pages:
            for word in page.words:
                if word.mcid is not None and not word.artifact:
                    self._words.setdefault((page.number, word.mcid, word.in_form), []).append(word)
                self._page_of[id(word)] = page.number

    def walk(self, tree: Node) -> list[Chunk]:
        """The blocks of the tree in its order."""
        self._block(tree, 0, 0)
        self._flush_notes()
        return self._chunks

    def _block(self, node: Node, list_level: int, depth: int) -> None:
        kind = node.kind
        if kind in _HEADINGS or kind in ("H", "Title"):
            self._heading(node, depth)
        elif kind in ("P", "Caption") or kind in _INLINE:
            self._paragraph(node, BlockKind.CAPTION if kind == "Caption" else BlockKind.PARAGRAPH)
        elif kind == "L":
            self._list(node, list_level + 1, depth)
        elif kind == "Table":
            self._table(node, depth)
        elif kind in ("TOC", "TOCI"):
            self._contents(node)
        elif kind in _NOTES:
            self._note(node)
        elif kind in ("Figure", "Formula"):
            self._figure(node)
        elif kind != "Artifact":
            self._container(node, list_level, depth)
        if kind not in _INLINE:
            self._flush_notes()

    def _container(self, node: Node, list_level: int, depth: int) -> None:
        """Blocks within a section; text that stands there without an element of its own is a paragraph."""
        loose: list[Node | Content] = []
        deeper = depth + (node.kind in ("Sect", "Part", "Art"))
        for child in node.children:
            if isinstance(child, Content) or child.kind in _INLINE:
                loose.append(child)
                continue
            self._loose(loose)
            self._block(child, list_level, deeper)
        self._loose(loose)

    def _loose(self, children: list[Node | Content]) -> None:
        if children:
            self._paragraph(Node("P", list(children)), BlockKind.PARAGRAPH)
            children.clear()

    def _heading(self, node: Node, depth: int) -> None:
        lines = self._lines(node)
        level = _HEADINGS.get(node.kind) or (1 if node.kind == "Title" else min(max(depth, 1), 6))
        if sum(len(line.text) for line in lines) > _MAX_HEADING:
            self._add(BlockKind.PARAGRAPH, lines)
        else:
            self._add(BlockKind.HEADING, lines, level=level)

    def _paragraph(self, node: Node, kind: BlockKind) -> None:
        """A paragraph; blocks that a file has put within it follow it."""
        inner = [child for child in node.children if isinstance(child, Node) and self._is_block(child)]
        self._add(kind, self._lines(node, skip=inner))
        for child in inner:
            self._block(child, 0, 0)

    def _is_block(self, node: Node) -> bool:
        if node.kind in _NOTES:
            return False
        return node.kind not in _INLINE and (
            node.kind not in ("P", "Div", "NonStruct")
            or any(isinstance(child, Node) and child.kind in ("L", "Table", *_HEADINGS) for child in node.children)
        )

    def _list(self, node: Node, level: int, depth: int) -> None:
        for child in node.children:
            if isinstance(child, Content):
                self._paragraph(Node("P", [child]), BlockKind.LIST_ITEM)
            elif child.kind == "LI":
                self._item(child, level, depth)
            elif child.kind == "L":
                self._list(child, level + 1, depth)
            else:
                self._block(child, level, depth)

    def _item(self, node: Node, level: int, depth: int) -> None:
        """A list item: its mark, its text, then what is nested in it."""
        label: list[Line] = []
        own: list[Node | Content] = []
        nested: list[Node] = []
        for child in _item_parts(node):
            if isinstance(child, Node) and child.kind == "Lbl":
                label += self._lines(child)
            elif isinstance(child, Node) and child.kind in ("L", "Table", *_HEADINGS):
                nested.append(child)
            else:
                own.append(child)
        lines = self._lines(Node("P", own))
        marker = " ".join(line.text for line in label).strip() or None
        if marker and len(marker) == 1 and "\ue000" <= marker <= "\uf8ff":
            marker = "•"
        if lines:
            chunk = self._add(BlockKind.LIST_ITEM, lines, level=level)
            if chunk and marker:
                chunk.marker = marker
            elif chunk:
                chunk.lines[0].take_marker()
                chunk.marker = chunk.lines[0].marker
        self._flush_notes()
        for child in nested:
            self._block(child, level, depth)

    def _contents(self, node: Node) -> None:
        """An entry of a table of contents per block."""
        entries = [child for child in node.children if isinstance(child, Node) and child.kind in ("TOC", "TOCI")]
        if not entries:
            self._add(BlockKind.FURNITURE, self._lines(node))
            return
        own = [child for child in node.children if not (isinstance(child, Node) and child in entries)]
        if own:
            self._add(BlockKind.FURNITURE, self._lines(Node("P", own)))
        for entry in entries:
            self._contents(entry)

    def _note(self, node: Node) -> None:
        lines = self._lines(node, within_note=True)
        if not lines:
            return
        head = lines[0]
        mark = head.words[0].text.strip("().[]")
        if len(head.words) > 1 and (mark.isdigit() or mark in ("*", "**", "***", "†", "‡")) and len(mark) <= 3:
            head.skip = 1
            head.refresh()
            self._add(BlockKind.FOOTNOTE, lines, marker=mark)
        else:
            self._add(BlockKind.FOOTNOTE, lines)

    def _figure(self, node: Node) -> None:
        """Text within a picture: prose is kept as prose, labels are not."""
        blocks = [child for child in node.children if isinstance(child, Node) and child.kind not in _INLINE]
        for child in blocks:
            if child.kind == "Caption":
                self._paragraph(child, BlockKind.CAPTION)
        lines = self._lines(Node("P", [c for c in node.children if not (isinstance(c, Node) and c.kind == "Caption")]))
        words = [word for line in lines for word in line.text.split() if word.isalpha()]
        self._add(BlockKind.PARAGRAPH if len(words) >= _PROSE_WORDS else BlockKind.FURNITURE, lines)

    def _flush_notes(self) -> None:
        notes, self._notes = self._notes, []
        for note in notes:
            self._note(note)

    def _add(
        self, kind: BlockKind, lines: list[Line], *, level: int | None = None, marker: str | None = None
    ) -> Chunk | None:
        if not any(line.text.strip() for line in lines):
            return None
        chunk = Chunk(kind, lines, level=level, marker=marker, indent=lines[0].x0)
        if kind is BlockKind.PARAGRAPH and len(chunk.plain) < 400 and CAPTION.match(chunk.plain):
            line = lines[0]
            if line.all_bold or line.style.italic or len(chunk.plain) < 160:
                chunk.kind = BlockKind.CAPTION
        first = lines[0].words[0]
        if kind is BlockKind.PARAGRAPH and len(lines[0].words) > 1 and (is_bullet(first) or first.text.endswith(")")):
            # A list typed by hand: a dash or 'a)' and a tab at the head of a paragraph.
            lines[0].take_marker()
            if lines[0].marker:
                chunk.kind, chunk.marker, chunk.level = BlockKind.LIST_ITEM, lines[0].marker, 1
        self._chunks.append(chunk)
        return chunk

    def _lines(self, node: Node, *, skip: Sequence[Node] = (), within_note: bool = False) -> list[Line]:
        """The text of a node as lines, in the tree's order. Notes within it are set aside."""
        words: list[Word] = []
        self._gather(node, words, skip, within_note)
        return lines_in_order(words, self._page_of)

    def _gather(self, node: Node, words: list[Word], skip: Sequence[Node], within_note: bool) -> None:
        for child in node.children:
            if isinstance(child, Content):
                found = self._words.get((child.page, child.mcid, child.in_form), ())
                words.extend(found)
                self.used.update(id(word) for word in found)
            elif any(child is other for other in skip) or child.kind == "Artifact":
                continue
            elif child.kind in _NOTES and not within_note:
                self._notes.append(child)
            elif child.actual_text is not None:
                words.extend(self._replaced(child))
            else:
                self._gather(child, words, skip, within_note)

    def _replaced(self, node: Node) -> list[Word]:
        """One word with the text that the file says should be read in place of what is shown."""
        shown: list[Word] = []
        self._gather(Node("Span", node.children), shown, (), True)
        if not shown:
            return []
        text = (node.actual_text or "").strip()
        first = shown[0]
        if not text:
            return []
        word = replace(first, text=text, x1=max(word.x1 for word in shown if abs(word.base - first.base) < 2))
        self._page_of[id(word)] = self._page_of[id(first)]
        self._made.append(word)
        return [word]

    def _table(self, node: Node, depth: int) -> None:
        rows = list(_rows(node))
        for child in node.children:
            if isinstance(child, Node) and child.kind == "Caption":
                self._paragraph(child, BlockKind.CAPTION)
        if sum(len(row) for row in rows) <= 1 or len(rows) == 0:
            for row in rows:
                for cell in row:
                    self._container(cell, 0, depth)
            return
        grid = self._grid(rows)
        if grid is not None:
            self._chunks.append(Chunk(BlockKind.TABLE, grid=grid))

    def _grid(self, rows: list[list[Node]]) -> Grid | None:
        if sum(cell.column_span for row in rows for cell in row) > _MAX_CELLS:
            return None
        filled = [[(cell, self._cell(cell)) for cell in row] for row in rows]
        return grid_of_cells(filled)

    def _cell(self, cell: Node) -> list[Line]:
        """The lines of a cell; the first line of each paragraph or list item is marked as a head."""
        outer, self._chunks = self._chunks, []
        self._container(cell, 0, 0)
        self._flush_notes()
        parts, self._chunks = self._chunks, outer
        lines: list[Line] = []
        for part in parts:
            content = (
                part.lines or [line for row in part.grid.cells for c in row for line in c] if part.grid else part.lines
            )
            for index, line in enumerate(content):
                line.head = index == 0
                if index == 0 and part.marker and line.marker is None:
                    line.marker = part.marker
                lines.append(line)
        return lines


def _item_parts(node: Node) -> list[Node | Content]:
    """The parts of a list item, those of its body among them."""
    parts: list[Node | Content] = []
    for child in node.children:
        if (isinstance(child, Node) and child.kind in ("LBody", "Div", "NonStruct", "LI")) or (
            isinstance(child, Node)
            and child.kind == "P"
            and any(isinstance(inner, Node) and inner.kind in ("Lbl", "L") for inner in child.children)
        ):
            parts.extend(_item_parts(child))
        else:
            parts.append(child)
    return parts


def _rows(node: Node) -> Iterable[list[Node]]:
    for child in node.children:
        if not isinstance(child, Node):
            continue
        if child.kind == "TR":
            yield [cell for cell in child.children if isinstance(cell, Node) and cell.kind in ("TD", "TH")]
        elif child.kind != "Caption":
            yield from _rows(child)
