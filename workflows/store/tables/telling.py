"""What is to be told (outbox), each letter of it (deliveries), and the links in the letters."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from .columns import Instant, Json, RowId, metadata, row_id

# Written in the transaction of the deed. The key says what is told, so telling it twice is impossible.
outbox = Table(
    "outbox",
    metadata,
    row_id(),
    Column("key", Text, nullable=False),
    Column("kind", Text, nullable=False),  # a kind of notifications/messages.py
    Column("office_id", RowId),
    Column("plan_id", RowId),
    Column("case_id", RowId),
    Column("task_id", Text),
    Column("data", Json, nullable=False),
    Column("at", Instant, nullable=False),
    Column("addressed_at", Instant),  # when it became deliveries
    UniqueConstraint("key"),
)
deliveries = Table(
    "deliveries",
    metadata,
    row_id(),
    Column("outbox_id", RowId, ForeignKey("outbox.id"), nullable=False),
    Column("person_id", RowId, ForeignKey("people.id")),
    Column("body_id", RowId, ForeignKey("bodies.id")),
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("html", Text, nullable=False),
    Column("headers", Json, nullable=False),
    Column("message_id", Text, nullable=False),  # from the key, so that a repeat is recognised
    Column("status", Text, nullable=False),  # pending | sending | sent | retry | dead | superseded
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_at", Instant, nullable=False),
    Column("lease_until", Instant),
    Column("sent_at", Instant),
    Column("error", Text),
    Column("made_at", Instant),  # when it was written; nothing for letters older than this column
    UniqueConstraint("outbox_id", "address", "channel"),
)
# The link names a task; the token is random, and only its hash is kept.
action_links = Table(
    "action_links",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("purpose", Text, nullable=False),  # task | receipt | account
    Column("task_id", Text, index=True),
    Column("recipient_id", RowId, index=True),
    Column("person_id", RowId),
    Column("body_id", RowId),
    Column("delegation_id", RowId),  # the authority that the person acted on when the link was made; null: the own
    Column("version", Integer),
    Column("content_hash", Text),
    Column("code_hash", Text),  # the typed code of a person without account
    Column("code_tries", Integer, nullable=False, default=0),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("used_at", Instant),
    Index("ix_action_links_person_id", "person_id"),
)
Index("ix_deliveries_status_next_at", deliveries.c.status, deliveries.c.next_at)
Index("ix_deliveries_channel_status_next_at", deliveries.c.channel, deliveries.c.status, deliveries.c.next_at)
Index("ix_outbox_addressed_at", outbox.c.addressed_at)
