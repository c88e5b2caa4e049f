"""A log of the rows that people rely on and no event holds, named by the checkpoints; what is there enters it later."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "row_log",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("table_name", sa.Text, nullable=False),
        sa.Column("row_key", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("checkpoint_id", ID),
    )
    not_yet = sa.text("checkpoint_id IS NULL")
    op.create_index("ix_row_log_open", "row_log", ["id"], sqlite_where=not_yet, postgresql_where=not_yet)
    op.create_index("ix_row_log_row", "row_log", ["table_name", "row_key"])
    op.add_column("checkpoints", sa.Column("rows_root", sa.Text))


def downgrade() -> None:
    with op.batch_alter_table("checkpoints") as table:
        table.drop_column("rows_root")
    op.drop_table("row_log")
