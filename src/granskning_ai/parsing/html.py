"""Web pages and HTML exports. Beautiful Soup is imported here and nowhere else."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from granskning_ai.errors import ParsingError
from granskning_ai.model import BlockKind, Document, Draft, SourceFile, assemble
from granskning_ai.parsing.drafts import finish, number_text, superscript, tidy
from granskning_ai.parsing.html_hidden import Visibility
from granskning_ai.parsing.invisible import spelled
from granskning_ai.parsing.lines import decode
from granskning_ai.parsing.plain_tables import Spans
from granskning_ai.parsing.words import HTML_BLOCKS, HTML_DROPPED

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_DROPPED_ROLES = frozenset({"navigation", "search", "contentinfo", "dialog", "alert", "banner", "menu", "toolbar"})
_NOTE_MARK = re.compile(r"\[?(\d{1,3}|[*†])\]?")
_BACKLINK = re.compile(r"backlink|footnote-back|reversefootnote")
_BACK_SIGNS = frozenset({"↩", "↩︎", "↑", "^", "⏎", "Tillbaka"})
_LIST_STYLES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_NOTE_HOLDERS = ["li", "p", "div", "aside"]
_MOST_COLUMNS = 200
_MOST_CELLS = 100_000


class HtmlParser:
    """Reads the main content of an HTML page; menus, page feet and scripts are left out."""

    formats: tuple[str, ...] = ("html",)

    def parse(self, source: SourceFile, data: bytes, *, password: str | None = None) -> Document:
        """Parses `data`; its encoding is read from its bytes and its own declaration.

        Raises:
            ParsingError: the page holds no text.
        """
        from bs4 import BeautifulSoup

        soup = BeautifulSoup(_text(data), "lxml")
        reader = _Reader(soup)
        reader.read()
        title = tidy(soup.title.get_text()) if soup.title else ""
        drafts, title = finish(reader.drafts, strong=reader.strong, title=title or reader.heading)
        if not any(draft.text or draft.rows for draft in drafts):
            raise ParsingError(
                f"Webbsidan {source.name} innehåller ingen text.",
                hint="Sidan hämtar troligen sitt innehåll med skript. Spara den som PDF från webbläsaren.",
            )
        hidden = (*reader.hidden, *spelled(soup.get_text()))
        return assemble(source, _from_level_one(drafts), page_count=1, title=title, hidden=hidden)


def _text(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        match = _CHARSET.search(data[:4096])
        if match and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            name = match.group(1).decode("ascii").lower()
            with contextlib.suppress(LookupError):
                # What calls itself Latin-1 on the web is Windows-1252.
                return data.decode("cp1252" if name in ("iso-8859-1", "latin1", "utf-8") else name, errors="replace")
    return decode(data)


def _from_level_one(drafts: list[Draft]) -> list[Draft]:
    """Headings from level 1, where the page's own title has taken that level."""
    top = min((draft.level or 1 for draft in drafts if draft.kind is BlockKind.HEADING), default=1)
    return [
        replace(draft, level=(draft.level or 1) - top + 1) if draft.kind is BlockKind.HEADING else draft
        for draft in drafts
    ]


