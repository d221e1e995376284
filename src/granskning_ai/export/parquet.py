"""Parquet files. pyarrow is imported here only; it is an optional package."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from granskning_ai.errors import MissingExtra
from granskning_ai.export.schema import BOX, EVIDENCE, PAGE_QUALITY, PART, QUALITY, REASON, SEARCHED, Field, Table
from granskning_ai.export.tables import Row

if TYPE_CHECKING:
    import pyarrow

_OBJECTS = {"searched": SEARCHED, "quality": QUALITY}
_LISTS = {"evidence": EVIDENCE, "boxes": BOX, "parts": PART, "reasons": REASON, "page_qualities": PAGE_QUALITY}
_AT_ONCE = 10_000
"""Rows in a row group: a table need not fit in memory."""


def require_pyarrow() -> None:
    """Makes sure that Parquet can be written.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise MissingExtra(
            "Parquet kräver paketet pyarrow, som inte är installerat.",
            hint="Installera det med: pip install 'granskning-ai[parquet]'. Eller exportera till csv eller jsonl.",
        ) from error


def write_table(table: Table, rows: Iterable[Row], path: Path) -> None:
    """Writes one table; the types come from the schema, so that an empty column keeps its type."""
    import pyarrow
    import pyarrow.parquet

    schema = pyarrow.schema([(field.name, _type(field)) for field in table.fields])
    rows = iter(rows)
    with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := list(islice(rows, _AT_ONCE)):
            writer.write_table(pyarrow.Table.from_pylist(batch, schema=schema))


def _type(field: Field) -> pyarrow.DataType:
    import pyarrow

    scalars = {
        "string": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
    }
    if field.kind in scalars:
        return scalars[field.kind]
    if field.kind == "strings":
        return pyarrow.list_(pyarrow.string())
    if field.kind == "cells":
        return pyarrow.list_(pyarrow.list_(pyarrow.string()))
    if field.kind in _OBJECTS:
        return _struct(_OBJECTS[field.kind])
    return pyarrow.list_(_struct(_LISTS[field.kind]))


def _struct(fields: Sequence[Field]) -> pyarrow.DataType:
    import pyarrow

    return pyarrow.struct([(field.name, _type(field)) for field in fields])
