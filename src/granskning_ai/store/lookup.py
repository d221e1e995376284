"""What questions read: of many documents at once, in a few queries, and no more than an answer needs.

A question has a second for everything. So nothing here reads boxes, and what would be read only to be sorted out
again (all statuses of 300 municipalities through ten years) can be looked at first by its head.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from granskning_ai.errors import StoreError
from granskning_ai.model import (
    FINDING_KINDS,
    DocType,
    Finding,
    Metadata,
    Page,
    RequirementStatus,
    SourceFile,
)
from granskning_ai.store import tables
from granskning_ai.store.codec import decode, decoder
from granskning_ai.store.entries import DocumentSummary, StatusHead

_AT_ONCE = 500
"""How many ids one query names; databases limit how many values a query may hold."""

_pages = decoder(tuple[Page, ...])

_Row = dict[str, Any]


def cards(connection: sa.Connection) -> list[DocumentSummary]:
    """Every document as `reading.summaries` gives it, without its parts; many times as fast."""
    documents, sources = tables.documents, tables.sources
    names = connection.execute(
        sa.select(sources.c.document_id, sources.c.path, sources.c.file_name).order_by(sources.c.id.desc())
    )
    # The oldest source comes last, and is the one that stays.
    named = {row.document_id: (row.path, row.file_name) for row in names}
    c = documents.c
    found = connection.execute(
        sa.select(
            c.id, c.sha256, c.size, c.format, c.page_count, c.title, c.doc_type, c.issuer, c.commissioned_by,
            sa.cast(c.municipality_codes, sa.Text), c.region, c.date, c.year, c.versions,
        )
    )  # fmt: skip
    made = [_card(row, *named[row[0]]) for row in found if row[0] in named]
    return sorted(made, key=lambda summary: summary.order)


def findings_of(
    connection: sa.Connection, kinds: Collection[str], documents: Collection[str] | None
) -> Iterator[Finding]:
    """The findings of the given kinds, by document and place."""
    table = tables.findings
    for row in _owners(connection, table, "finding", [table.c.kind.in_(sorted(kinds))], documents):
        kind = FINDING_KINDS.get(row["kind"])
        if kind is None:
            raise StoreError(
                f"Databasen innehåller en uppgift av okänt slag: {row['kind']}.", hint="Uppdatera programmet."
            )
        yield decode(kind, {**row, **row["data"]})


def status_heads(connection: sa.Connection, requirements: Collection[str]) -> list[StatusHead]:
    """What every status of the given requirements says, without its proof."""
    c = tables.requirement_statuses.c
    query = sa.select(c.document_id, c.municipality_code, c.law, c.requirement, c.status, c.basis)
    return [StatusHead(*row) for row in connection.execute(query.where(c.requirement.in_(sorted(requirements))))]


def statuses_of(
    connection: sa.Connection, requirements: Collection[str] | None, documents: Collection[str] | None
) -> Iterator[RequirementStatus]:
    """The statuses of the given requirements (or of all), by document and place."""
    table = tables.requirement_statuses
    wanted = [] if requirements is None else [table.c.requirement.in_(sorted(requirements))]
    for row in _owners(connection, table, "status", wanted, documents):
        yield decode(RequirementStatus, row)


def text_of(connection: sa.Connection, document_id: str) -> tuple[str, tuple[Page, ...]] | None:
    """The document's text and pages."""
    table = tables.documents
    row = connection.execute(sa.select(table.c.text, table.c.pages).where(table.c.id == document_id)).first()
    return (row.text, _pages(row.pages)) if row else None


def _card(row: Any, path: str, name: str) -> DocumentSummary:  # noqa: ANN401 - a row's type is its query's
    key, sha256, size, form, pages, title, doc_type, issuer, commissioned_by, codes, region, date, year, read_by = row
    return DocumentSummary(
        id=key,
        path=path,
        source=SourceFile(name=name, sha256=sha256, size=size, format=form),
        page_count=pages,
        metadata=Metadata(
            title=title,
            doc_type=DocType(doc_type),
            issuer=issuer,
            commissioned_by=commissioned_by,
            municipality_codes=tuple(json.loads(codes)),
            region=region,
            date=date,
            year=year,
        ),
        parts=(),
        versions=tuple((component, version) for component, version in read_by),
    )


def _owners(
    connection: sa.Connection,
    table: sa.Table,
    owner_kind: str,
    wanted: Sequence[sa.ColumnElement[bool]],
    documents: Collection[str] | None,
) -> Iterator[_Row]:
    """The rows of a table that has evidence, each with its evidence."""
    evidence = tables.evidence
    quoted = [column for column in evidence.c if column.name != "boxes"]
    ids = sorted(documents) if documents is not None else []
    for at in range(0, len(ids) or 1, _AT_ONCE):
        chosen = [] if documents is None else [table.c.document_id.in_(ids[at : at + _AT_ONCE])]
        rows = connection.execute(
            sa.select(table).where(*wanted, *chosen).order_by(table.c.document_id, table.c.ordinal)
        ).mappings()
        query = (
            sa.select(*quoted)
            .join(
                table,
                sa.and_(evidence.c.document_id == table.c.document_id, evidence.c.owner_ordinal == table.c.ordinal),
            )
            .where(evidence.c.owner_kind == owner_kind, *wanted, *chosen)
            .order_by(evidence.c.document_id, evidence.c.owner_ordinal, evidence.c.ordinal)
        )
        owned: dict[tuple[str, int], list[_Row]] = {}
        for row in connection.execute(query).mappings():
            owned.setdefault((row["document_id"], row["owner_ordinal"]), []).append(dict(row))
        for row in rows:
            yield {**row, "evidence": owned.get((row["document_id"], row["ordinal"]), [])}
