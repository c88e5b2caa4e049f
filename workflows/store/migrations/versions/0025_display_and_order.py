"""How people want to see pages, the changes of settings, and the Vietnamese order of names as stored keys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.plans.vietnamese_order import order_key, person_key
from workflows.store.tables.columns import Instant, Json

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEYS = {"people": person_key, "bodies": order_key}


def upgrade() -> None:
    op.create_table(
        "display_choices",
        sa.Column("person_id", ID, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("theme", sa.Text, nullable=False),
        sa.Column("text_size", sa.Integer, nullable=False),
        sa.Column("density", sa.Text, nullable=False),
        sa.Column("shortcuts", sa.Boolean, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
    )
    op.create_table(
        "setting_changes",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("old", Json),
        sa.Column("new", Json),
        sa.Column("at", Instant, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
    )
    op.create_index("ix_setting_changes_office_id_at", "setting_changes", ["office_id", "at"])
    for name, key_of in KEYS.items():
        op.add_column(name, sa.Column("sort_key", sa.Text, nullable=False, server_default=sa.text("''")))
        table = sa.table(name, sa.column("id", ID), sa.column("name", sa.Text), sa.column("sort_key", sa.Text))
        known = op.get_bind().execute(sa.select(table.c.id, table.c.name)).all()
        for row in known:
            op.execute(sa.update(table).where(table.c.id == row.id).values(sort_key=key_of(row.name)))


def downgrade() -> None:
    for name in KEYS:
        op.drop_column(name, "sort_key")
    op.drop_index("ix_setting_changes_office_id_at", "setting_changes")
    op.drop_table("setting_changes")
    op.drop_table("display_choices")
