"""CSV as Swedish Excel reads it: semicolons, decimal commas, UTF-8 with a byte order mark (`read.csv2` in R)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from granskning_ai.export.appearance import CONFLICT_LABEL, label, year_of
from granskning_ai.export.files import write_whole
from granskning_ai.export.safe import csv_text
from granskning_ai.model import LABELS, Basis, Matrix, MatrixCell

Value = str | int | float | bool | None


class CsvMatrix:
    """Writes the matrix as a CSV file: for each column its value, and beside it on whose word and from which year."""

    suffix = ".csv"

    def write(self, matrix: Matrix, path: Path) -> None:
        """Writes `matrix` to `path`, whole or not at all."""
        header = ["Kommunkod", "Kommun", "Län", "År", "Dokument"]
        for column in matrix.columns:
            header += [column.label, f"{column.label}: grund"]
        rows: list[list[Value]] = []
        for row in matrix.rows:
            line: list[Value] = [row.municipality_code, row.municipality, row.county, row.year, row.documents]
            for cell in row.cells:
                line += [label(cell), _grounds(cell)]
            rows.append(line)
        write_whole(path, csv_bytes(header, rows))


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """The CSV file. Every field is quoted, so that a program that splits at commas cannot cut out a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([csv_text(name) for name in header])
    writer.writerows([_field(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _grounds(cell: MatrixCell) -> str:
    if not cell.statements:
        return ""
    parts = ["" if cell.basis is Basis.NONE else LABELS[cell.basis], year_of(cell)]
    parts.append(CONFLICT_LABEL if cell.conflict else "")
    return ", ".join(part for part in parts if part)


def _field(value: Value) -> str:
    if isinstance(value, str):
        return csv_text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value).replace(".", ",")
