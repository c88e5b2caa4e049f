"""Passkeys, code apps, proofs before a signature; links bound to a delegation; the steps of a line of Nơi nhận."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.store.tables.columns import Instant

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _confirming()
    op.create_table(
        "recipient_steps",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("recipient_id", ID, sa.ForeignKey("recipients.id"), nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("detail", sa.Text),
        sa.Column("day", sa.Date),
    )
    op.create_index("ix_recipient_steps_recipient_id", "recipient_steps", ["recipient_id", "id"])
    op.create_index("ix_recipient_steps_chased", "recipient_steps", ["recipient_id", "step", "day"], unique=True)
    op.add_column("action_links", sa.Column("delegation_id", ID))
    op.create_index("ix_action_links_person_id", "action_links", ["person_id"])
    op.add_column("sessions", sa.Column("confirmed_at", Instant))
    op.add_column("devices", sa.Column("label", sa.Text))


def _confirming() -> None:
    op.create_table(
        "passkeys",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("person_id", ID, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("credential", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("sign_count", ID, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("added_at", Instant, nullable=False),
        sa.Column("used_at", Instant),
        sa.Column("revoked_at", Instant),
    )
    op.create_index("ix_passkeys_person_id", "passkeys", ["person_id"])
    op.create_table(
        "code_apps",
        sa.Column("person_id", ID, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("last_counter", sa.Integer, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("confirmed_at", Instant),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("person_id", ID, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("code_hash", sa.Text, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("used_at", Instant),
        sa.UniqueConstraint("person_id", "code_hash"),
    )
    op.create_index("ix_recovery_codes_person_id", "recovery_codes", ["person_id"])
    op.create_table(
        "confirmations",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("person_id", ID, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("secret", sa.Text),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("expires_at", Instant, nullable=False),
        sa.Column("confirmed_at", Instant),
        sa.Column("used_at", Instant),
    )
    op.create_index("ix_confirmations_person_id_act", "confirmations", ["person_id", "act"])
    op.create_table(
        "code_failures",
        sa.Column("person_id", ID, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("place", sa.Text, primary_key=True),
        sa.Column("failed", sa.Integer, nullable=False),
        sa.Column("wait_until", Instant),
    )


def downgrade() -> None:
    op.drop_column("devices", "label")
    op.drop_column("sessions", "confirmed_at")
    op.drop_index("ix_action_links_person_id", "action_links")
    op.drop_column("action_links", "delegation_id")
    for table in ("recipient_steps", "code_failures", "confirmations", "recovery_codes", "code_apps", "passkeys"):
        op.drop_table(table)
