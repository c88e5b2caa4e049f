"""Offices founded together from one file, line by line, and the times during which an office was suspended."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text

from .columns import Instant, Json, RowId, metadata, row_id

# One a file that was confirmed. `running` is true until its last line is done, and at most one is true: two files never
# found the same office at once.
foundings = Table(
    "foundings",
    metadata,
    row_id(),
    Column("file", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("writer_id", RowId),  # the office in whose name the invitations are written
    Column("running", Boolean),  # null once it is done
    Column("undone_at", Instant),
    Column("undone_by", Text),
)
founding_lines = Table(
    "founding_lines",
    metadata,
    Column("founding_id", RowId, ForeignKey("foundings.id"), primary_key=True),
    Column("number", Integer, primary_key=True),  # of the line in the file
    Column("status", Text, nullable=False),  # waiting | made | there | refused | undone | worked
    Column("texts", Json, nullable=False),  # by column, as they stood in the file
    Column("office_id", RowId),  # no reference: what is undone is gone
    Column("person_id", RowId, ForeignKey("people.id")),  # the first administrator, where this line entered them
    Column("problems", Json),  # of what was refused
)
Index(
    "ux_foundings_running",
    foundings.c.running,
    unique=True,
    sqlite_where=foundings.c.running.is_(True),
    postgresql_where=foundings.c.running.is_(True),
)
# An office is suspended while it has a row without an end.
office_suspensions = Table(
    "office_suspensions",
    metadata,
    row_id(),
    Column("office_id", RowId, ForeignKey("bodies.id"), nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("ask", Text, nullable=False),  # whom its people ask: a name, a telephone number
    Column("since", Instant, nullable=False),
    Column("suspended_by", Text, nullable=False),
    Column("until", Instant),
    Column("resumed_by", Text),
    Column("resumed_reason", Text),
)
Index(
    "ux_office_suspensions_open",
    office_suspensions.c.office_id,
    unique=True,
    sqlite_where=office_suspensions.c.until.is_(None),
    postgresql_where=office_suspensions.c.until.is_(None),
)
