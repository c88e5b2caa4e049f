"""Notices, preferences, channels, webhooks, push, other addresses, secret addresses, and an office's escalation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.store.tables.columns import Instant, Json

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("made_at", Instant))
    op.create_index("ix_deliveries_channel_status_next_at", "deliveries", ["channel", "status", "next_at"])
    _notices()
    _ways()
    _secrets()
    op.create_table(
        "escalation_policies",
        sa.Column("office_id", ID, sa.ForeignKey("bodies.id"), primary_key=True),
        sa.Column("level", sa.Integer, primary_key=True),
        sa.Column("target", sa.Text, primary_key=True),
        sa.Column("changed_at", Instant, nullable=False),
        sa.Column("changed_by", sa.Text),
    )


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("outbox_id", ID, sa.ForeignKey("outbox.id"), nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("matter", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("period", sa.Text, nullable=False),
        sa.Column("person_id", ID, sa.ForeignKey("people.id")),
        sa.Column("body_id", ID, sa.ForeignKey("bodies.id")),
        sa.Column("office_id", ID),
        sa.Column("plan_id", ID),
        sa.Column("task_id", sa.Text),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("fate", sa.Text, nullable=False),
        sa.Column("due_at", Instant, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("settled_at", Instant),
        sa.Column("delivery_id", ID, sa.ForeignKey("deliveries.id")),
        sa.Column("read_at", Instant),
        sa.UniqueConstraint("recipient", "matter", "reason", "period"),
    )
    for column in ("outbox_id", "plan_id", "task_id", "delivery_id"):
        op.create_index(f"ix_notices_{column}", "notices", [column])
    op.create_index("ix_notices_fate_due_at", "notices", ["fate", "due_at"])
    op.create_index("ix_notices_person_id_at", "notices", ["person_id", "at"])
    op.create_table(
        "notice_choices",
        sa.Column("person_id", ID, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("event", sa.Text, primary_key=True),
        sa.Column("mail", sa.Text, nullable=False),
        sa.Column("push", sa.Boolean, nullable=False),
        sa.Column("other", sa.Boolean, nullable=False),
    )
    op.create_table(
        "notice_times",
        sa.Column("person_id", ID, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("digest_at", sa.Text),
        sa.Column("quiet", sa.Text),
    )
    op.create_table(
        "channel_states",
        sa.Column("channel", sa.Text, primary_key=True),
        sa.Column("failing_since", Instant),
        sa.Column("last_ok_at", Instant),
        sa.Column("last_error", sa.Text),
        sa.Column("resume_at", Instant),
        sa.Column("failures", sa.Integer, nullable=False),
    )


def _ways() -> None:
    op.create_table(
        "webhook_endpoints",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("office_id", ID, sa.ForeignKey("bodies.id"), nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("events", Json, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("made_by", sa.Text),
        sa.Column("failing_since", Instant),
        sa.Column("last_ok_at", Instant),
        sa.Column("last_error", sa.Text),
        sa.Column("disabled_at", Instant),
        sa.Column("removed_at", Instant),
    )
    op.create_index("ix_webhook_endpoints_office_id", "webhook_endpoints", ["office_id"])
    op.create_table(
        "push_subscriptions",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("person_id", ID, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("endpoint", sa.Text, nullable=False),
        sa.Column("p256dh", sa.Text, nullable=False),
        sa.Column("auth", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("ended_at", Instant),
        sa.UniqueConstraint("endpoint"),
    )
    op.create_index("ix_push_subscriptions_person_id", "push_subscriptions", ["person_id"])
    op.create_table(
        "other_addresses",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("person_id", ID, sa.ForeignKey("people.id")),
        sa.Column("office_id", ID, sa.ForeignKey("bodies.id")),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("events", Json, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("made_by", sa.Text),
        sa.Column("removed_at", Instant),
    )
    op.create_index("ix_other_addresses_person_id", "other_addresses", ["person_id"])
    op.create_index("ix_other_addresses_office_id", "other_addresses", ["office_id"])


def _secrets() -> None:
    op.create_table(
        "secret_addresses",
        sa.Column("token_hash", sa.Text, primary_key=True),
        sa.Column("person_id", ID, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("used_at", Instant),
        sa.Column("revoked_at", Instant),
    )
    op.create_index("ix_secret_addresses_person_id", "secret_addresses", ["person_id"])
    op.create_index("ix_secret_addresses_purpose", "secret_addresses", ["purpose"])


def downgrade() -> None:
    for name in (
        "escalation_policies",
        "secret_addresses",
        "other_addresses",
        "push_subscriptions",
        "webhook_endpoints",
        "channel_states",
        "notice_times",
        "notice_choices",
        "notices",
    ):
        op.drop_table(name)
    op.drop_index("ix_deliveries_channel_status_next_at", "deliveries")
    op.drop_column("deliveries", "made_at")
