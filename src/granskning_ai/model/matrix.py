"""The matrix: municipalities against requirements and audit topics."""

from __future__ import annotations

from dataclasses import dataclass

from granskning_ai.model.codes import Basis, Status, Verdict
from granskning_ai.model.documents import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A statutory requirement ('krav') or an audit topic ('ämne'). `group` is the act's or the topics' title."""

    key: str
    label: str
    group: str
    kind: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one document says of one cell, with its proof."""

    document_id: str
    file_name: str
    title: str
    issuer: str
    date: str | None
    year: int | None
    value: Status | Verdict
    basis: Basis
    text: str
    evidence: tuple[Evidence, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """One cell. `statements` has the one that decides first, then every other, newest first.

    `conflict` is true where two statements of the same weight contradict each other. `searched` says in Swedish
    what was looked through when the cell is empty.
    """

    value: Status | Verdict
    basis: Basis
    statements: tuple[Statement, ...] = ()
    conflict: bool = False
    searched: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A municipality, or a municipality in one year."""

    municipality_code: str
    municipality: str
    county: str
    year: int | None
    cells: tuple[MatrixCell, ...]
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of a column is filled: cells with a value, and cells in all."""

    filled: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Rows against columns; `coverage` has one entry per column. `notes` are Swedish sentences on what is left out."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    coverage: tuple[Coverage, ...]
    notes: tuple[str, ...] = ()
