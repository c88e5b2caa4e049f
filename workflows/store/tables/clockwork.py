"""What the clock needs: the office's calendar, settings, and when each sweep last ran."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, Table, Text

from .columns import Instant, Json, RowId, metadata

calendar_days = Table(
    "calendar_days",
    metadata,
    Column("office_id", RowId, primary_key=True),  # 0: every office
    Column("day", Date, primary_key=True),
    Column("kind", Text, nullable=False),  # off | work | half
    Column("name", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("entered_by", Text),
)
settings = Table(
    "settings",
    metadata,
    Column("office_id", RowId, primary_key=True),  # 0: every office
    Column("key", Text, primary_key=True),
    Column("value", Json, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("changed_by", Text),
)
sweeps = Table(
    "sweeps",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("started_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Column("runner", Text, nullable=False),  # prefect | ticker | command
    Column("done", Integer, nullable=False, default=0),
    Column("error", Text),
    Column("failures", Integer, nullable=False, default=0, server_default="0"),  # in a row; the next try waits longer
)
