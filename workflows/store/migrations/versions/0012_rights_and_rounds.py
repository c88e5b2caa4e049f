"""What people have seen; approvals that belong to a step and its round; indexes for an inbox of many groups."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.store.tables.columns import Instant

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "task_openings",
        sa.Column("task_id", sa.Text, sa.ForeignKey("tasks.id"), primary_key=True),
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("at", Instant, nullable=False),
    )
    op.create_table(
        "versions_seen",
        sa.Column("plan_id", ID, sa.ForeignKey("plans.id"), primary_key=True),
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("at", Instant, nullable=False),
    )
    op.add_column("approvals", sa.Column("element", sa.Text))
    op.add_column("approvals", sa.Column("round", sa.Integer))
    op.drop_index("ix_task_groups_group_key", "task_groups")
    op.create_index("ix_task_groups_group_key_task_id", "task_groups", ["group_key", "task_id"])


def downgrade() -> None:
    op.drop_index("ix_task_groups_group_key_task_id", "task_groups")
    op.create_index("ix_task_groups_group_key", "task_groups", ["group_key"])
    op.drop_column("approvals", "round")
    op.drop_column("approvals", "element")
    op.drop_table("versions_seen")
    op.drop_table("task_openings")
