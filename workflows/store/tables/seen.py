"""What people have seen: who opened a task first, and which versions of a plan each of them read or decided on."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from .columns import Instant, RowId, metadata

# A person who may act opened the page of the task; from then on whoever handed it on cannot take it back.
task_openings = Table(
    "task_openings",
    metadata,
    Column("task_id", Text, ForeignKey("tasks.id"), primary_key=True),
    Column("person", Text, primary_key=True),
    Column("at", Instant, nullable=False),
)
versions_seen = Table(
    "versions_seen",
    metadata,
    Column("plan_id", RowId, ForeignKey("plans.id"), primary_key=True),
    Column("person", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
)
