"""What starts cases by itself is kept, jobs can be locked, and files know with which others they were deployed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from workflows.store.tables.columns import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "start_triggers",
        sa.Column("process", sa.Text(), primary_key=True),
        sa.Column("start", sa.Text(), primary_key=True),
        sa.Column("definition_id", ID, sa.ForeignKey("definitions.id"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("due", Instant(), nullable=True, index=True),
        sa.Column("facts", JSON, nullable=False),
    )
    op.create_index("ix_start_triggers_kind_name", "start_triggers", ["kind", "name"])
    op.add_column("tasks", sa.Column("locked_by", sa.Text(), nullable=True))
    op.add_column("tasks", sa.Column("locked_until", Instant(), nullable=True))
    op.create_index("ix_tasks_topic", "tasks", ["topic"])
    op.add_column("subscriptions", sa.Column("business_key", sa.Text(), nullable=True))
    op.execute(
        "UPDATE subscriptions SET business_key = "
        "(SELECT cases.business_key FROM cases WHERE cases.id = subscriptions.case_id)"
    )
    op.add_column("definitions", sa.Column("deployment", sa.Text(), nullable=True))
    op.execute("UPDATE definitions SET deployment = sha256")
    with op.batch_alter_table("definitions") as table:
        table.alter_column("deployment", existing_type=sa.Text(), nullable=False)
    op.create_index("ix_definitions_deployment", "definitions", ["deployment"])


def downgrade() -> None:
    op.drop_index("ix_definitions_deployment", "definitions")
    op.drop_column("definitions", "deployment")
    op.drop_column("subscriptions", "business_key")
    op.drop_index("ix_tasks_topic", "tasks")
    op.drop_column("tasks", "locked_until")
    op.drop_column("tasks", "locked_by")
    op.drop_table("start_triggers")
