"""How surely documents are read, and the lines that blocks stand on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

Json = sa.JSON(none_as_null=True)


def upgrade() -> None:
    """Adds them. What was read before has neither until it is read anew."""
    op.create_table(
        "qualities",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_qualities_document_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", name="pk_qualities"),
    )
    with op.batch_alter_table("blocks") as blocks:
        blocks.add_column(sa.Column("confidence", sa.Double(), nullable=True))
        blocks.add_column(sa.Column("runs", Json, nullable=False, server_default="[]"))
    with op.batch_alter_table("blocks") as blocks:
        blocks.alter_column("runs", server_default=None)
