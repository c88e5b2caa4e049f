"""Accounts at a provider of OpenID Connect, and sign-ins there that were begun."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.store.tables.columns import Instant

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "outside_accounts",
        sa.Column("issuer", sa.Text, primary_key=True),
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("person_id", ID, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("linked_by", sa.Text, nullable=False),
        sa.Column("linked_at", Instant, nullable=False),
        sa.UniqueConstraint("issuer", "person_id"),
    )
    op.create_table(
        "sign_ins_elsewhere",
        sa.Column("state_hash", sa.Text, primary_key=True),
        sa.Column("browser_hash", sa.Text, nullable=False),
        sa.Column("next_path", sa.Text, nullable=False),
        sa.Column("expires_at", Instant, nullable=False),
    )
    op.create_index("ix_sign_ins_elsewhere_expires_at", "sign_ins_elsewhere", ["expires_at"])


def downgrade() -> None:
    op.drop_table("sign_ins_elsewhere")
    op.drop_table("outside_accounts")
