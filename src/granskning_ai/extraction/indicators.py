"""Indicators and survey answers from tables of figures.

A table is read as indicators only where its heading or its row names say so and its columns are one series (years or
places). Budgets, tables of measures and tables of contents give nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from granskning_ai.extraction.flat_tables import Grid, grids, pattern
from granskning_ai.extraction.reading import Ids
from granskning_ai.model import Cell, Document, Finding, Indicator, SurveyAnswer

_VALUE = re.compile(
    r"(?P<number>[-–]?\d{1,3}(?:[ \u00a0]\d{3})+(?:[.,]\d+)?|[-–]?\d+(?:[.,]\d+)?)\s*"
    r"(?P<unit>%|procent|st\.?|kr|tkr|mnkr|år)?",
    re.IGNORECASE,
)
_BOTH = re.compile(r"(\d+)\s*(?:st\.?\s*)?\(\s*(\d+(?:[.,]\d+)?)\s*%\s*\)")


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


def find_indicators(document: Document) -> list[Finding]:
    """Every indicator value and every survey answer in the document's tables."""
    return [*_find_values(document), *find_survey_answers(document)]


def find_survey_answers(document: Document) -> list[SurveyAnswer]:
    """How many gave each answer to each question, from tables with answers as columns."""
    ids = Ids("enkat", document)
    return [answer for table in _tables(document) if _is_survey(table) for answer in _survey(document, table, ids)]


def survey_headings(document: Document) -> list[str]:
    """What each survey table says of itself: its first heading and its captions."""
    return [f"{table.first} {table.caption}" for table in _tables(document) if _is_survey(table)]


def _find_values(document: Document) -> list[Indicator]:
    ids = Ids("ind", document)
    found: list[Indicator] = []
    for table in _tables(document):
        name_at = _name_column(table)
        if name_at is not None and not _is_survey(table):
            found += _values(document, table, name_at, ids)
    return found


def _tables(document: Document) -> Iterator[Figures]:
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
    columns = _grouped_columns(rows[0], rows[1]) if second else _flat_groups(rows[0])
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
        and not any(_number(text) is not None and not _is_year(text) for text in headings)
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


