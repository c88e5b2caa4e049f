"""A report rule may ask for some periods only; a review has its draft; units are reminded by hand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.store.tables.columns import Instant, Json

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("report_rules", sa.Column("only", Json))
    with op.batch_alter_table("plan_reviews") as table:
        table.add_column(sa.Column("draft_plan_id", ID))
        table.create_foreign_key("fk_plan_reviews_draft_plan_id_plans", "plans", ["draft_plan_id"], ["id"])
    op.create_index("ix_plan_reviews_draft_plan_id", "plan_reviews", ["draft_plan_id"])
    op.create_table(
        "submission_reminders",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("submission_id", ID, sa.ForeignKey("submissions.id"), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.UniqueConstraint("submission_id", "day"),
    )


def downgrade() -> None:
    op.drop_table("submission_reminders")
    op.drop_index("ix_plan_reviews_draft_plan_id", "plan_reviews")
    with op.batch_alter_table("plan_reviews") as table:
        table.drop_constraint("fk_plan_reviews_draft_plan_id_plans", type_="foreignkey")
        table.drop_column("draft_plan_id")
    op.drop_column("report_rules", "only")