class _Reader:
    """Walks the page and gathers drafts."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self.soup = soup
        self.visibility = Visibility(soup)
        self.drafts: list[Draft] = []
        self.strong: set[int] = set()
        self.hidden: list[str] = []
        self.heading = ""
        self.notes = _note_elements(soup)
        self._furniture = 0

    def read(self) -> None:
        body = self.soup.body or self.soup
        main = body.find("main") or body.find(True, role="main")
        for header in body.find_all("header"):
            if not _is_inside(header, main):
                self._header(header)
        self._walk(main or body)
        for note, _ in self.notes.values():
            if main is not None and not _is_inside(note, main):
                self._note(note)

    def _header(self, header: Tag) -> None:
        """The document's own head (title, date, authors) is kept as furniture, a site's menus are not."""
        title = header.find("h1")
        if title is None:
            header.extract()
            return
        self.heading = self.heading or tidy(title.get_text())
        self._furniture += 1
        self._walk(header)
        self._furniture -= 1
        header.extract()

    def _walk(self, parent: Tag) -> None:
        from bs4.element import NavigableString, Tag

        run: list[str] = []
        bold: list[bool] = []
        for child in list(parent.children):
            if type(child) is NavigableString:
                run.append(str(child))
                bold += [False] if str(child).strip() else []
            elif not isinstance(child, Tag):
                continue
            elif child.name == "br":
                run.append("\n")
            elif child.name not in HTML_BLOCKS and not self._holds_blocks(child):
                text = self._piece(child)
                run.append(text)
                bold += [child.name in ("b", "strong")] if text.strip() else []
            elif not self._is_dropped(child):
                self._flush(run, bold)
                self._block(child)
        self._flush(run, bold)

    def _flush(self, run: list[str], bold: list[bool]) -> None:
        """Makes paragraphs of the running text gathered so far; an empty line between breaks parts them."""
        for piece in re.split(r"\n\s*\n(?=\S)", "".join(_breaks(run))):
            if tidy(piece):
                if bold and all(bold):
                    self.strong.add(len(self.drafts))
                self._add(BlockKind.PARAGRAPH, piece)
        run.clear()
        bold.clear()

    def _add(self, kind: BlockKind, text: str, *, level: int | None = None, marker: str | None = None) -> None:
        text = tidy(text)
        if text:
            kind = BlockKind.FURNITURE if self._furniture else kind
            self.drafts.append(Draft(kind=kind, text=text, level=None if self._furniture else level, marker=marker))

    def _block(self, tag: Tag) -> None:
        if id(tag) in self.notes:
            self._note(tag)
        elif re.fullmatch("h[1-6]", tag.name):
            self._add(BlockKind.HEADING, self._inline(tag), level=int(tag.name[1]))
        elif tag.name in ("ul", "ol"):
            self._list(tag, 1)
        elif tag.name == "table":
            self._table(tag)
        elif tag.name == "figcaption":
            self._add(BlockKind.CAPTION, self._inline(tag))
        elif tag.name == "nav":
            self._contents(tag)
        elif tag.name == "hr":
            return
        else:
            self._walk(tag)

    def _contents(self, nav: Tag) -> None:
        """A contents page is furniture; any other menu goes."""
        inside = nav.find_all("a", href=True)
        if inside and all(str(link["href"]).startswith("#") for link in inside):
            self._furniture += 1
            self._walk(nav)
            self._furniture -= 1

    def _list(self, tag: Tag, level: int) -> None:
        numbering = _markers(tag)
        for item in tag.find_all(["li", "ul", "ol"], recursive=False):
            if self._is_dropped(item):
                continue
            if item.name != "li":
                self._list(item, level + 1)
            elif id(item) in self.notes:
                self._note(item)
            else:
                self._item(item, level, next(numbering, None))

    def _item(self, item: Tag, level: int, marker: str | None) -> None:
        from bs4.element import Tag

        inner = [t for t in item.find_all(["ul", "ol", "table"]) if t.find_parent("li") is item]
        self._add(BlockKind.LIST_ITEM, self._inline(item, skip=inner), level=level, marker=marker)
        for tag in inner:
            if isinstance(tag, Tag) and not self._is_dropped(tag):
                if tag.name == "table":
                    self._table(tag)
                else:
                    self._list(tag, level + 1)

    def _note(self, tag: Tag) -> None:
        text = self._inline(tag)
        mark = _NOTE_MARK.match(text.strip())
        number = self.notes[id(tag)][1]
        if mark and (not number or mark.group(1) == number):
            text, number = text.strip()[mark.end() :], mark.group(1)
        self._add(BlockKind.FOOTNOTE, text.strip(" .\t") if not text.strip(" .") else text, marker=number or None)

    def _table(self, table: Tag) -> None:
        rows = [row for row in table.find_all("tr") if row.find_parent("table") is table and not self._is_dropped(row)]
        caption = table.find("caption", recursive=False)
        if caption is not None:
            self._add(BlockKind.CAPTION, self._inline(caption))
        headings = table.find(re.compile("^h[1-6]$")) is not None
        widest = max((len(row.find_all(["td", "th"], recursive=False)) for row in rows), default=0)
        if (
            table.get("role") == "presentation"
            or headings
            or table.find("table") is not None
            or widest <= 1 >= len(rows)
        ):
            for row in rows:
                for cell in row.find_all(["td", "th"], recursive=False):
                    self._walk(cell)
            return
        grid, spans = self._grid(rows)
        if grid and not self._furniture:
            self.drafts.append(Draft(kind=BlockKind.TABLE, rows=grid, spans=spans))

    def _grid(self, rows: list[Tag]) -> tuple[tuple[tuple[str, ...], ...], Spans]:
        """The table's cells in rows and columns; what a merged cell covers is filled from where it begins."""
        texts: dict[tuple[int, int], str] = {}
        spans: Spans = {}
        for y, row in enumerate(rows):
            x = 0
            for cell in row.find_all(["td", "th"], recursive=False):
                while (y, x) in texts:
                    x += 1
                text = self._cell(cell)
                height = min(_span(cell, "rowspan") or len(rows), len(rows) - y)
                width = min(_span(cell, "colspan") or 1, _MOST_COLUMNS)
                if len(texts) + height * width > _MOST_CELLS:
                    raise ParsingError(
                        "En tabell på sidan har orimligt många celler.", hint="Spara sidan som PDF från webbläsaren."
                    )
                for below in range(y, y + height):
                    for beside in range(x, x + width):
                        texts[below, beside] = text
                        if (below, beside) != (y, x):
                            spans[below, beside] = (y, x)
                x += width
        width = max((x for _, x in texts), default=-1) + 1
        return tuple(tuple(texts.get((y, x), "") for x in range(width)) for y in range(len(rows))), spans

    def _cell(self, cell: Tag) -> str:
        """The cell's text; its paragraphs and list items on lines of their own."""
        if self._is_dropped(cell):
            return ""
        outside = self.drafts, self.strong
        self.drafts, self.strong = [], set()
        self._walk(cell)
        lines = [f"{draft.marker} {draft.text}" if draft.marker else draft.text for draft in self.drafts]
        self.drafts, self.strong = outside
        return "\n".join(lines)

    def _inline(self, tag: Tag, skip: Sequence[Tag] = ()) -> str:
        """The element's running text, without the elements in `skip`."""
        from bs4.element import NavigableString, Tag

        pieces: list[str] = []
        for child in tag.children:
            if type(child) is NavigableString:
                pieces.append(str(child))
            elif isinstance(child, Tag) and not any(child is other for other in skip):
                pieces.append(self._piece(child, skip))
        return "".join(pieces)

    def _piece(self, tag: Tag, skip: Sequence[Tag] = ()) -> str:
        """What an element adds to the text around it."""
        if tag.name == "br":
            return " "
        if _is_backlink(tag) or self._is_dropped(tag):
            return ""
        text = self._inline(tag, skip)
        if tag.name == "sup":
            return superscript(text.strip().strip("[]"))
        return f" {text} " if tag.name in HTML_BLOCKS else text

    def _holds_blocks(self, tag: Tag) -> bool:
        return tag.find(lambda t: t.name in HTML_BLOCKS) is not None

    def _is_dropped(self, tag: Tag) -> bool:
        if tag.name in HTML_DROPPED or tag.get("role") in _DROPPED_ROLES:
            return True
        if self.visibility.is_hidden(tag):
            text = tidy(tag.get_text(" "))
            if text:
                self.hidden.append(text)
            return True
        return False


