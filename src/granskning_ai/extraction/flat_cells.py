"""Tables that a text layer has taken apart: cells under each other, or between strokes on a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from granskning_ai.extraction.structure import PROSE, Placed
from granskning_ai.model import Block, BlockKind

WIDEST = 6
"""Columns."""

LONGEST_HEAD = 3
"""How many words a column's heading has at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatCell:
    """A cell of such a table with its place in the document."""

    text: str
    start: int
    end: int
    item: Placed


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatTable:
    """The headings of such a table and its rows, every row as long as the headings."""

    heading: tuple[str, ...]
    rows: tuple[tuple[FlatCell, ...], ...]


def stacked_tables(placed: Sequence[Placed], outcome: re.Pattern[str]) -> Iterator[FlatTable]:
    """Tables whose cells stand one under the other: as many lines to a row as the heading has.

    The last heading must match `outcome`: nothing else tells where the headings end.
    """
    texts = [item for item in placed if item.block.kind in (*PROSE, BlockKind.HEADING)]
    for at, item in enumerate(texts):
        if (at and _is_head(texts[at - 1].block)) or not _is_head(item.block):
            continue
        width = _width(texts[at:], outcome)
        if width < 2:
            continue
        cells = [
            FlatCell(text=item.block.text, start=item.block.start, end=item.block.end, item=item)
            for item in texts[at + width :]
        ]
        rows = [tuple(cells[i : i + width]) for i in range(0, len(cells) - width + 1, width)]
        yield FlatTable(heading=tuple(item.block.text.strip() for item in texts[at : at + width]), rows=tuple(rows))


def _width(texts: Sequence[Placed], outcome: re.Pattern[str]) -> int:
    heads = next((i for i, item in enumerate(texts[:WIDEST]) if not _is_head(item.block)), min(WIDEST, len(texts)))
    # The first cell of the first row may be as short as a heading.
    columns = [i for i, item in enumerate(texts[:heads]) if outcome.search(item.block.text.strip())]
    return columns[-1] + 1 if columns else 0


def _is_head(block: Block) -> bool:
    return len(block.text.split()) <= LONGEST_HEAD and re.search(r"[.:;?!]\s*$", block.text) is None


_STROKE = re.compile(r"\s+[/|]\s+")


def stroked_tables(placed: Sequence[Placed]) -> Iterator[FlatTable]:
    """Tables whose cells stand on a line between strokes ('Prövning / Nivå'); lines without a stroke are left out."""
    for at, item in enumerate(placed):
        heading = _STROKE.split(item.block.text.strip())
        if (
            item.block.kind is BlockKind.TABLE
            or len(heading) < 2
            or any(len(h.split()) > LONGEST_HEAD for h in heading)
        ):
            continue
        rows: list[tuple[FlatCell, ...]] = []
        for following in placed[at + 1 :]:
            found = list(_stroked(following))
            if not found and len(following.block.text.split()) > LONGEST_HEAD:
                break
            rows += found
        if rows:
            yield FlatTable(heading=tuple(heading[-2:]), rows=tuple(rows))


def _stroked(item: Placed) -> Iterator[tuple[FlatCell, ...]]:
    """The rows of a block, each a text and the short value after its last stroke."""
    text = item.block.text
    pattern = re.compile(r"(?P<text>\S.*?)\s+[/|]\s+(?P<value>\d|[^/|?]{2,30}?)(?=\s+[A-ZÅÄÖ][^/|]*[/|]|\s*$)")
    for match in pattern.finditer(text):
        yield tuple(
            FlatCell(
                text=match[name],
                start=item.block.start + match.start(name),
                end=item.block.start + match.end(name),
                item=item,
            )
            for name in ("text", "value")
        )
