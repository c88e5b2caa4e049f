"""Requests inside tasks, the chain of hands, drafts of forms, follow-ups, comments and watches."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.store.tables.columns import Instant, Json

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("tasks", sa.Column("asked_in", sa.Text))
    op.add_column("tasks", sa.Column("blocking", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index("ix_tasks_asked_in", "tasks", ["asked_in"])
    _of_tasks()
    _of_plans()


def _of_tasks() -> None:
    op.create_table(
        "handovers",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("task_id", sa.Text, sa.ForeignKey("tasks.id"), nullable=False),
        sa.Column("how", sa.Text, nullable=False),
        sa.Column("from_person", sa.Text),
        sa.Column("to_person", sa.Text),
        sa.Column("by_person", sa.Text),
        sa.Column("by_name", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("at", Instant, nullable=False),
    )
    op.create_index("ix_handovers_task_id", "handovers", ["task_id"])
    op.create_table(
        "task_drafts",
        sa.Column("task_id", sa.Text, sa.ForeignKey("tasks.id"), primary_key=True),
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("fields", Json, nullable=False),
        sa.Column("saved_at", Instant, nullable=False),
    )
    op.create_table(
        "follow_ups",
        sa.Column("task_id", sa.Text, sa.ForeignKey("tasks.id"), primary_key=True),
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("until", Instant, nullable=False),
        sa.Column("set_at", Instant, nullable=False),
    )
    op.create_index("ix_follow_ups_person", "follow_ups", ["person"])


def _of_plans() -> None:
    op.create_table(
        "comments",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("plan_id", ID, sa.ForeignKey("plans.id"), nullable=False),
        sa.Column("task_id", sa.Text, sa.ForeignKey("tasks.id")),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("mentions", Json, nullable=False),
        sa.Column("by_person", sa.Text),
        sa.Column("by_name", sa.Text, nullable=False),
        sa.Column("at", Instant, nullable=False),
    )
    op.create_index("ix_comments_plan_id", "comments", ["plan_id"])
    op.create_index("ix_comments_task_id", "comments", ["task_id"])
    op.create_table(
        "plan_watches",
        sa.Column("plan_id", ID, sa.ForeignKey("plans.id"), primary_key=True),
        sa.Column("person_id", ID, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("since", Instant, nullable=False),
    )
    op.create_index("ix_plan_watches_person_id", "plan_watches", ["person_id"])


def downgrade() -> None:
    for table in ("plan_watches", "comments", "follow_ups", "task_drafts", "handovers"):
        op.drop_table(table)
    op.drop_index("ix_tasks_asked_in", "tasks")
    op.drop_column("tasks", "blocking")
    op.drop_column("tasks", "asked_in")
