"""How many revisions an uploaded Word file came with, found once when it is kept; null for the files that there are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("document_files", sa.Column("revisions", sa.Integer))


def downgrade() -> None:
    op.drop_column("document_files", "revisions")
