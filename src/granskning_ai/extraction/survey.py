"""Survey answers: how many gave each answer to each question, from tables with answers as columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from granskning_ai.extraction.figure_tables import Column, Figures, is_percent, number, tables, unit
from granskning_ai.extraction.flat_tables import pattern
from granskning_ai.extraction.reading import Ids
from granskning_ai.model import Cell, Document, SurveyAnswer

_BOTH = re.compile(r"(\d+)\s*(?:st\.?\s*)?\(\s*(\d+(?:[.,]\d+)?)\s*%\s*\)")
_TOTAL = re.compile(r"(?:totalt?|summa)\b.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """A column of answers: which answer, and whether it holds counts or shares, where its heading says so."""

    label: str
    shares: bool | None
    column: Column


def find_survey_answers(document: Document) -> list[SurveyAnswer]:
    """How many gave each answer to each question, from tables with answers as columns."""
    ids = Ids("enkat", document)
    return [answer for table in tables(document) if is_survey(table) for answer in _survey(document, table, ids)]


def survey_headings(document: Document) -> list[str]:
    """What each survey table says of itself: its first heading and its caption."""
    return [f"{table.first} {table.caption}" for table in tables(document) if is_survey(table)]


def is_survey(table: Figures) -> bool:
    """Whether the columns of a table are answers."""
    labels = {answer.label.lower() for answer in _answers(table)}
    if len(labels) < 2:
        return False
    asked = pattern("question_heading").search(table.first) or all(row[0].text.endswith("?") for row in table.body)
    return bool(asked) or any(pattern("telling_answers").search(label) for label in labels)


def _answers(table: Figures) -> list[_Answer]:
    return [answer for column in table.columns if (answer := _read_heading(column))]


def _read_heading(column: Column) -> _Answer | None:
    """'Ja', 'Andel ja', 'Antal som svarat ja', 'Ja (%)'."""
    before = pattern("answer_before").match(column.heading)
    rest = column.heading[before.end() :] if before else column.heading
    after = pattern("answer_after").search(rest)
    label = (rest[: after.start()] if after else rest).strip()
    if not pattern("answers").search(label):
        return None
    said = f"{before.group() if before else ''} {after.group() if after else ''} {column.group}"
    shares = True if pattern("shares").search(said) else False if pattern("counts").search(said) else None
    return _Answer(label=label[:1].upper() + label[1:], shares=shares, column=column)


def _survey(document: Document, table: Figures, ids: Ids) -> Iterator[SurveyAnswer]:
    answers = _answers(table)
    rows = [row for row in table.body if row[0].text and not _TOTAL.fullmatch(row[0].text)]
    shares = _tells_shares(table, answers, rows)
    for row in rows:
        for label in dict.fromkeys(answer.label for answer in answers):
            own = [answer for answer in answers if answer.label == label and answer.column.index < len(row)]
            count, share, used = _tally([(answer, row[answer.column.index]) for answer in own], shares=shares)
            if not used:
                continue
            yield SurveyAnswer(
                id=ids.next(row[0].text, label),
                evidence=tuple(document.cite(cell.start, cell.end) for cell in [row[0], *used]),
                found_by="rule:survey_table",
                question=row[0].text,
                answer=label,
                count=count,
                share=share,
            )


def _tells_shares(table: Figures, answers: Sequence[_Answer], rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether bare figures are shares: the caption says so, or every row sums to a hundred, give or take a rounding."""
    if is_percent(f"{table.caption} {table.first}"):
        return True
    sums = [
        sum(number(row[answer.column.index].text) or 0 for answer in answers if answer.column.index < len(row))
        for row in rows
    ]
    silent = all(answer.shares is None for answer in answers) and not pattern("counts").search(table.caption)
    return silent and len(rows) > 1 and all(99 <= total <= 101 for total in sums)


def _tally(cells: Sequence[tuple[_Answer, Cell]], *, shares: bool) -> tuple[int | None, float | None, list[Cell]]:
    """The count and the share (0-1) in the cells of one answer, and the cells that were read."""
    count: int | None = None
    share: float | None = None
    used: list[Cell] = []
    for answer, cell in cells:
        both = _BOTH.fullmatch(cell.text.strip())
        value = number(cell.text)
        percent = unit(cell.text) == "%"
        if both:
            count, share = int(both[1]), round(float(both[2].replace(",", ".")) / 100, 4)
        elif value is None:
            continue
        elif percent or answer.shares or (shares and answer.shares is None):
            # '0,8' without a sign of percent is a share already.
            fraction = not percent and 0 < value < 1 and re.search(r"[.,]\d", cell.text)
            share = round(value if fraction else value / 100, 4)
        elif value == int(value):
            count = int(value)
        used.append(cell)
    return count, share, used
