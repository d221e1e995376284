"""Reads a source: Markdown with a YAML head. Beyond plain Markdown: `<br>` and `^^` in table cells, and page breaks.

A cell that holds only `^^` is merged with the cell above it. `<!-- sidbrytning -->` starts a new page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

PAGE_BREAK = "<!-- sidbrytning -->"
MERGED = "^^"


@dataclass(frozen=True)
class Run:
    """A piece of text in one style. A line break is a text of its own: a newline."""

    text: str
    bold: bool = False
    italic: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the highest."""

    level: int
    runs: Runs


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, with line breaks where the source has two spaces at a line's end."""

    runs: Runs


@dataclass(frozen=True)
class ListBlock:
    """A flat list."""

    ordered: bool
    items: tuple[Runs, ...]


@dataclass(frozen=True)
class Table:
    """A table whose first row is the head. A merged cell is None."""

    rows: tuple[tuple[Runs | None, ...], ...]


@dataclass(frozen=True)
class PageBreak:
    """A new page."""


Block = Heading | Paragraph | ListBlock | Table | PageBreak


@dataclass(frozen=True)
class Source:
    """One document: its head (title, format, style, cover, running head and foot) and its blocks."""

    name: str
    head: dict[str, Any]
    blocks: tuple[Block, ...] = field(repr=False)

    @property
    def title(self) -> str:
        """The document's title."""
        return str(self.head["titel"])

    @property
    def cover(self) -> list[str]:
        """The lines of the cover page; empty where there is none."""
        return [str(line) for line in self.head.get("omslag", [])]


def plain(runs: Runs) -> str:
    """The runs' text without styles."""
    return "".join(run.text for run in runs)


def read(path: Path) -> Source:
    """Reads one source file."""
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    return Source(path.stem, yaml.safe_load(head), tuple(_blocks(tokens)))


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.type == "heading_open":
            yield Heading(int(token.tag[1]), _runs(tokens[position + 1]))
            position += 3
        elif token.type == "paragraph_open":
            yield Paragraph(_runs(tokens[position + 1]))
            position += 3
        elif token.type in ("bullet_list_open", "ordered_list_open", "table_open"):
            end = _closing(tokens, position)
            inner = tokens[position + 1 : end]
            yield _table(inner) if token.type == "table_open" else _list(inner, token.type == "ordered_list_open")
            position = end + 1
        elif token.type == "html_block" and PAGE_BREAK in token.content:
            yield PageBreak()
            position += 1
        else:
            raise ValueError(f"A source may not hold {token.type}: {token.content}")


def _closing(tokens: list[Token], opening: int) -> int:
    wanted = tokens[opening].type.replace("_open", "_close")
    return next(i for i in range(opening, len(tokens)) if tokens[i].type == wanted)


def _list(tokens: list[Token], ordered: bool) -> ListBlock:
    return ListBlock(ordered, tuple(_runs(token) for token in tokens if token.type == "inline"))


def _table(tokens: list[Token]) -> Table:
    rows: list[list[Runs | None]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(None if token.content == MERGED else _runs(token))
    return Table(tuple(tuple(row) for row in rows))


def _runs(inline: Token) -> Runs:
    runs: list[Run] = []
    bold = italic = False
    for token in inline.children or []:
        if token.type in ("strong_open", "strong_close"):
            bold = token.type == "strong_open"
        elif token.type in ("em_open", "em_close"):
            italic = token.type == "em_open"
        elif token.type == "hardbreak" or (token.type == "html_inline" and token.content == "<br>"):
            runs.append(Run("\n"))
        elif token.type == "softbreak":
            runs.append(Run(" ", bold, italic))
        elif token.content:
            runs.append(Run(token.content, bold, italic))
    return tuple(runs)