def _breaks(run: list[str]) -> Iterator[str]:
    """Source line breaks are blanks, `<br>` is a break."""
    for piece in run:
        yield piece if piece == "\n" else re.sub(r"\s+", " ", piece)


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1")).strip()
    return int(value) if value.isdigit() else 1


def _markers(tag: Tag) -> Iterator[str | None]:
    """The marks of a list's items, as a browser prints them."""
    style = str(tag.get("style", "")).replace(" ", "")
    if "list-style:none" in style or "list-style-type:none" in style:
        return
    number = int(str(tag.get("start", "1"))) if str(tag.get("start", "1")).isdigit() else 1
    while True:
        if tag.name == "ul":
            yield "•"
        else:
            yield number_text(number, _LIST_STYLES.get(str(tag.get("type")), "decimal")) + "."
        number += 1


def _is_inside(tag: Tag, outer: Tag | None) -> bool:
    """By identity: Beautiful Soup's own comparison goes by content."""
    return any(parent is outer for parent in tag.parents)


def _is_backlink(tag: Tag) -> bool:
    if tag.name != "a":
        return False
    described = f"{tag.get('role', '')} {tag.get('class', '')}"
    return bool(_BACKLINK.search(described)) or tag.get_text().strip() in _BACK_SIGNS


def _note_elements(soup: BeautifulSoup) -> dict[int, tuple[Tag, str]]:
    """The elements that hold a footnote each, with its number: what a superscript in the text links to."""
    notes: dict[int, tuple[Tag, str]] = {}
    named = {str(tag.get("id") or tag.get("name")): tag for tag in reversed(soup.find_all(_is_named))}
    for link in soup.find_all("a", href=re.compile("^#.")):
        called = link.find_parent("sup") is not None or link.find("sup") is not None
        called = called or link.get("role") == "doc-noteref"
        mark = _NOTE_MARK.fullmatch(link.get_text().strip())
        if not (called and mark) or _is_backlink(link):
            continue
        target = named.get(str(link["href"])[1:])
        if target is not None and target.name not in _NOTE_HOLDERS:
            target = target.find_parent(_NOTE_HOLDERS)
        if target is not None and not _is_inside(link, target):
            notes.setdefault(id(target), (target, mark.group(1)))
    return notes


def _is_named(tag: Tag) -> bool:
    return tag.has_attr("id") or (tag.name == "a" and tag.has_attr("name"))
