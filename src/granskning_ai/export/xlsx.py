"""The matrix as an Excel workbook: the sheet Matris, and the sheet Belägg that its cells lead to."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from granskning_ai.export.appearance import (
    CONFLICT,
    CONFLICT_LABEL,
    LOOKS,
    MEANINGS,
    SHORT_BASIS,
    has_conflict,
    label,
    values_in,
    year_of,
)
from granskning_ai.export.files import write_whole
from granskning_ai.export.workbook import Book, Sheet, Style, Value, place
from granskning_ai.model import LABELS, Basis, Column, Evidence, Matrix, MatrixCell, Row, Statement

_TONES = {
    "good": Style(colour="0A4636", fill="CDEADF", wrap=True),
    "fair": Style(colour="134A5B", fill="DCEDF3", wrap=True),
    "partial": Style(colour="563E00", fill="FBE7B4", wrap=True),
    "bad": Style(colour="701A06", fill="F6C8BA", wrap=True),
    "lacking": Style(colour="7D2B10", fill="FBE4DC", wrap=True),
    "open": Style(colour="452C6B", fill="E8E1F3", wrap=True),
    "empty": Style(colour="5A636C", fill="F0EFEC", wrap=True),
    "failed": Style(colour="6C1B4C", fill="FFFFFF", wrap=True, bold=True),
}
_TITLE = Style(bold=True, size=16)
_HEAD = Style(bold=True, fill="E4E6E9", wrap=True)
_WRAP = Style(wrap=True)
_LINK = Style(colour="0B57A4", wrap=True)
_HEADER_ROW = 5
_FIXED = {"Kommun": 20, "Kommunkod": 13, "Län": 20, "År": 7}
_EVIDENCE_COLUMNS = {
    "Kommun": 20, "Kommunkod": 13, "Krav eller ämne": 26, "Status": 19, "Grund": 22, "Citat": 70, "Sida": 7,
    "Avsnitt": 32, "Dokument": 40, "År": 8, "Utgivare": 18, "Datum": 12, "Fil": 28, "Avgör rutan": 12, "Anmärkning": 50,
}  # fmt: skip


class XlsxMatrix:
    """Writes the matrix as an Excel workbook."""

    suffix = ".xlsx"

    def write(self, matrix: Matrix, path: Path) -> None:
        """Writes `matrix` to `path`, whole or not at all."""
        book = Book()
        front, back = book.sheet("Matris"), book.sheet("Belägg")
        targets = _evidence(back, matrix)
        _front(front, matrix, targets)
        write_whole(path, book.to_bytes())


def _front(sheet: Sheet, matrix: Matrix, targets: dict[tuple[int, int], int]) -> None:
    sheet.put(1, 1, matrix.title, _TITLE)
    sheet.height(1, 26)
    sheet.put(2, 1, "En ruta leder till sitt belägg på bladet Belägg. Teckenförklaringen står under matrisen.")
    for at, head in enumerate(_FIXED, start=1):
        sheet.put(_HEADER_ROW, at, head, _HEAD)
    sheet.height(_HEADER_ROW, 34)
    shown = ""
    for index, column in enumerate(matrix.columns):
        at = len(_FIXED) + 1 + index
        if column.group != shown:
            sheet.put(_HEADER_ROW - 1, at, column.group, Style(bold=True))
            shown = column.group
        sheet.put(_HEADER_ROW, at, column.label, _HEAD)
    for r, row in enumerate(matrix.rows):
        line = _HEADER_ROW + 1 + r
        for at, value in enumerate((row.municipality, row.municipality_code, row.county, row.year), start=1):
            sheet.put(line, at, value, Style(bold=at == 1))
        for c, cell in enumerate(row.cells):
            style = _TONES[LOOKS[cell.value].tone]
            link = f"Belägg!{place(targets[r, c], 1)}"
            sheet.put(line, len(_FIXED) + 1 + c, _cell_text(cell), style, link=link)
    last = _HEADER_ROW + len(matrix.rows)
    sheet.put(last + 1, 1, "Rutor med uppgift", Style(bold=True))
    for index, coverage in enumerate(matrix.coverage):
        sheet.put(last + 1, len(_FIXED) + 1 + index, f"{coverage.filled} av {coverage.total}", Style(bold=True))
    _legend(sheet, matrix, last + 3)
    sheet.layout(widths=[*_FIXED.values()] + [28] * len(matrix.columns), header=_HEADER_ROW, last=last)


def _cell_text(cell: MatrixCell) -> str:
    # On one line, since some programs break no lines in a cell that is a link. An auditor's word is the rule here,
    # so only the municipality's own is said.
    own = SHORT_BASIS[cell.basis] if cell.basis is Basis.SELF_REPORTED else ""
    parts = (f"{LOOKS[cell.value].symbol} {label(cell)}", year_of(cell), own, CONFLICT if cell.conflict else "")
    return " · ".join(part for part in parts if part)


def _legend(sheet: Sheet, matrix: Matrix, line: int) -> None:
    sheet.put(line, 1, "Teckenförklaring", Style(bold=True))
    for value in values_in(matrix):
        line += 1
        look = LOOKS[value]
        sheet.put(line, 1, f"{look.symbol} {LABELS[value]}", _TONES[look.tone])
        sheet.put(line, 2, MEANINGS[value])
    if has_conflict(matrix):
        line += 1
        sheet.put(line, 1, f"{CONFLICT} {CONFLICT_LABEL}", _WRAP)
        sheet.put(line, 2, "en annan uppgift, lika ny eller nyare, säger något annat än den som avgör rutan")
    for number, note in enumerate(matrix.notes):
        sheet.put(line + 2 + number, 1, note)


def _evidence(sheet: Sheet, matrix: Matrix) -> dict[tuple[int, int], int]:
    """Fills the sheet Belägg; returns the first line of each matrix cell."""
    for at, head in enumerate(_EVIDENCE_COLUMNS, start=1):
        sheet.put(1, at, head, _HEAD)
    targets: dict[tuple[int, int], int] = {}
    line = 1
    for r, row in enumerate(matrix.rows):
        for c, (column, cell) in enumerate(zip(matrix.columns, row.cells, strict=True)):
            back = f"Matris!{place(_HEADER_ROW + 1 + r, len(_FIXED) + 1 + c)}"
            targets[r, c] = line + 1
            for values in _evidence_rows(row, column, cell):
                line += 1
                sheet.height(line, _height(values))
                for at, value in enumerate(values, start=1):
                    to_matrix = at in (1, 3)
                    sheet.put(line, at, value, _LINK if to_matrix else _WRAP, link=back if to_matrix else "")
    sheet.layout(widths=list(_EVIDENCE_COLUMNS.values()), header=1, last=line)
    return targets


def _height(values: Sequence[Value]) -> float:
    widths = zip(values, _EVIDENCE_COLUMNS.values(), strict=True)
    return 15.0 * min(max(math.ceil(len(str(value)) / width) for value, width in widths), 20)


def _evidence_rows(row: Row, column: Column, cell: MatrixCell) -> list[list[Value]]:
    head: list[Value] = [row.municipality, row.municipality_code, column.label]
    rows = [
        head + _evidence_row(statement, evidence, decides=index == 0)
        for index, statement in enumerate(cell.statements)
        for evidence in statement.evidence
    ]
    if rows:
        return rows
    rest: Sequence[Value] = [None] * (len(_EVIDENCE_COLUMNS) - len(head) - 2)
    return [[*head, label(cell), *rest, cell.searched]]


def _evidence_row(statement: Statement, evidence: Evidence, *, decides: bool) -> list[Value]:
    return [
        LABELS[statement.value],
        "" if statement.basis is Basis.NONE else LABELS[statement.basis],
        evidence.quote,
        evidence.page,
        evidence.section,
        statement.title,
        statement.year,
        statement.issuer,
        statement.date,
        statement.file_name,
        "ja" if decides else "nej",
        " ".join(part for part in (statement.text, statement.note) if part),
    ]
