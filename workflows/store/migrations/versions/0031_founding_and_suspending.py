"""Offices founded together from one file, and offices that are suspended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.store.tables.columns import Instant, Json

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "foundings",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("writer_id", ID),
        sa.Column("running", sa.Boolean),
        sa.Column("undone_at", Instant),
        sa.Column("undone_by", sa.Text),
    )
    running = sa.text("running IS true")
    op.create_index(
        "ux_foundings_running", "foundings", ["running"], unique=True, sqlite_where=sa.text("running IS 1"),
        postgresql_where=running,
    )  # fmt: skip
    op.create_table(
        "founding_lines",
        sa.Column("founding_id", ID, sa.ForeignKey("foundings.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("texts", Json, nullable=False),
        sa.Column("office_id", ID),
        sa.Column("person_id", ID, sa.ForeignKey("people.id")),
        sa.Column("problems", Json),
    )
    op.create_table(
        "office_suspensions",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("office_id", ID, sa.ForeignKey("bodies.id"), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("ask", sa.Text, nullable=False),
        sa.Column("since", Instant, nullable=False),
        sa.Column("suspended_by", sa.Text, nullable=False),
        sa.Column("until", Instant),
        sa.Column("resumed_by", sa.Text),
        sa.Column("resumed_reason", sa.Text),
    )
    op.create_index("ix_office_suspensions_office_id", "office_suspensions", ["office_id"])
    op.create_index(
        "ux_office_suspensions_open", "office_suspensions", ["office_id"], unique=True,
        sqlite_where=sa.text("until IS NULL"), postgresql_where=sa.text("until IS NULL"),
    )  # fmt: skip
    op.create_index("ix_bodies_parent", "bodies", ["parent_id"])


def downgrade() -> None:
    op.drop_index("ix_bodies_parent", "bodies")
    op.drop_table("office_suspensions")
    op.drop_table("founding_lines")
    op.drop_table("foundings")
