"""What each person or body is told of, how each wants to be told, and how every way out of the house stands."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from .columns import Instant, RowId, metadata, row_id

# One row a matter: however often and by whatever way it comes up, somebody is told of it once in its period.
notices = Table(
    "notices",
    metadata,
    row_id(),
    Column("outbox_id", RowId, ForeignKey("outbox.id"), nullable=False, index=True),
    Column("recipient", Text, nullable=False),  # nguoi:<id> | co_quan:<id>
    Column("matter", Text, nullable=False),  # viec:<task> | ke_hoach:<plan> | the occasion's own key
    Column("reason", Text, nullable=False),  # the kind of occasion
    Column("period", Text, nullable=False),  # the local day of a reminder, else the occasion's key
    Column("person_id", RowId, ForeignKey("people.id")),
    Column("body_id", RowId, ForeignKey("bodies.id")),
    Column("office_id", RowId),
    Column("plan_id", RowId, index=True),
    Column("task_id", Text, index=True),
    Column("event", Text, nullable=False),  # what preferences are about (notifications/events.py)
    Column("subject", Text, nullable=False),
    Column("path", Text, nullable=False),  # the page inside the house
    Column("urgent", Boolean, nullable=False),
    Column("fate", Text, nullable=False),  # waiting | for_digest | lettered | digested | off | superseded
    Column("due_at", Instant, nullable=False),  # not before then a letter is written
    Column("at", Instant, nullable=False),
    Column("settled_at", Instant),
    Column("delivery_id", RowId, ForeignKey("deliveries.id"), index=True),  # the letter that says it
    Column("read_at", Instant),
    UniqueConstraint("recipient", "matter", "reason", "period"),
)
# A row only where a person chose something else than what holds for everybody.
notice_choices = Table(
    "notice_choices",
    metadata,
    Column("person_id", RowId, ForeignKey("people.id"), primary_key=True),
    Column("event", Text, primary_key=True),
    Column("mail", Text, nullable=False),  # ngay | tong_hop | tat
    Column("push", Boolean, nullable=False),
    Column("other", Boolean, nullable=False),
)
notice_times = Table(
    "notice_times",
    metadata,
    Column("person_id", RowId, ForeignKey("people.id"), primary_key=True),
    Column("digest_at", Text),  # "07:30"; nothing: no digest of one's own accord
    Column("quiet", Text),  # "20:00-06:00"; "" none; nothing: the office's
)
channel_states = Table(
    "channel_states",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("failing_since", Instant),
    Column("last_ok_at", Instant),
    Column("last_error", Text),
    Column("resume_at", Instant),  # nothing is tried before
    Column("failures", Integer, nullable=False, default=0),
)
Index("ix_notices_fate_due_at", notices.c.fate, notices.c.due_at)
Index("ix_notices_person_id_at", notices.c.person_id, notices.c.at)
