"""Outcomes and chains of hands of tasks enter the log of rows (at the end of the upgrade, `begin_logs`).

A remark is what a person said of a task from now on; why a job failed stands in its events.
"""

from __future__ import annotations

from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE tasks SET remark = NULL WHERE kind = 'job' AND remark IS NOT NULL")


def downgrade() -> None:
    """What was said of a job stays in its events."""