def _flat_groups(row: Sequence[Cell]) -> list[Column]:
    """The columns of one heading row. A run-together survey table has its groups before its answers."""
    groups = [c.text for c in row[1:] if pattern("count_group").search(c.text) or pattern("share_group").search(c.text)]
    answers = [cell for cell in row[1:] if pattern("answers").search(cell.text)]
    if groups and answers and len(groups) + len(answers) == len(row) - 1 and len(answers) % len(groups) == 0:
        width = len(answers) // len(groups)
        return [
            Column(index=index, heading=cell.text, group=groups[(index - 1) // width], cell=cell)
            for index, cell in enumerate(answers, start=1)
        ]
    return [Column(index=index, heading=cell.text, group="", cell=cell) for index, cell in enumerate(row) if index]


def _number(text: str) -> float | None:
    match = _VALUE.fullmatch(text.strip())
    if match is None:
        return None
    return float(re.sub(r"[ \u00a0]", "", match["number"]).replace("–", "-").replace(",", "."))


def _unit(text: str) -> str:
    match = _VALUE.fullmatch(text.strip())
    unit = (match["unit"] or "") if match else ""
    return "%" if unit.lower() == "procent" else unit


# Survey answers


def _is_survey(table: Figures) -> bool:
    answers = {column.heading.lower() for column in table.columns if pattern("answers").search(column.heading)}
    telling = [answer for answer in answers if pattern("telling_answers").search(answer)]
    return len(answers) >= 2 and bool(telling)


def _survey(document: Document, table: Figures, ids: Ids) -> Iterator[SurveyAnswer]:
    answer_columns = [column for column in table.columns if pattern("answers").search(column.heading)]
    labels = list(dict.fromkeys(column.heading for column in answer_columns))
    for row in table.body:
        question = row[0]
        if not question.text or re.fullmatch(r"(?:totalt?|summa)\b.*", question.text, re.IGNORECASE):
            continue
        for label in labels:
            cells = [(c, row[c.index]) for c in answer_columns if c.heading == label and c.index < len(row)]
            count, share, used = _tally(cells)
            if not used:
                continue
            yield SurveyAnswer(
                id=ids.next(question.text, label),
                evidence=tuple(document.cite(cell.start, cell.end) for cell in [question, *used]),
                found_by="rule:survey_table",
                question=question.text,
                answer=label,
                count=count,
                share=share,
            )


def _tally(cells: list[tuple[Column, Cell]]) -> tuple[int | None, float | None, list[Cell]]:
    """The count and the share (0-1) in the cells of one answer, and the cells that were read."""
    count: int | None = None
    share: float | None = None
    used: list[Cell] = []
    for column, cell in cells:
        both = _BOTH.fullmatch(cell.text.strip())
        value = _number(cell.text)
        if both:
            count, share = int(both[1]), round(float(both[2].replace(",", ".")) / 100, 4)
        elif value is None:
            continue
        elif _unit(cell.text) == "%" or pattern("share_group").search(column.group):
            share = round(value / 100 if _unit(cell.text) == "%" or value > 1 else value, 4)
        elif value == int(value):
            count = int(value)
        used.append(cell)
    return count, share, used


# Indicators


def _name_column(table: Figures) -> int | None:
    """The column that names the indicators; None where the table holds no indicators."""
    if pattern("name_heading").search(table.first.strip()):
        return 0
    for column in table.columns:
        if pattern("name_heading").search(column.heading.strip()):
            return column.index
    return 0 if _rows_name_indicators(table) else None


def _rows_name_indicators(table: Figures) -> bool:
    names = [row[0].text for row in table.body]
    headings = [column.heading for column in table.columns]
    if not all(headings) or any(pattern("measure_word").search(heading) for heading in headings):
        return False
    if any(pattern("money").search(text) for text in [table.caption or table.lead, table.first, *headings, *names]):
        return False
    values = [cell.text for row in table.body for cell in row[1:] if cell.text]
    numeric = sum(_number(text) is not None for text in values)
    telling = sum(bool(pattern("indicator_name").search(name)) for name in names)
    # Shorter headings are years and places; a sentence is not.
    short = all(len(heading.split()) <= 4 for heading in headings)
    return short and telling * 2 >= len(names) and bool(values) and numeric >= 0.8 * len(values)


def _values(document: Document, table: Figures, name_at: int, ids: Ids) -> Iterator[Indicator]:
    columns = [column for column in table.columns if column.index > name_at]
    targets = [c for c in columns if pattern("target_heading").search(c.heading)]
    outcomes = [c for c in columns if pattern("outcome_heading").search(c.heading)]
    units = [c for c in columns if pattern("unit_heading").search(c.heading)]
    special = {c.index for c in [*targets, *outcomes, *units]}
    series = [
        c for c in columns if c.index not in special and c.heading and not pattern("ignored_heading").search(c.heading)
    ]
    for row in table.body:
        name = row[name_at] if name_at < len(row) else None
        values = [(c, row[c.index]) for c in series if c.index < len(row) and _number(row[c.index].text) is not None]
        if name is None or not name.text or not values:
            continue
        judged = _judged_column([column for column, _ in values], targets)
        unit = _row_unit(name.text, [row[c.index].text for c in units if c.index < len(row)], table)
        for column, cell in values:
            beside = [c for c in [*targets, *outcomes] if c.index < len(row) and row[c.index].text]
            beside = beside if judged is None or column is judged else []
            period = f"{column.group} {column.heading}".strip()
            yield Indicator(
                id=ids.next(name.text, period),
                evidence=tuple(
                    document.cite(c.start, c.end) for c in [name, cell, column.cell, *(row[b.index] for b in beside)]
                ),
                found_by="rule:indicator_table",
                name=" ".join(name.text.split()),
                period=period,
                value=_number(cell.text) or 0.0,
                unit=_unit(cell.text) or unit,
                target=_beside([c for c in beside if c in targets], row),
                outcome=_beside([c for c in beside if c in outcomes], row),
            )


def _judged_column(series: list[Column], targets: list[Column]) -> Column | None:
    """The period that targets and outcomes speak of: the target's own year, else the latest; None for places."""
    years = [(match.group(), column) for column in series if (match := re.search(r"(?:19|20)\d\d", column.heading))]
    if not years:
        return None
    for target in targets:
        own = re.search(r"(?:19|20)\d\d", target.heading)
        for year, column in years:
            if own and own.group() == year:
                return column
    return max(years, key=lambda pair: pair[0])[1]


def _row_unit(name: str, unit_cells: list[str], table: Figures) -> str:
    if unit_cells and unit_cells[0]:
        return unit_cells[0]
    percent = re.search(r"\(\s*(?:%|procent)\s*\)|,\s*andel\s*\(?%|\bi procent\b", f"{name} {table.first}")
    return "%" if percent else ""


def _beside(columns: list[Column], row: Sequence[Cell]) -> str:
    """A target or outcome as printed; with its heading where there are several."""
    if len(columns) == 1:
        return row[columns[0].index].text
    return "; ".join(f"{column.heading}: {row[column.index].text}" for column in columns)
