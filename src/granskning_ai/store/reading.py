"""Rows to records. Each function works inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import Any

import sqlalchemy as sa

from granskning_ai.errors import StoreError
from granskning_ai.model import (
    FINDING_KINDS,
    Block,
    Document,
    DocumentRecord,
    FileFailure,
    Finding,
    ImportReport,
    Metadata,
    Page,
    Part,
    Passage,
    Quality,
    Rejected,
    RequirementStatus,
    SourceFile,
)
from granskning_ai.store import tables
from granskning_ai.store.codec import decode, decoder
from granskning_ai.store.entries import DocumentSummary, Run

Row = dict[str, Any]

_versions = decoder(tuple[tuple[str, str], ...])
_parts = decoder(tuple[Part, ...])
_pages = decoder(tuple[Page, ...])
_hidden = decoder(tuple[str, ...])
_quality = decoder(Quality | None)


def known(connection: sa.Connection, path: str, sha256: str, versions: Sequence[tuple[str, str]]) -> bool:
    """Whether the path holds this content, read by these versions."""
    query = (
        sa.select(tables.documents.c.versions)
        .join(tables.sources)
        .where(tables.sources.c.path == path, tables.documents.c.sha256 == sha256)
    )
    stored = connection.execute(query).scalar()
    return stored is not None and sorted(_versions(stored)) == sorted(versions)


def load(connection: sa.Connection, document_id: str, *, outline: bool = False) -> DocumentRecord | None:
    """The record as it was saved; an outline is without text, blocks and passages, which are most of it."""
    columns = [column for column in tables.documents.c if not (outline and column.name == "text")]
    rows = _document_rows(connection, columns, document_id)
    if not rows:
        return None
    row = rows[0]
    blocks = [] if outline else _rows_of(connection, tables.blocks, document_id)
    passages = [] if outline else _rows_of(connection, tables.passages, document_id)
    document = Document(
        source=decode(SourceFile, row),
        text="" if outline else row["text"],
        blocks=tuple(decode(Block, block) for block in blocks),
        pages=_pages(row["pages"]),
        page_count=row["page_count"],
        metadata=decode(Metadata, row),
        parts=_parts(row["parts"]),
        hidden=_hidden(row["hidden"]),
        quality=_quality(row["quality"]),
    )
    return DocumentRecord(
        document=document,
        path=row["path"],
        passages=tuple(decode(Passage, passage) for passage in passages),
        findings=tuple(findings(connection, document_id)),
        statuses=tuple(statuses(connection, document_id)),
        rejected=tuple(decode(Rejected, item) for item in _rows_of(connection, tables.rejected, document_id)),
        versions=_versions(row["versions"]),
    )


def summaries(connection: sa.Connection) -> list[DocumentSummary]:
    """Every document without its text and blocks, in the store's order."""
    wide = {"text", "pages", "hidden"}
    columns = [column for column in tables.documents.c if column.name not in wide]
    found = [
        DocumentSummary(
            id=row["id"],
            path=row["path"],
            source=decode(SourceFile, row),
            page_count=row["page_count"],
            metadata=decode(Metadata, row),
            parts=_parts(row["parts"]),
            quality=_quality(row["quality"]),
            versions=_versions(row["versions"]),
        )
        for row in _document_rows(connection, columns)
    ]
    # Sorted here, since databases do not agree on the order of å, ä and ö.
    return sorted(found, key=lambda summary: summary.order)


def findings(connection: sa.Connection, document_id: str, kinds: Sequence[str] = ()) -> Iterator[Finding]:
    """The document's findings in order; of the given kinds, or all."""
    table = tables.findings
    of_kinds = table.c.kind.in_(kinds) if kinds else sa.true()
    rows = _rows_of(connection, table, document_id, of_kinds)
    evidence = _evidence(connection, document_id, "finding", [row["ordinal"] for row in rows] if kinds else None)
    for row in rows:
        kind = FINDING_KINDS.get(row["kind"])
        if kind is None:
            raise StoreError(
                f"Databasen innehåller en uppgift av okänt slag: {row['kind']}.", hint="Uppdatera programmet."
            )
        yield decode(kind, {**row, **row["data"], "evidence": evidence.get(row["ordinal"], [])})


def statuses(connection: sa.Connection, document_id: str) -> Iterator[RequirementStatus]:
    """The document's requirement statuses in order."""
    evidence = _evidence(connection, document_id, "status")
    for row in _rows_of(connection, tables.requirement_statuses, document_id):
        yield decode(RequirementStatus, {**row, "evidence": evidence.get(row["ordinal"], [])})


def failures(connection: sa.Connection) -> tuple[FileFailure, ...]:
    """The files that could not be read, by path."""
    rows = connection.execute(sa.select(tables.failures)).mappings()
    return tuple(sorted((decode(FileFailure, row) for row in _dicts(rows)), key=lambda failure: failure.path))


def runs(connection: sa.Connection) -> tuple[Run, ...]:
    """The import runs, oldest first."""
    rows = connection.execute(sa.select(tables.runs).order_by(tables.runs.c.id)).mappings()
    return tuple(
        Run(
            # SQLite keeps no time zone; what was written is UTC.
            finished_at=row["finished_at"].replace(tzinfo=UTC),
            report=decode(ImportReport, row),
            versions=_versions(row["versions"]),
        )
        for row in _dicts(rows)
    )


def _document_rows(
    connection: sa.Connection, columns: Sequence[sa.ColumnElement[Any]], document_id: str | None = None
) -> list[Row]:
    """Rows of documents, each with the path and name of its oldest source."""
    documents, sources, other = tables.documents, tables.sources, tables.sources.alias()
    qualities = tables.qualities
    oldest = sa.select(sa.func.min(other.c.id)).where(other.c.document_id == documents.c.id).scalar_subquery()
    query = (
        sa.select(*columns, sources.c.path, sources.c.file_name.label("name"), qualities.c.data.label("quality"))
        .select_from(documents)
        .join(sources, sources.c.document_id == documents.c.id)
        .outerjoin(qualities, qualities.c.document_id == documents.c.id)
        .where(sources.c.id == oldest)
    )
    if document_id is not None:
        query = query.where(documents.c.id == document_id)
    return _dicts(connection.execute(query).mappings())


def _rows_of(
    connection: sa.Connection, table: sa.Table, document_id: str, condition: sa.ColumnElement[bool] | None = None
) -> list[Row]:
    query = sa.select(table).where(table.c.document_id == document_id).order_by(table.c.ordinal)
    if condition is not None:
        query = query.where(condition)
    return _dicts(connection.execute(query).mappings())


def _evidence(
    connection: sa.Connection, document_id: str, owner_kind: str, owners: Sequence[int] | None = None
) -> dict[int, list[Row]]:
    """Evidence by its owner's ordinal, of the given owners or of all."""
    if owners is not None and not owners:
        return {}
    table = tables.evidence
    query = (
        sa.select(table)
        .where(table.c.document_id == document_id, table.c.owner_kind == owner_kind)
        .order_by(table.c.owner_ordinal, table.c.ordinal)
    )
    if owners is not None:
        query = query.where(table.c.owner_ordinal.in_(owners))
    owned: dict[int, list[Row]] = {}
    for row in _dicts(connection.execute(query).mappings()):
        owned.setdefault(row["owner_ordinal"], []).append(row)
    return owned


def _dicts(rows: sa.MappingResult) -> list[Row]:
    # Plain dicts: reading a field from them is several times faster than from SQLAlchemy's rows.
    return [dict(row) for row in rows]
