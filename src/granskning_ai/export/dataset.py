"""The dataset in four formats, each with a codebook and a data package description beside it.

Every exporter writes the tables that have rows, and removes its own files of tables that have none any more.
The same records give the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from granskning_ai.export.codebook import codebook, datapackage
from granskning_ai.export.csv import Value, csv_bytes
from granskning_ai.export.files import reported, staging
from granskning_ai.export.schema import TABLES, Table
from granskning_ai.export.tables import Json, Row, rows_of
from granskning_ai.export.workbook import tables_workbook
from granskning_ai.model import DocumentRecord

WORKBOOK = "dataset.xlsx"
_LINE_BREAKS = re.compile("[\x85\u2028\u2029]")


class JsonlDataset:
    """One JSON Lines file for each table."""

    format = "jsonl"

    def write(self, records: Sequence[DocumentRecord], directory: Path) -> list[Path]:
        """Writes the tables to `directory`; returns their paths."""
        return _write(records, directory, self.format, _write_jsonl)


class CsvDataset:
    """One CSV file for each table, as Swedish Excel and R's `read.csv2` read it."""

    format = "csv"

    def write(self, records: Sequence[DocumentRecord], directory: Path) -> list[Path]:
        """Writes the tables to `directory`; returns their paths."""
        return _write(records, directory, self.format, _write_csv)


class ParquetDataset:
    """One Parquet file for each table, in which lists and belonging fields stay what they are."""

    format = "parquet"

    def write(self, records: Sequence[DocumentRecord], directory: Path) -> list[Path]:
        """Writes the tables to `directory`; returns their paths.

        Raises:
            MissingExtra: pyarrow is not installed.
        """
        from granskning_ai.export.parquet import require_pyarrow, write_table

        require_pyarrow()
        return _write(records, directory, self.format, write_table)


class XlsxDataset:
    """One Excel workbook with a sheet for each table."""

    format = "xlsx"

    def write(self, records: Sequence[DocumentRecord], directory: Path) -> list[Path]:
        """Writes the workbook to `directory`; returns its path, or nothing where there is nothing to write."""
        tables = _filled(records)
        path = directory / WORKBOOK
        with staging(directory) as staged:
            if tables:
                sheets = (
                    (table.name, flat_header(table), (_flat(table, row) for row in rows_of(table.name, records)))
                    for table in tables
                )
                (staged / WORKBOOK).write_bytes(tables_workbook(sheets))
            _write_companions(staged, self.format, {table: WORKBOOK for table in tables})
        if tables:
            return [path]
        with reported(path):
            path.unlink(missing_ok=True)
        return []


def flat_header(table: Table) -> list[str]:
    """The columns of a table in a format without nesting: the first piece of evidence gets columns of its own."""
    header: list[str] = []
    for field in table.fields:
        header += ["quote", "page", "evidence"] if field.kind == "evidence" else [field.name]
    return header


def _write(
    records: Sequence[DocumentRecord],
    directory: Path,
    suffix: str,
    write_table: Callable[[Table, Iterable[Row], Path], None],
) -> list[Path]:
    files = {table: f"{table.name}.{suffix}" for table in _filled(records)}
    with staging(directory) as staged:
        for table, name in files.items():
            write_table(table, rows_of(table.name, records), staged / name)
        _write_companions(staged, suffix, files)
    stale = [directory / f"{table.name}.{suffix}" for table in TABLES if table not in files]
    for path in stale:
        with reported(path):
            path.unlink(missing_ok=True)
    return [directory / name for name in files.values()]


def _filled(records: Sequence[DocumentRecord]) -> list[Table]:
    return [table for table in TABLES if next(rows_of(table.name, records), None) is not None]


def _write_companions(directory: Path, suffix: str, files: dict[Table, str]) -> None:
    (directory / "kodbok.md").write_text(codebook(), encoding="utf-8", newline="\n")
    (directory / "datapackage.json").write_text(datapackage(suffix, files), encoding="utf-8", newline="\n")


def _write_jsonl(table: Table, rows: Iterable[Row], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(f"{_json(row)}\n" for row in rows)


def _write_csv(table: Table, rows: Iterable[Row], path: Path) -> None:
    path.write_bytes(csv_bytes(flat_header(table), (_flat(table, row) for row in rows)))


def _json(value: Json) -> str:
    # Characters that some readers take for the end of the line would cut a row in two.
    return _LINE_BREAKS.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(value, ensure_ascii=False))


def _flat(table: Table, row: Row) -> list[Value]:
    flat: list[Value] = []
    for field in table.fields:
        value = row[field.name]
        if field.kind == "evidence":
            first = value[0] if isinstance(value, list) and value else {}
            assert isinstance(first, dict)
            quote, page = first.get("quote"), first.get("page")
            assert not isinstance(quote, list | dict)
            assert not isinstance(page, list | dict)
            flat += [quote, page, _json(value)]
        elif field.kind == "strings" and isinstance(value, list):
            flat.append("; ".join(str(item) for item in value) or None)
        else:
            flat.append(_json(value) if isinstance(value, list | dict) else value)
    return flat
