"""Progress, evidence and moved days of a duty's occurrences; duties that a person has to settle; budget lines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.store.tables.columns import Instant, Json

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UNCLEAR = sa.text("unclear IS NOT NULL")


def upgrade() -> None:
    op.add_column("duties", sa.Column("kind", sa.Text, nullable=False, server_default="nhiem_vu"))
    op.add_column("duties", sa.Column("budget_raw", sa.Text))
    op.add_column("duties", sa.Column("unclear", sa.Text))
    op.create_index("ix_duties_unclear", "duties", ["plan_id"], sqlite_where=UNCLEAR, postgresql_where=UNCLEAR)
    op.add_column("occurrences", sa.Column("ends_on", sa.Date))
    op.add_column("occurrences", sa.Column("done_count", sa.Integer, nullable=False, server_default="0"))
    op.add_column("occurrences", sa.Column("percent", sa.Integer))
    op.add_column("occurrences", sa.Column("passed_over", sa.Text))
    op.create_table(
        "occurrence_notes",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("occurrence_id", ID, sa.ForeignKey("occurrences.id"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("by_person", sa.Text),
        sa.Column("by_name", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("percent", sa.Integer),
        sa.Column("done_count", sa.Integer),
        sa.Column("products", Json, nullable=False),
        sa.Column("due_before", sa.Date),
        sa.Column("due_after", sa.Date),
        sa.Column("comment_id", ID),
    )
    op.create_index("ix_occurrence_notes_occurrence_id", "occurrence_notes", ["occurrence_id"])


def downgrade() -> None:
    op.drop_table("occurrence_notes")
    for column in ("passed_over", "percent", "done_count", "ends_on"):
        op.drop_column("occurrences", column)
    op.drop_index("ix_duties_unclear", "duties")
    for column in ("unclear", "budget_raw", "kind"):
        op.drop_column("duties", column)
