"""A document seen as an audit report: every block with its headings, its section's role and its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, cast

from granskning_ai.extraction.data_files import load_yaml
from granskning_ai.model import Block, BlockKind, Document
from granskning_ai.swedish.language import sentences

Role = Literal[
    "summary",
    "overall_assessment",
    "answers",
    "recommendations",
    "assessment",
    "questions",
    "criteria",
    "purpose",
    "background",
    "method",
    "law",
    "observations",
    "sources",
    "contents",
    "other",
]

PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A block with the headings over it, outermost first, and the roles that they give it, innermost first."""

    index: int
    block: Block
    headings: tuple[Block, ...]
    roles: tuple[Role, ...]

    @property
    def role(self) -> Role:
        """The role of the innermost section that has one."""
        return next((role for role in self.roles if role != "other"), "other")

    @property
    def heading(self) -> str:
        """The text of the heading directly over the block."""
        return self.headings[-1].text if self.headings else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence with its span in the document."""

    text: str
    start: int
    end: int
    placed: Placed


@cache
def _roles() -> tuple[tuple[Role, re.Pattern[str]], ...]:
    return tuple((cast("Role", name), re.compile(pattern)) for name, pattern in load_yaml("sections.yml").items())


def heading_text(text: str) -> str:
    """A heading without its number, in lower case."""
    return re.sub(r"^(?:kapitel\s+|avsnitt\s+)?(?:\d+(?:\.\d+)*\.?|[a-z]\))\s+", "", text.strip().lower())


def role_of(heading: str) -> Role:
    """The role that a heading gives its section.

    >>> role_of("3.1 Kommentar och bedömning"), role_of("4.1 Organisation")
    ('assessment', 'other')
    """
    text = heading_text(heading)
    return next((role for role, pattern in _roles() if pattern.search(text)), "other")


def _heads(block: Block) -> bool:
    """Whether a line that the parser took for a paragraph is a heading: short, and named as a section of a report."""
    text = block.text.strip()
    line = block.kind is BlockKind.PARAGRAPH and 1 < len(text.split()) <= LONGEST_LINE and text[:1].isupper()
    # One word alone, or words with strokes between, may as well be the head of a column.
    return line and re.search(r"[.,;?!]$|[:/|]", text) is None and role_of(text) != "other"


LONGEST_LINE = 5
"""Words. A longer line is a sentence."""


def place(document: Document) -> list[Placed]:
    """Every block of the document, headings included, with its place in the report."""
    path: list[Block] = []
    placed: list[Placed] = []
    for index, found in enumerate(document.blocks):
        block = replace(found, kind=BlockKind.HEADING, level=path[-1].level if path else 1) if _heads(found) else found
        if block.kind is BlockKind.HEADING:
            level = block.level or 1
            path = [heading for heading in path if (heading.level or 1) < level]
        placed.append(
            Placed(
                index=index,
                block=block,
                headings=tuple(path),
                roles=tuple(role_of(heading.text) for heading in reversed(path)),
            )
        )
        if block.kind is BlockKind.HEADING:
            path.append(block)
    return placed


def block_sentences(placed: Placed) -> Iterator[Sentence]:
    """The sentences of a paragraph, list item, footnote or heading; for a table those of each cell."""
    block = placed.block
    if block.kind is BlockKind.TABLE:
        spans = sorted({(cell.start, cell.text) for row in block.cells for cell in row if cell.text})
    else:
        spans = [(block.start, block.text)]
    for offset, text in spans:
        for start, end in sentences(text):
            yield Sentence(text=text[start:end], start=offset + start, end=offset + end, placed=placed)
