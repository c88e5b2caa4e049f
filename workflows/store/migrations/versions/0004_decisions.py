"""Decisions of DMN files are kept by version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.store.tables.columns import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=True),
        sa.Column("xml", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("deployment", sa.Text(), nullable=False, index=True),
        sa.Column("deployed_at", Instant(), nullable=False),
        sa.Column("deployed_by", sa.Text(), nullable=True),
        sa.UniqueConstraint("key", "version"),
    )
    op.create_index("ix_decisions_key_tag", "decisions", ["key", "tag"])


def downgrade() -> None:
    op.drop_table("decisions")
