"""What people put right in the reading of a plan."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.store.tables.columns import Instant, Json

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "reading_corrections",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("plan_id", ID, sa.ForeignKey("plans.id"), nullable=False, index=True),
        sa.Column("correction", Json, nullable=False),
        sa.Column("before", Json, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", sa.Text()),
    )


def downgrade() -> None:
    op.drop_table("reading_corrections")
