"""Ways out of the house besides mail: webhooks of an office, bells of devices, other channels, and secret addresses."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from .columns import Instant, Json, RowId, metadata, row_id

webhook_endpoints = Table(
    "webhook_endpoints",
    metadata,
    row_id(),
    Column("office_id", RowId, ForeignKey("bodies.id"), nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("secret", Text, nullable=False),  # whsec_…; the signature needs it whole
    Column("events", Json, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("made_by", Text),
    Column("failing_since", Instant),
    Column("last_ok_at", Instant),
    Column("last_error", Text),
    Column("disabled_at", Instant),
    Column("removed_at", Instant),
)
push_subscriptions = Table(
    "push_subscriptions",
    metadata,
    row_id(),
    Column("person_id", RowId, ForeignKey("people.id"), nullable=False, index=True),
    Column("endpoint", Text, nullable=False),
    Column("p256dh", Text, nullable=False),
    Column("auth", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("ended_at", Instant),
    UniqueConstraint("endpoint"),
)
# Addresses of Apprise: each is a secret, of one person or of an office.
other_addresses = Table(
    "other_addresses",
    metadata,
    row_id(),
    Column("person_id", RowId, ForeignKey("people.id"), index=True),
    Column("office_id", RowId, ForeignKey("bodies.id"), index=True),
    Column("url", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("events", Json, nullable=False),  # of an office: what it hears of
    Column("made_at", Instant, nullable=False),
    Column("made_by", Text),
    Column("removed_at", Instant),
)
# Addresses that a program opens for a person without signing in; only the hash of their secret is kept.
secret_addresses = Table(
    "secret_addresses",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("person_id", RowId, ForeignKey("people.id"), nullable=False, index=True),
    Column("purpose", Text, nullable=False),  # lich | viec | thoi_tong_hop
    Column("label", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("revoked_at", Instant),
)
# The levels that an office wants for every task with a due date, instead of those that its process was drawn with.
escalation_policies = Table(
    "escalation_policies",
    metadata,
    Column("office_id", RowId, ForeignKey("bodies.id"), primary_key=True),
    Column("level", Integer, primary_key=True),  # working days relative to the due date
    Column("target", Text, primary_key=True),
    Column("changed_at", Instant, nullable=False),
    Column("changed_by", Text),
)
Index("ix_secret_addresses_purpose", secret_addresses.c.purpose)
