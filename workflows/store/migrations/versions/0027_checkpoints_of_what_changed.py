"""Checkpoints name only what changed since the one before, are signed, and leave the house."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.store.tables.columns import Instant, RowId

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, kind in (
        ("previous", sa.Text()),
        ("last_case", RowId),
        ("signature", sa.Text()),
        ("signed_by", sa.Text()),
        ("left_at", Instant()),
    ):
        op.add_column("checkpoints", sa.Column(name, kind))
    op.create_index("ix_checkpoints_previous", "checkpoints", ["previous"], unique=True)
    op.create_table(
        "checkpoint_leaves",
        sa.Column("case_id", RowId, primary_key=True, autoincrement=False),
        sa.Column(
            "checkpoint_id",
            RowId,
            sa.ForeignKey("checkpoints.id", name="fk_checkpoint_leaves_checkpoint_id_checkpoints"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("head", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("case_id", "checkpoint_id", name="pk_checkpoint_leaves"),
    )
    if op.get_bind().dialect.name == "postgresql":
        # Events come in the order of time, so a summary of each block of pages finds a day's, at no cost to a command.
        op.create_index("ix_events_at", "events", ["at"], postgresql_using="brin")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index("ix_events_at", "events")
    op.drop_table("checkpoint_leaves")
    op.drop_index("ix_checkpoints_previous", "checkpoints")
    for name in ("left_at", "signed_by", "signature", "last_case", "previous"):
        op.drop_column("checkpoints", name)
