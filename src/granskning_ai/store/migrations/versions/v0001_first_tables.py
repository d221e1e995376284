"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

Json = sa.JSON(none_as_null=True)


def upgrade() -> None:
    """Makes every table."""
    _documents()
    _read_from_documents()
    _evidence()
    _imports()


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("doc_type", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("commissioned_by", sa.String(), nullable=False),
        sa.Column("municipality_codes", Json, nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("date", sa.String(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("versions", Json, nullable=False),
        sa.Column("parts", Json, nullable=False),
        sa.Column("pages", Json, nullable=False),
        sa.Column("hidden", Json, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        sa.UniqueConstraint("sha256", name="uq_documents_sha256"),
    )
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        _document_key("sources"),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
        sa.UniqueConstraint("path", name="uq_sources_path"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sources_document_id", "sources", ["document_id"])


def _read_from_documents() -> None:
    _child(
        "blocks",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("marker", sa.String(), nullable=True),
        *_span(),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("cells", Json, nullable=False),
        sa.Column("boxes", Json, nullable=False),
    )
    _child(
        "passages",
        sa.Column("id", sa.String(), nullable=False),
        *_span(),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
    _child(
        "findings",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.Column("found_by", sa.String(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
    )
    _child(
        "requirement_statuses",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("municipality_code", sa.String(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("requirement", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("searched", Json, nullable=True),
        sa.Column("found_by", sa.String(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
    )
    _child(
        "rejected",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
    )
    for table in ("passages", "findings", "requirement_statuses"):
        op.create_index(f"ix_{table}_id", table, ["id"])
    op.create_index("ix_findings_kind", "findings", ["kind"])


def _evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("owner_kind", sa.String(), nullable=False),
        sa.Column("owner_ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        *_span(),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("match", sa.String(), nullable=False),
        sa.Column("boxes", Json, nullable=False),
        _document_key("evidence"),
        sa.PrimaryKeyConstraint("document_id", "owner_kind", "owner_ordinal", "ordinal", name="pk_evidence"),
    )


def _imports() -> None:
    op.create_table(
        "failures",
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("path", name="pk_failures"),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("versions", Json, nullable=False),
        sa.Column("imported", Json, nullable=False),
        sa.Column("unchanged", Json, nullable=False),
        sa.Column("replaced", Json, nullable=False),
        sa.Column("failed", Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )


def _child(name: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        *columns,
        _document_key(name),
        sa.PrimaryKeyConstraint("document_id", "ordinal", name=f"pk_{name}"),
    )


def _document_key(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["document_id"], ["documents.id"], name=f"fk_{table}_document_id_documents", ondelete="CASCADE"
    )


def _span() -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in ("page", "start", "end")]
