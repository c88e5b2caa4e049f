"""Process definitions by version, what starts cases by itself, and cases: one row of state and a chain of events."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from .columns import Instant, Json, RowId, metadata, row_id

definitions = Table(
    "definitions",
    metadata,
    row_id(),
    Column("key", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("xml", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("deployment", Text, nullable=False, index=True),  # the same for files that were deployed together
    Column("deployed_at", Instant, nullable=False),
    Column("deployed_by", Text),
    UniqueConstraint("key", "version"),
)
# The timer, message and signal start events of the newest version of each process.
start_triggers = Table(
    "start_triggers",
    metadata,
    Column("process", Text, primary_key=True),
    Column("start", Text, primary_key=True),  # the start event
    Column("definition_id", RowId, ForeignKey("definitions.id"), nullable=False),
    Column("kind", Text, nullable=False),  # timer | message | signal
    Column("name", Text),
    Column("due", Instant, index=True),
    Column("facts", Json, nullable=False),  # of a cycle: its text, its anchor, how often it fired and will fire
)
cases = Table(
    "cases",
    metadata,
    row_id(),
    Column("definition_id", RowId, ForeignKey("definitions.id"), nullable=False),
    Column("process", Text, nullable=False),
    Column("office_id", RowId, ForeignKey("bodies.id"), index=True),
    Column("plan_id", RowId, index=True),  # the plan whose life, duty or cycle this is
    Column("business_key", Text),
    Column("status", Text, nullable=False),
    Column("suspended", Boolean, nullable=False, default=False),
    Column("revision", Integer, nullable=False),
    Column("state", Json, nullable=False),
    Column("chain_head", Text, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
)
events = Table(
    "events",
    metadata,
    Column("case_id", RowId, ForeignKey("cases.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("type", Text, nullable=False),
    Column("data", Json, nullable=False),
    Column("actor", Json, nullable=False),  # who, in what capacity, for whom, through which channel
    Column("content_hash", Text),
    Column("hash", Text, nullable=False),
)
checkpoints = Table(
    "checkpoints",
    metadata,
    row_id(),
    Column("at", Instant, nullable=False),
    Column("root", Text, nullable=False),
    Column("heads", Json, nullable=False),  # of every case, in a checkpoint that names no previous one
    Column("previous", Text),  # the root of the one before; what changed since stands in checkpoint_leaves
    Column("last_case", RowId),  # the highest id of a case then
    Column("rows_root", Text),  # over the lines of the row log that it names; none where it names none
    Column("signature", Text),
    Column("signed_by", Text),  # the public key
    Column("left_at", Instant),  # when it was put where it is kept outside
)
Index("ix_checkpoints_previous", checkpoints.c.previous, unique=True)  # none has two followers
Index("ix_events_at", events.c.at, postgresql_using="brin").ddl_if(dialect="postgresql")
Index("ix_cases_process_status", cases.c.process, cases.c.status)
Index("ix_start_triggers_kind_name", start_triggers.c.kind, start_triggers.c.name)
