"""Bodies by the one that followed them: every request of a person asks whose work passed on to theirs."""

from __future__ import annotations

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_bodies_successor", "bodies", ["successor_id"])


def downgrade() -> None:
    op.drop_index("ix_bodies_successor", "bodies")
