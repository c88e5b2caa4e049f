"""Copies of documents: sao y, sao lục, trích sao; the table of a đính chính, kept with the register."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.store.tables.columns import Instant, Json

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "copies",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("office_id", ID, sa.ForeignKey("bodies.id"), nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("source_id", ID, nullable=False),
        sa.Column("source_cited", sa.Text, nullable=False),
        sa.Column("source_sha256", sa.Text, nullable=False),
        sa.Column("pages", sa.Text),
        sa.Column("signer_id", ID, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("copies", sa.Integer, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
    )
    op.create_index("ix_copies_source", "copies", ["source", "source_id"])
    op.add_column("register_relations", sa.Column("details", Json))


def downgrade() -> None:
    op.drop_column("register_relations", "details")
    op.drop_table("copies")
