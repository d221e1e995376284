"""The tables. Columns bear the names of the nouns' fields, which is what lets `codec` fill and read them.

A change here needs a migration in `migrations/versions`, and `HEAD` set to its revision.
"""

from __future__ import annotations

import sqlalchemy as sa

HEAD = "0002"
"""The revision that these tables agree with; a database at HEAD is opened without importing Alembic."""

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Json = sa.JSON(none_as_null=True)


def _of_document() -> list[sa.Column[object]]:
    """The key of everything that belongs to a document and goes when it goes."""
    return [
        sa.Column("document_id", sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("ordinal", sa.Integer, primary_key=True, autoincrement=False),
    ]


def _span() -> list[sa.Column[object]]:
    return [
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
    ]


documents = sa.Table(
    "documents",
    metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("sha256", sa.String, nullable=False, unique=True),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("format", sa.String, nullable=False),
    sa.Column("page_count", sa.Integer, nullable=False),
    sa.Column("title", sa.String, nullable=False),
    sa.Column("doc_type", sa.String, nullable=False),
    sa.Column("issuer", sa.String, nullable=False),
    sa.Column("commissioned_by", sa.String, nullable=False),
    sa.Column("municipality_codes", Json, nullable=False),
    sa.Column("region", sa.String, nullable=False),
    sa.Column("date", sa.String),
    sa.Column("year", sa.Integer),
    sa.Column("versions", Json, nullable=False),
    sa.Column("parts", Json, nullable=False),
    sa.Column("pages", Json, nullable=False),
    sa.Column("hidden", Json, nullable=False),
    # Last, so that listing the columns before it does not read the pages that the text fills.
    sa.Column("text", sa.Text, nullable=False),
)

qualities = sa.Table(
    "qualities",
    metadata,
    sa.Column("document_id", sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("grade", sa.String, nullable=False),
    sa.Column("data", Json, nullable=False),
)

sources = sa.Table(
    "sources",
    metadata,
    # Ascending: a document goes by the name of its oldest source.
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("path", sa.String, nullable=False, unique=True),
    sa.Column("file_name", sa.String, nullable=False),
    sa.Column("document_id", sa.ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    sqlite_autoincrement=True,
)

blocks = sa.Table(
    "blocks",
    metadata,
    *_of_document(),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("level", sa.Integer),
    sa.Column("marker", sa.String),
    *_span(),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("cells", Json, nullable=False),
    sa.Column("boxes", Json, nullable=False),
    sa.Column("confidence", sa.Double),
    sa.Column("runs", Json, nullable=False),
)

passages = sa.Table(
    "passages",
    metadata,
    *_of_document(),
    sa.Column("id", sa.String, nullable=False, index=True),
    *_span(),
    sa.Column("section", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)

findings = sa.Table(
    "findings",
    metadata,
    *_of_document(),
    sa.Column("id", sa.String, nullable=False, index=True),
    sa.Column("kind", sa.String, nullable=False, index=True),
    sa.Column("data", Json, nullable=False),
    sa.Column("found_by", sa.String, nullable=False),
    sa.Column("confidence", sa.Double, nullable=False),
)

requirement_statuses = sa.Table(
    "requirement_statuses",
    metadata,
    *_of_document(),
    sa.Column("id", sa.String, nullable=False, index=True),
    sa.Column("municipality_code", sa.String, nullable=False),
    sa.Column("law", sa.String, nullable=False),
    sa.Column("requirement", sa.String, nullable=False),
    sa.Column("status", sa.String, nullable=False),
    sa.Column("basis", sa.String, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("searched", Json),
    sa.Column("found_by", sa.String, nullable=False),
    sa.Column("confidence", sa.Double, nullable=False),
)

evidence = sa.Table(
    "evidence",
    metadata,
    sa.Column("document_id", sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    # 'finding' or 'status', and the ordinal of the one that the quote proves.
    sa.Column("owner_kind", sa.String, primary_key=True),
    sa.Column("owner_ordinal", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("ordinal", sa.Integer, primary_key=True, autoincrement=False),
    *_span(),
    sa.Column("quote", sa.Text, nullable=False),
    sa.Column("section", sa.Text, nullable=False),
    sa.Column("match", sa.String, nullable=False),
    sa.Column("boxes", Json, nullable=False),
)

rejected = sa.Table(
    "rejected",
    metadata,
    *_of_document(),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)

failures = sa.Table(
    "failures",
    metadata,
    sa.Column("path", sa.String, primary_key=True),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("hint", sa.Text, nullable=False),
)

runs = sa.Table(
    "runs",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("versions", Json, nullable=False),
    sa.Column("imported", Json, nullable=False),
    sa.Column("unchanged", Json, nullable=False),
    sa.Column("replaced", Json, nullable=False),
    sa.Column("failed", Json, nullable=False),
)

CONTENT = (qualities, blocks, passages, findings, requirement_statuses, evidence, rejected)
"""What is written anew when a document is read anew."""
