"""Indexes for the figures of an office's year; how often a kind of sweep failed in a row."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_tasks_office_id_due", "tasks", ["office_id", "due"])
    op.create_index("ix_tasks_office_id_opened_at", "tasks", ["office_id", "opened_at"])
    op.create_index("ix_cycles_office_id_office_due", "cycles", ["office_id", "office_due"])
    op.create_index("ix_recipients_channel_status", "recipients", ["channel", "status"])
    op.add_column("sweeps", sa.Column("failures", sa.Integer, nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("sweeps", "failures")
    op.drop_index("ix_recipients_channel_status", "recipients")
    op.drop_index("ix_cycles_office_id_office_due", "cycles")
    op.drop_index("ix_tasks_office_id_opened_at", "tasks")
    op.drop_index("ix_tasks_office_id_due", "tasks")
