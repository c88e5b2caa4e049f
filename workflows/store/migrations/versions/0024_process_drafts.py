"""Drafts of processes with their changes; moves of running cases to another version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.store.tables.columns import Instant, Json

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "process_drafts",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("open_key", sa.Text, unique=True),
        sa.Column("base_version", sa.Integer),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("proposed_by", sa.Text),
        sa.Column("proposed_name", sa.Text),
        sa.Column("proposed_at", Instant),
        sa.Column("published_version", sa.Integer),
        sa.Column("ended_by", sa.Text),
        sa.Column("ended_at", Instant),
    )
    op.create_index("ix_process_drafts_key", "process_drafts", ["key"])
    op.create_table(
        "process_draft_changes",
        sa.Column("draft_id", ID, sa.ForeignKey("process_drafts.id"), primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("xml", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("element", sa.Text),
        sa.Column("by_name", sa.Text, nullable=False),
        sa.Column("at", Instant, nullable=False),
    )
    op.create_table(
        "case_moves",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("process", sa.Text, nullable=False),
        sa.Column("to_version", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("by_person", sa.Text),
        sa.Column("by_name", sa.Text, nullable=False),
        sa.Column("at", Instant, nullable=False),
    )
    op.create_index("ix_case_moves_process", "case_moves", ["process"])
    op.create_table(
        "case_move_lines",
        sa.Column("move_id", ID, sa.ForeignKey("case_moves.id"), primary_key=True),
        sa.Column("case_id", ID, sa.ForeignKey("cases.id"), primary_key=True),
        sa.Column("from_version", sa.Integer, nullable=False),
        sa.Column("done", sa.Boolean, nullable=False),
        sa.Column("reasons", Json, nullable=False),
        sa.Column("undone_at", Instant),
    )


def downgrade() -> None:
    for table in ("case_move_lines", "case_moves", "process_draft_changes", "process_drafts"):
        op.drop_table(table)
