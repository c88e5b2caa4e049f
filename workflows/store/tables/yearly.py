"""The turn of the year: reviews of plans, archives of finished ones, how long they are kept, indices over years."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, Table, Text, UniqueConstraint

from .columns import Instant, RowId, metadata, row_id

plan_reviews = Table(
    "plan_reviews",
    metadata,
    row_id(),
    Column("plan_id", RowId, ForeignKey("plans.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("case_id", RowId),
    Column("opened_at", Instant, nullable=False),
    Column("proposal", Text),  # giu | sua_doi | thay_the
    Column("remark", Text),
    Column("proposed_by", Text),
    Column("decided_at", Instant),
    Column("decided_by", Text),
    Column("draft_plan_id", RowId, ForeignKey("plans.id"), index=True),  # the draft that came of sua_doi, thay_the
    UniqueConstraint("plan_id", "year"),
)
# One a plan that ended; its PDF and XML are document files of the subject "archive".
archives = Table(
    "archives",
    metadata,
    row_id(),
    Column("plan_id", RowId, ForeignKey("plans.id"), nullable=False, unique=True),
    Column("office_id", RowId, ForeignKey("bodies.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),  # ke_hoach_nam | ke_hoach_nhieu_nam
    Column("year", Integer, nullable=False),  # in which the work ended
    Column("closed_on", Date, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("documents", Integer, nullable=False),
)
# Set by a person of the office with the legal basis; without one nothing may ever be destroyed.
retention_rules = Table(
    "retention_rules",
    metadata,
    row_id(),
    Column("office_id", RowId, ForeignKey("bodies.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("years", Integer),  # NULL: for ever
    Column("basis", Text, nullable=False),
    Column("set_at", Instant, nullable=False),
    Column("set_by", Text, nullable=False),
    UniqueConstraint("office_id", "kind"),
)
indices = Table(
    "indices",
    metadata,
    row_id(),
    Column("office_id", RowId, ForeignKey("bodies.id"), nullable=False),
    Column("name", Text, nullable=False),  # PAR INDEX, PAPI, SIPAS, PCI, DDCI, one of the office's own
    Column("unit", Text, nullable=False),
    Column("rising", Boolean, nullable=False),  # whether more is better
    UniqueConstraint("office_id", "name"),
)
# A value that is put right leaves the earlier one behind: the newest row of a year counts.
index_values = Table(
    "index_values",
    metadata,
    row_id(),
    Column("index_id", RowId, ForeignKey("indices.id"), nullable=False, index=True),
    Column("year", Integer, nullable=False),
    Column("value", Text),  # a decimal; NULL: not published
    Column("rank", Integer),
    Column("target", Text),
    Column("source", Text, nullable=False),
    Column("entered_at", Instant, nullable=False),
    Column("entered_by", Text, nullable=False),
)
