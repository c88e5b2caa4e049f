"""Report rules by hand, forms with figures, what became of each submission, reviews of the year, indices, archives."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.store.tables.columns import Instant, Json

revision = "0019"
down_revision = "0018"
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
    _reviews()
    _archives()
    _indices()


def _reviews() -> None:
    op.create_table(
        "plan_reviews",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("plan_id", ID, sa.ForeignKey("plans.id"), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("case_id", ID),
        sa.Column("opened_at", Instant, nullable=False),
        sa.Column("proposal", sa.Text),
        sa.Column("remark", sa.Text),
        sa.Column("proposed_by", sa.Text),
        sa.Column("decided_at", Instant),
        sa.Column("decided_by", sa.Text),
        sa.UniqueConstraint("plan_id", "year"),
    )


def _archives() -> None:
    op.create_table(
        "archives",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("plan_id", ID, sa.ForeignKey("plans.id"), nullable=False, unique=True),
        sa.Column("office_id", ID, sa.ForeignKey("bodies.id"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("closed_on", sa.Date, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("documents", sa.Integer, nullable=False),
    )
    op.create_index("ix_archives_office_id", "archives", ["office_id"])
    op.create_table(
        "retention_rules",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("office_id", ID, sa.ForeignKey("bodies.id"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("years", sa.Integer),
        sa.Column("basis", sa.Text, nullable=False),
        sa.Column("set_at", Instant, nullable=False),
        sa.Column("set_by", sa.Text, nullable=False),
        sa.UniqueConstraint("office_id", "kind"),
    )


def _indices() -> None:
    op.create_table(
        "indices",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("office_id", ID, sa.ForeignKey("bodies.id"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("rising", sa.Boolean, nullable=False),
        sa.UniqueConstraint("office_id", "name"),
    )
    op.create_table(
        "index_values",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("index_id", ID, sa.ForeignKey("indices.id"), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("value", sa.Text),
        sa.Column("rank", sa.Integer),
        sa.Column("target", sa.Text),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("entered_at", Instant, nullable=False),
        sa.Column("entered_by", sa.Text, nullable=False),
    )
    op.create_index("ix_index_values_index_id", "index_values", ["index_id"])


def downgrade() -> None:
    for table in (
        "index_values",
        "indices",
        "retention_rules",
        "archives",
        "plan_reviews",
        "submission_events",
    ):
        op.drop_table(table)
    op.drop_column("submissions", "coverage")
    for column in ("summary", "form", "title"):
        op.drop_column("cycles", column)
    for column in ("ended_at", "reason", "changed_by", "changed_at", "cutoff_day", "form", "title", "kind"):
        op.drop_column("report_rules", column)
