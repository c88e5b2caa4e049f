"""Filters with a name, drafts of forms that belong to no task, and who has a draft open."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.store.tables.columns import Instant, Json

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "saved_filters",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("person_id", ID, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("list", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.UniqueConstraint("person_id", "list", "name"),
    )
    op.create_table(
        "form_drafts",
        sa.Column("person_id", ID, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("path", sa.Text, primary_key=True),
        sa.Column("fields", Json, nullable=False),
        sa.Column("saved_at", Instant, nullable=False),
    )
    op.create_table(
        "draft_editors",
        sa.Column("plan_id", ID, sa.ForeignKey("plans.id"), primary_key=True),
        sa.Column("person_id", ID, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("seen_at", Instant, nullable=False),
    )


def downgrade() -> None:
    for table in ("draft_editors", "form_drafts", "saved_filters"):
        op.drop_table(table)
