"""Requests for a later due date: who asked until when and why, and what was decided."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Table, Text

from .columns import Instant, RowId, metadata, row_id

due_requests = Table(
    "due_requests",
    metadata,
    row_id(),
    Column("task_id", Text, ForeignKey("tasks.id"), nullable=False, index=True),
    Column("office_id", RowId),
    Column("plan_id", RowId, index=True),
    Column("asked_by", Text, nullable=False),  # the person's id, or the name given with a link
    Column("asked_name", Text, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("due_before", Instant, nullable=False),
    Column("wanted", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("status", Text, nullable=False),  # cho | dong_y | tu_choi
    Column("decided_by", Text),
    Column("decided_name", Text),
    Column("decided_at", Instant),
    Column("decided_reason", Text),
    Column("granted", Date),
)
# One open request a task: a second barrier beside the lock on its case.
Index(
    "ux_due_requests_open",
    due_requests.c.task_id,
    unique=True,
    sqlite_where=due_requests.c.status == "cho",
    postgresql_where=due_requests.c.status == "cho",
)
