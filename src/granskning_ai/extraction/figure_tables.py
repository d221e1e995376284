"""Tables of figures split into headings and body, with what their headings and cells say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from granskning_ai.extraction.flat_tables import Grid, grids, pattern
from granskning_ai.model import Cell, Document

_VALUE = re.compile(
    r"(?P<number>[-–]?\d{1,3}(?:[ \u00a0]\d{3})+(?:[.,]\d+)?|[-–]?\d+(?:[.,]\d+)?)\s*"
    r"(?P<unit>%|procent|st\.?|kr|tkr|mnkr|år)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: its place, its heading (with the one above it), and the cell that holds the heading."""

    index: int
    heading: str
    group: str
    cell: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A table split into its headings and its body."""

    first: str
    columns: tuple[Column, ...]
    body: tuple[tuple[Cell, ...], ...]
    caption: str
    lead: str


def tables(document: Document) -> Iterator[Figures]:
    """Every table of the document that has headings and a body."""
    for grid in grids(document):
        table = _split(grid)
        if table:
            yield table


def _split(grid: Grid) -> Figures | None:
    """Tells headings from body. A second heading row has no name of its own: its first cell is empty or merged."""
    rows = [row for row in grid.rows if any(cell.text for cell in row)]
    if len(rows) < 2 or len(rows[0]) < 2:
        return None
    second = len(rows) > 2 and _is_second_heading(rows[0], rows[1])
    columns = _grouped_columns(rows[0], rows[1]) if second else _flat_groups(rows[0], len(rows[1]))
    heads = {tuple(cell.text for cell in row) for row in rows[: 2 if second else 1]}
    body = tuple(row for row in rows[2 if second else 1 :] if tuple(cell.text for cell in row) not in heads)
    if not body:
        return None
    return Figures(first=rows[0][0].text, columns=tuple(columns), body=body, caption=grid.caption, lead=grid.lead)


def _is_second_heading(first: Sequence[Cell], second: Sequence[Cell]) -> bool:
    own_name = second[0].text and second[0].text != first[0].text
    headings = [cell.text for cell in second[1:] if cell.text]
    return (
        not own_name
        and bool(headings)
        and not any(number(text) is not None and not _is_year(text) for text in headings)
    )


def _is_year(text: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", text.strip()) is not None


def _grouped_columns(first: Sequence[Cell], second: Sequence[Cell]) -> list[Column]:
    columns, group = [], ""
    for index in range(1, len(second)):
        group = first[index].text if index < len(first) and first[index].text else group
        own = second[index].text
        cell = second[index] if own else first[index]
        same = own == group or not own
        columns.append(Column(index=index, heading=own or group, group="" if same else group, cell=cell))
    return columns


def _flat_groups(row: Sequence[Cell], width: int) -> list[Column]:
    """The columns of one heading row. A run-together survey table has its groups before its answers.

    There are fewer cells in a row of it than headings (`width` against the row), for a group has no figures of its own.
    """
    groups = [c.text for c in row[1:] if pattern("count_group").search(c.text) or pattern("share_group").search(c.text)]
    answers = [cell for cell in row[1:] if pattern("answers").search(cell.text)]
    if groups and len(answers) == width - 1 == len(row) - 1 - len(groups) and len(answers) % len(groups) == 0:
        per_group = len(answers) // len(groups)
        return [
            Column(index=index, heading=cell.text, group=groups[(index - 1) // per_group], cell=cell)
            for index, cell in enumerate(answers, start=1)
        ]
    return [Column(index=index, heading=cell.text, group="", cell=cell) for index, cell in enumerate(row) if index]


def number(text: str) -> float | None:
    """The figure that a cell holds; None where it holds anything else."""
    match = _VALUE.fullmatch(text.strip())
    if match is None:
        return None
    return float(re.sub(r"[ \u00a0]", "", match["number"]).replace("–", "-").replace(",", "."))


def unit(text: str) -> str:
    """The unit that a cell prints after its figure."""
    match = _VALUE.fullmatch(text.strip())
    unit = (match["unit"] or "") if match else ""
    return "%" if unit.lower() == "procent" else unit


_PERCENT = re.compile(
    r"(?:,\s*|\bi\s+|\()(?:andel\w*\s*,?\s*(?:i\s+)?\(?)?(?:%|procent\b)|\bandel\s*\(?%", re.IGNORECASE
)


def is_percent(words: str) -> bool:
    """Whether the words over or beside figures say that they are percentages.

    >>> is_percent("Trygghet enligt undersökningen, procent"), is_percent("Antal svar och andel i procent")
    (True, False)
    """
    return _PERCENT.search(words) is not None and not pattern("counts").search(words)
