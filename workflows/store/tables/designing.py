"""Drafts of processes with every change of them, and the moves of running cases to another version."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, Text

from .columns import Instant, Json, RowId, metadata, row_id

# One draft of a process is open at a time: `open_key` is its key while it is, and nothing afterwards.
process_drafts = Table(
    "process_drafts",
    metadata,
    row_id(),
    Column("key", Text, nullable=False, index=True),
    Column("open_key", Text, unique=True),
    Column("base_version", Integer),  # the version that it began from; none for a process of its own
    Column("status", Text, nullable=False),  # open | proposed | published | dropped
    Column("revision", Integer, nullable=False),  # of the last change
    Column("note", Text),
    Column("proposed_by", Text),  # the person's id
    Column("proposed_name", Text),
    Column("proposed_at", Instant),
    Column("published_version", Integer),
    Column("ended_by", Text),
    Column("ended_at", Instant),
)
# Each change with the whole file after it, so that the last one can be taken back.
process_draft_changes = Table(
    "process_draft_changes",
    metadata,
    Column("draft_id", RowId, ForeignKey("process_drafts.id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("xml", Text, nullable=False),
    Column("what", Text, nullable=False),  # a code: begun, step, add, move, remove, way, upload, undo …
    Column("element", Text),
    Column("by_name", Text, nullable=False),
    Column("at", Instant, nullable=False),
)
case_moves = Table(
    "case_moves",
    metadata,
    row_id(),
    Column("process", Text, nullable=False, index=True),
    Column("to_version", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by_person", Text),
    Column("by_name", Text, nullable=False),
    Column("at", Instant, nullable=False),
)
case_move_lines = Table(
    "case_move_lines",
    metadata,
    Column("move_id", RowId, ForeignKey("case_moves.id"), primary_key=True),
    Column("case_id", RowId, ForeignKey("cases.id"), primary_key=True),
    Column("from_version", Integer, nullable=False),
    Column("done", Boolean, nullable=False),
    Column("reasons", Json, nullable=False),  # why not, as codes with facts
    Column("undone_at", Instant),
)
