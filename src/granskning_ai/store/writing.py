"""Records to rows. Each function works inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain
from typing import Any

import sqlalchemy as sa

from granskning_ai.errors import SpanError
from granskning_ai.model import Document, DocumentRecord, Evidence, FileFailure, Finding, ImportReport
from granskning_ai.store import tables
from granskning_ai.store.codec import encode
from granskning_ai.store.entries import Saved

Row = dict[str, Any]

_FINDING_COLUMNS = ("id", "found_by", "confidence")


def check(record: DocumentRecord) -> None:
    """Refuses what does not belong to the record's document, or is not a quote from it.

    Raises:
        SpanError: a fault in the program; the store is the last place where it can be stopped.
    """
    document = record.document
    parts: list[Any] = [*record.passages, *record.findings, *record.statuses, *record.rejected]
    if any(part.document_id != document.id for part in parts):
        raise SpanError(f"Uppgifter om ett annat dokument än {document.id} kan inte sparas med det.")
    quoted = [finding.evidence for finding in record.findings] + [status.evidence for status in record.statuses]
    for evidence in chain.from_iterable(quoted):
        if evidence.document_id != document.id or document.text[evidence.start : evidence.end] != evidence.quote:
            raise SpanError(f"Citatet står inte i dokumentet {document.id}: {evidence.quote[:80]!r}.")


def save(connection: sa.Connection, record: DocumentRecord) -> Saved:
    """Writes the record and points its path to it; what the path pointed to before goes, if nothing else does."""
    document = record.document
    before = connection.execute(_document_at(record.path)).scalar()
    versions = connection.execute(
        sa.select(tables.documents.c.versions).where(tables.documents.c.id == document.id)
    ).scalar()
    _write_document(connection, record, known=versions is not None)
    for table, rows in _content(record):
        if rows:
            connection.execute(sa.insert(table), rows)
    if before != document.id:
        remove_path(connection, record.path)
        connection.execute(
            sa.insert(tables.sources).values(path=record.path, file_name=document.source.name, document_id=document.id)
        )
    remove_failure(connection, record.path)
    if before not in (None, document.id) or versions not in (None, encode(record.versions)):
        return Saved.REPLACED
    return Saved.NEW if versions is None else Saved.UNCHANGED


def remove(connection: sa.Connection, document_id: str) -> bool:
    """Removes a document with all that belongs to it; says whether it was there."""
    return connection.execute(sa.delete(tables.documents).where(tables.documents.c.id == document_id)).rowcount > 0


def remove_path(connection: sa.Connection, path: str) -> None:
    """Forgets a path, and the document it points to unless another path does too."""
    document_id = connection.execute(_document_at(path)).scalar()
    connection.execute(sa.delete(tables.sources).where(tables.sources.c.path == path))
    others = sa.select(tables.sources.c.id).where(tables.sources.c.document_id == document_id)
    if document_id is not None and connection.execute(others.limit(1)).first() is None:
        remove(connection, document_id)


def record_failure(connection: sa.Connection, failure: FileFailure) -> None:
    """Notes that a file could not be read, in place of an earlier failure of the same path."""
    remove_failure(connection, failure.path)
    connection.execute(sa.insert(tables.failures).values(**encode(failure)))


def remove_failure(connection: sa.Connection, path: str) -> bool:
    """Forgets that the file at `path` could not be read; says whether it was noted."""
    return connection.execute(sa.delete(tables.failures).where(tables.failures.c.path == path)).rowcount > 0


def record_run(connection: sa.Connection, report: ImportReport, versions: Sequence[tuple[str, str]]) -> None:
    """Adds a run to the history."""
    connection.execute(
        sa.insert(tables.runs).values(finished_at=datetime.now(UTC), versions=encode(tuple(versions)), **encode(report))
    )


def _document_at(path: str) -> sa.Select[str]:
    return sa.select(tables.sources.c.document_id).where(tables.sources.c.path == path)


def _write_document(connection: sa.Connection, record: DocumentRecord, *, known: bool) -> None:
    document = record.document
    row = _document_row(document) | {"versions": encode(record.versions)}
    if not known:
        connection.execute(sa.insert(tables.documents).values(**row))
        return
    # The row stays, for other paths point to it; what was read out of the document is written anew.
    connection.execute(sa.update(tables.documents).where(tables.documents.c.id == document.id).values(**row))
    for table in tables.CONTENT:
        connection.execute(sa.delete(table).where(table.c.document_id == document.id))


def _document_row(document: Document) -> Row:
    source: Row = encode(document.source)
    del source["name"]  # belongs to the path, not to the content
    fields = ("text", "page_count", "parts", "pages", "hidden")
    return {
        "id": document.id,
        **source,
        **encode(document.metadata),
        **{name: encode(getattr(document, name)) for name in fields},
    }


def _content(record: DocumentRecord) -> Iterator[tuple[sa.Table, list[Row]]]:
    document_id = record.document.id
    quality = record.document.quality
    if quality is not None:
        yield tables.qualities, [{"document_id": document_id, "grade": quality.grade, "data": encode(quality)}]
    yield tables.blocks, [{"document_id": document_id, **row} for row in _numbered(record.document.blocks)]
    yield tables.passages, list(_numbered(record.passages))
    yield tables.findings, [_finding_row(finding, ordinal) for ordinal, finding in enumerate(record.findings)]
    statuses = list(_numbered(record.statuses))
    for row in statuses:
        del row["evidence"]
    yield tables.requirement_statuses, statuses
    yield tables.rejected, list(_numbered(record.rejected))
    yield tables.evidence, list(_evidence_rows("finding", [finding.evidence for finding in record.findings]))
    yield tables.evidence, list(_evidence_rows("status", [status.evidence for status in record.statuses]))


def _numbered(items: Iterable[object]) -> Iterator[Row]:
    for ordinal, item in enumerate(items):
        yield {"ordinal": ordinal, **encode(item)}


def _finding_row(finding: Finding, ordinal: int) -> Row:
    data = encode(finding)
    del data["evidence"]
    columns = {name: data.pop(name) for name in _FINDING_COLUMNS}
    return {"document_id": finding.document_id, "ordinal": ordinal, "kind": finding.kind, "data": data, **columns}


def _evidence_rows(owner_kind: str, owners: Iterable[tuple[Evidence, ...]]) -> Iterator[Row]:
    for owner_ordinal, evidence in enumerate(owners):
        for row in _numbered(evidence):
            yield {"owner_kind": owner_kind, "owner_ordinal": owner_ordinal, **row}
