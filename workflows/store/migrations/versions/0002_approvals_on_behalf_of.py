"""Approvals say in whose place they were given."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("approvals", sa.Column("on_behalf_of", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("approvals", "on_behalf_of")
