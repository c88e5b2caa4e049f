"""The consultation round as one object, points of opinions, their papers, and requests for a later due date."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from workflows.store.tables.columns import Instant, Json

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OF_ROUND: tuple[tuple[str, sa.types.TypeEngine[Any]], ...] = (
    ("working_days", sa.Integer()),
    ("silence_basis", sa.Text()),
)
OF_OPINION: tuple[tuple[str, sa.types.TypeEngine[Any]], ...] = (
    ("deadline", Instant()),
    ("dropped_at", Instant()),
    ("entered_by", sa.Text()),
    ("paper_number", sa.Text()),
    ("paper_on", sa.Date()),
    ("version", sa.Integer()),
)


def upgrade() -> None:
    for name, kind in OF_ROUND:
        op.add_column("rounds", sa.Column(name, kind))
    for name, kind in OF_OPINION:
        op.add_column("opinions", sa.Column(name, kind))
    op.add_column("tasks", sa.Column("due_days", sa.Integer()))
    op.add_column("plans", sa.Column("mode_reason", sa.Text()))
    op.add_column("plans", sa.Column("outcome_policy", sa.Text()))
    plans = sa.table("plans", sa.column("outcome_policy"))
    op.execute(sa.update(plans).values(outcome_policy="cho_du"))
    with op.batch_alter_table("plans") as table:
        table.alter_column("outcome_policy", existing_type=sa.Text(), nullable=False)
    _opinion_parts()
    _changes()
    _requests()


def _opinion_parts() -> None:
    op.create_table(
        "opinion_points",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("opinion_id", ID, sa.ForeignKey("opinions.id"), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("disposition", sa.Text()),
        sa.Column("disposition_text", sa.Text()),
        sa.Column("disposed_at", Instant()),
        sa.Column("disposed_by", sa.Text()),
        sa.UniqueConstraint("opinion_id", "no"),
    )
    op.create_table(
        "opinion_papers",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("opinion_id", ID, sa.ForeignKey("opinions.id"), nullable=False, index=True),
        sa.Column("file_id", ID, sa.ForeignKey("document_files.id"), nullable=False),
        sa.Column("verdict", Json, nullable=False),
    )


def _changes() -> None:
    op.create_table(
        "round_changes",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("round_id", ID, sa.ForeignKey("rounds.id"), nullable=False, index=True),
        sa.Column("body_id", ID, sa.ForeignKey("bodies.id")),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("deadline", Instant()),
    )


def _requests() -> None:
    op.create_table(
        "due_requests",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("task_id", sa.Text(), sa.ForeignKey("tasks.id"), nullable=False, index=True),
        sa.Column("office_id", ID),
        sa.Column("plan_id", ID, index=True),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_name", sa.Text(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("due_before", Instant(), nullable=False),
        sa.Column("wanted", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text()),
        sa.Column("decided_name", sa.Text()),
        sa.Column("decided_at", Instant()),
        sa.Column("decided_reason", sa.Text()),
        sa.Column("granted", sa.Date()),
    )
    waiting = sa.text("status = 'cho'")
    op.create_index(
        "ux_due_requests_open",
        "due_requests",
        ["task_id"],
        unique=True,
        sqlite_where=waiting,
        postgresql_where=waiting,
    )


def downgrade() -> None:
    for table in ("due_requests", "round_changes", "opinion_papers", "opinion_points"):
        op.drop_table(table)
    for name in ("outcome_policy", "mode_reason"):
        op.drop_column("plans", name)
    op.drop_column("tasks", "due_days")
    for name, _ in OF_OPINION:
        op.drop_column("opinions", name)
    for name, _ in OF_ROUND:
        op.drop_column("rounds", name)
