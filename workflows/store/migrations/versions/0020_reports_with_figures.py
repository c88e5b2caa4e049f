"""Report rules by hand, forms with figures, what became of each submission, reviews of the year, indices, archives."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.store.tables.columns import Instant, Json

revision = "0020"
down_revision = "0016"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("report_rules", sa.Column("kind", sa.Text, nullable=False, server_default="dinh_ky"))
    op.add_column("report_rules", sa.Column("title", sa.Text))
    op.add_column("report_rules", sa.Column("form", Json))
    op.add_column("report_rules", sa.Column("cutoff_day", sa.Integer))
    op.add_column("report_rules", sa.Column("changed_at", Instant))
    op.add_column("report_rules", sa.Column("changed_by", sa.Text))
    op.add_column("report_rules", sa.Column("reason", sa.Text))
    op.add_column("report_rules", sa.Column("ended_at", Instant))
    op.add_column("cycles", sa.Column("title", sa.Text))
    op.add_column("cycles", sa.Column("form", Json))
    op.add_column("cycles", sa.Column("summary", Json))
    op.add_column("submissions", sa.Column("coverage", Json))
    op.create_table(
        "submission_events",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("submission_id", ID, sa.ForeignKey("submissions.id"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("text", sa.Text),
        sa.Column("figures", Json),
    )
    op.create_index("ix_submission_events_submission_id", "submission_events", ["submission_id"])
