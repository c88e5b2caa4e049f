"""Who reports what to whom by when, the cycles that open by themselves, and what the units sent."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from .columns import Instant, Json, RowId, metadata, row_id

report_rules = Table(
    "report_rules",
    metadata,
    row_id(),
    Column("plan_id", RowId, ForeignKey("plans.id"), nullable=False, index=True),
    Column("every", Text, nullable=False),  # year | quarter | month
    Column("units", Json, nullable=False),  # body ids that report
    Column("focal_body_id", RowId, ForeignKey("bodies.id"), nullable=False),
    Column("parent_body_id", RowId, ForeignKey("bodies.id")),
    Column("unit_due", Json),  # {"month", "day", "rel"}
    Column("office_due", Json),
    Column("assumed", Boolean, nullable=False),  # the plan names no date; NĐ 09/2019 was taken
    Column("line", Integer),
)
cycles = Table(
    "cycles",
    metadata,
    row_id(),
    Column("rule_id", RowId, ForeignKey("report_rules.id"), nullable=False),
    Column("plan_id", RowId, ForeignKey("plans.id"), nullable=False, index=True),
    Column("office_id", RowId, ForeignKey("bodies.id"), nullable=False),
    Column("key", Text, nullable=False),
    Column("window_from", Date, nullable=False),
    Column("window_to", Date, nullable=False),
    Column("opens_on", Date, nullable=False, index=True),
    Column("unit_due", Date, nullable=False),  # last day
    Column("office_due", Date, nullable=False),  # last day
    Column("last", Boolean, nullable=False),  # the last one of the plan's period
    Column("case_id", RowId),
    Column("opened_at", Instant),
    Column("closed_at", Instant),
    Column("report", Text),
    Column("report_hash", Text),
    Column("number", Integer),
    Column("symbol", Text),
    Column("sent_at", Instant),
    UniqueConstraint("rule_id", "key"),
)
submissions = Table(
    "submissions",
    metadata,
    row_id(),
    Column("cycle_id", RowId, ForeignKey("cycles.id"), nullable=False),
    Column("body_id", RowId, ForeignKey("bodies.id"), nullable=False),
    Column("body_name", Text, nullable=False),
    Column("status", Text, nullable=False),  # chua_gui | da_gui | khong_gui
    Column("text", Text),
    Column("figures", Json, nullable=False),
    Column("sent_at", Instant),
    Column("sent_by", Text),
    Column("late", Boolean, nullable=False, default=False),
    Column("source_cycle_id", RowId, ForeignKey("cycles.id")),  # a lower office's report that arrived as this one
    UniqueConstraint("cycle_id", "body_id"),
)
Index("ix_cycles_office_id_office_due", cycles.c.office_id, cycles.c.office_due)
