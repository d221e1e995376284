"""Findings and statuses of many documents at once, for questions: a few queries, however many documents there are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from granskning_ai.errors import StoreError
from granskning_ai.model import FINDING_KINDS, Finding, Page, RequirementStatus
from granskning_ai.store import tables
from granskning_ai.store.codec import decode, decoder

_AT_ONCE = 500
"""How many ids one query names; databases limit how many values a query may hold."""

_pages = decoder(tuple[Page, ...])

_Row = dict[str, Any]


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


def _owners(
    connection: sa.Connection,
    table: sa.Table,
    owner_kind: str,
    wanted: Sequence[sa.ColumnElement[bool]],
    documents: Collection[str] | None,
) -> Iterator[_Row]:
    """The rows of a table that has evidence, each with its evidence."""
    evidence = tables.evidence
    ids = sorted(documents) if documents is not None else []
    for at in range(0, len(ids) or 1, _AT_ONCE):
        chosen = [] if documents is None else [table.c.document_id.in_(ids[at : at + _AT_ONCE])]
        rows = connection.execute(
            sa.select(table).where(*wanted, *chosen).order_by(table.c.document_id, table.c.ordinal)
        ).mappings()
        query = (
            sa.select(evidence)
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
