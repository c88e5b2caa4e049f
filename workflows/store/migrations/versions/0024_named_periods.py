"""A report rule may ask for some periods only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.store.tables.columns import Json

revision = "0024"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("report_rules", sa.Column("only", Json))


def downgrade() -> None:
    op.drop_column("report_rules", "only")
