"""A task stands in an index only if it has what the index is of: without a topic it was an entry of nothing in that."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

COLUMNS = ("asked_in", "assignee", "closed_by", "closed_for", "next_escalation_at", "topic")


def upgrade() -> None:
    for column in COLUMNS:
        there = sa.text(f"{column} IS NOT NULL")
        op.drop_index(f"ix_tasks_{column}", "tasks")
        op.create_index(f"ix_tasks_{column}", "tasks", [column], postgresql_where=there, sqlite_where=there)


def downgrade() -> None:
    for column in COLUMNS:
        op.drop_index(f"ix_tasks_{column}", "tasks")
        op.create_index(f"ix_tasks_{column}", "tasks", [column])
