"""How the organisation changed: former names, who changed what, and who is away when."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Table, Text

from .columns import Instant, Json, RowId, metadata, row_id

# A name that a body had until the last day of it. The body keeps its newest name; what was issued is never rewritten.
former_names = Table(
    "former_names",
    metadata,
    row_id(),
    Column("body_id", RowId, ForeignKey("bodies.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("short_name", Text),
    Column("until", Date, nullable=False),
    Column("entered_at", Instant, nullable=False),
    Column("entered_by", Text, nullable=False),
)
# One line a change of the directory, by people, by an import or by a hand-over.
directory_changes = Table(
    "directory_changes",
    metadata,
    row_id(),
    Column("office_id", RowId, ForeignKey("bodies.id"), nullable=False),
    Column("change", Text, nullable=False),  # a key of service/words/organisation.py: CHANGE
    Column("body_id", RowId, ForeignKey("bodies.id")),
    Column("person_id", RowId, ForeignKey("people.id")),
    Column("facts", Json, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
)
absences = Table(
    "absences",
    metadata,
    row_id(),
    Column("person_id", RowId, ForeignKey("people.id"), nullable=False, index=True),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("reason", Text),
    Column("stuck", Json, nullable=False),  # tasks and groups that nobody can do meanwhile, as it was confirmed
    Column("entered_at", Instant, nullable=False),
    Column("entered_by", Text, nullable=False),
    Column("cancelled_at", Instant),
    Column("cancelled_by", Text),
)
Index("ix_directory_changes_office_id_at", directory_changes.c.office_id, directory_changes.c.at)
