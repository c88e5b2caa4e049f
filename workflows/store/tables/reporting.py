"""Who reports what to whom by when, the cycles that open by themselves, and what the units sent."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from .columns import Instant, Json, RowId, metadata, row_id

report_rules = Table(
    "report_rules",
    metadata,
    row_id(),
    Column("plan_id", RowId, ForeignKey("plans.id"), nullable=False, index=True),
    Column("every", Text, nullable=False),  # year | half | six | nine | quarter | month | once
    Column("units", Json, nullable=False),  # body ids that report
    Column("focal_body_id", RowId, ForeignKey("bodies.id"), nullable=False),
    Column("parent_body_id", RowId, ForeignKey("bodies.id")),
    Column("unit_due", Json),  # {"month", "day", "rel"}
    Column("office_due", Json),
    Column("assumed", Boolean, nullable=False),  # the plan names no date; NĐ 09/2019 was taken
    Column("line", Integer),
    Column("kind", Text, nullable=False, server_default="dinh_ky"),  # dinh_ky | chuyen_de | dot_xuat
    Column("title", Text),  # what a report on one matter is about
    Column("form", Json),  # lines of the unit's form (plans/report_form.py); NULL: the three counts of every report
    Column("cutoff_day", Integer),  # last day of a month that counts; NULL: the 14th of NĐ 09/2019
    Column("changed_at", Instant),  # set by hand; NULL: as the plan has it
    Column("changed_by", Text),
    Column("reason", Text),
    Column("ended_at", Instant),  # taken back by hand: what has not opened never opens
    Column("only", Json),  # keys of the periods that are asked for ("2023-Q3", "Q3"); NULL: every one
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
    Column("title", Text),  # of a report on one matter
    Column("form", Json),  # the lines as they were when it opened
    Column("summary", Json),  # what the report was consolidated from, frozen when it was passed on for signature
    UniqueConstraint("rule_id", "key"),
)
submissions = Table(
    "submissions",
    metadata,
    row_id(),
    Column("cycle_id", RowId, ForeignKey("cycles.id"), nullable=False),
    Column("body_id", RowId, ForeignKey("bodies.id"), nullable=False),
    Column("body_name", Text, nullable=False),
    Column("status", Text, nullable=False),  # chua_gui | da_gui | tra_lai | khong_gui | khong_con
    Column("text", Text),
    Column("figures", Json, nullable=False),
    Column("sent_at", Instant),
    Column("sent_by", Text),
    Column("late", Boolean, nullable=False, default=False),
    Column("source_cycle_id", RowId, ForeignKey("cycles.id")),  # a lower office's report that arrived as this one
    Column("coverage", Json),  # of a consolidated report: {line: [units that gave the figure, units asked]}
    UniqueConstraint("cycle_id", "body_id"),
)
# Nothing that a unit sent is written over: each sending, return and reopening stands here for good.
submission_events = Table(
    "submission_events",
    metadata,
    row_id(),
    Column("submission_id", RowId, ForeignKey("submissions.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),  # gui | den | den_lai | tra_lai | mo_lai
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("reason", Text),
    Column("text", Text),
    Column("figures", Json),
)
# Units that a person reminded of their report; the key lets it happen once a unit and day.
submission_reminders = Table(
    "submission_reminders",
    metadata,
    row_id(),
    Column("submission_id", RowId, ForeignKey("submissions.id"), nullable=False),
    Column("day", Date, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    UniqueConstraint("submission_id", "day"),
)
Index("ix_cycles_office_id_office_due", cycles.c.office_id, cycles.c.office_due)
