"""Indicators from tables of figures.

A table is read as indicators only where its heading or its row names say so, or where its columns or rows are a series
of years. Budgets, tables of measures and tables of contents give nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from granskning_ai.extraction.figure_tables import Column, Figures, is_percent, number, tables, unit
from granskning_ai.extraction.flat_tables import pattern
from granskning_ai.extraction.reading import Ids
from granskning_ai.extraction.survey import find_survey_answers, is_survey
from granskning_ai.model import Cell, Document, Finding, Indicator

MOST = 0.8
"""The share of a table's cells that must be figures."""


def find_indicators(document: Document) -> list[Finding]:
    """Every indicator value and every survey answer in the document's tables."""
    return [*_find_values(document), *find_survey_answers(document)]


def _find_values(document: Document) -> list[Indicator]:
    ids = Ids("ind", document)
    found: list[Indicator] = []
    for table in tables(document):
        if is_survey(table):
            continue
        name_at = _name_column(table)
        if name_at is not None:
            found += _values(document, table, name_at, ids)
        elif _has_years_as_rows(table):
            found += _values_by_year(document, table, ids)
    return found


def _name_column(table: Figures) -> int | None:
    """The column that names the indicators; None where the table holds no indicators."""
    if pattern("name_heading").search(table.first.strip()):
        return 0
    for column in table.columns:
        if pattern("name_heading").search(column.heading.strip()):
            return column.index
    return 0 if _rows_name_indicators(table) or _is_series(table) else None


def _is_series(table: Figures) -> bool:
    """Whether the columns are years or other periods, and the rows what was counted in them."""
    plain = [column for column in table.columns if not _is_beside(column.heading)]
    periods = [column for column in plain if pattern("period_heading").search(column.heading.strip())]
    names = [row[0].text for row in table.body]
    if len(periods) < 2 or len(periods) < len(plain) or not all(re.search(r"[^\W\d]{2}", name) for name in names):
        return False
    if pattern("who_heading").search(table.first.strip()):
        # The names are of bodies or places; what was counted stands elsewhere.
        return False
    return not _is_money(table, names) and _are_figures([row[c.index] for row in table.body for c in periods])


def _is_beside(heading: str) -> bool:
    """Whether a column tells of the figures beside it: targets, outcomes, units, changes, sources."""
    names = ("target_heading", "outcome_heading", "unit_heading", "ignored_heading")
    return any(pattern(name).search(heading.strip()) for name in names)


def _is_money(table: Figures, names: Sequence[str]) -> bool:
    texts = [table.caption or table.lead, table.first, *(column.heading for column in table.columns), *names]
    return any(pattern("money").search(text) for text in texts)


def _are_figures(cells: Sequence[Cell]) -> bool:
    filled = [cell.text for cell in cells if not pattern("no_value").fullmatch(cell.text.strip())]
    return bool(filled) and sum(number(text) is not None for text in filled) >= MOST * len(filled)


def _has_years_as_rows(table: Figures) -> bool:
    """Whether the rows are years and each column is an indicator."""
    years = [row[0].text for row in table.body]
    by_year = len(years) > 1 and all(pattern("period_heading").search(year.strip()) for year in years)
    headed = pattern("years_heading").search(table.first.strip()) and all(
        re.search(r"[^\W\d]{3}", column.heading) for column in table.columns
    )
    if not by_year or not headed or _is_money(table, []):
        return False
    return _are_figures([cell for row in table.body for cell in row[1:]])


def _rows_name_indicators(table: Figures) -> bool:
    names = [row[0].text for row in table.body]
    headings = [column.heading for column in table.columns]
    if not all(headings) or any(pattern("measure_word").search(heading) for heading in headings):
        return False
    telling = sum(bool(pattern("indicator_name").search(name)) for name in names)
    # Shorter headings are years and places; a sentence is not.
    short = all(len(heading.split()) <= 4 for heading in headings)
    if not short or telling * 2 < len(names) or _is_money(table, names):
        return False
    return _are_figures([cell for row in table.body for cell in row[1:]])


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
        values = [(c, row[c.index]) for c in series if c.index < len(row) and number(row[c.index].text) is not None]
        if name is None or not name.text or not values:
            continue
        judged = _judged_column([column for column, _ in values], targets)
        printed = _row_unit(name.text, [row[c.index].text for c in units if c.index < len(row)], table)
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
                value=number(cell.text) or 0.0,
                unit=unit(cell.text) or printed,
                target=_beside([c for c in beside if c in targets], row),
                outcome=_beside([c for c in beside if c in outcomes], row),
            )


def _values_by_year(document: Document, table: Figures, ids: Ids) -> Iterator[Indicator]:
    """The figures of a table whose rows are years: its column headings are the indicators."""
    for column in table.columns:
        if _is_beside(column.heading):
            continue
        for row in table.body:
            value = number(row[column.index].text) if column.index < len(row) else None
            if value is None:
                continue
            name, period, cell = " ".join(column.heading.split()), row[0], row[column.index]
            yield Indicator(
                id=ids.next(name, period.text),
                evidence=tuple(document.cite(c.start, c.end) for c in (column.cell, cell, period)),
                found_by="rule:indicator_table",
                name=name,
                period=period.text,
                value=value,
                unit=unit(cell.text) or _row_unit(name, [], table),
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
    if pattern("counts").search(name):
        return ""
    said = (
        is_percent(f"{name} {table.first}")
        or is_percent(table.caption)
        or re.match(r"procentandel", name, re.IGNORECASE)
    )
    return "%" if said else ""


def _beside(columns: list[Column], row: Sequence[Cell]) -> str:
    """A target or outcome as printed; with its heading where there are several."""
    if len(columns) == 1:
        return row[columns[0].index].text
    return "; ".join(f"{column.heading}: {row[column.index].text}" for column in columns)
