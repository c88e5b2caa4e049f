"""Plans, their versions by content hash, the duties that they lay on bodies, and each time a duty falls due."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, text

from .columns import Instant, Json, RowId, metadata, row_id

_UNCLEAR = text("unclear IS NOT NULL")
plans = Table(
    "plans",
    metadata,
    row_id(),
    Column("office_id", RowId, ForeignKey("bodies.id"), nullable=False, index=True),
    Column("drafting_unit_id", RowId, ForeignKey("bodies.id"), nullable=False),
    Column("title", Text, nullable=False),
    Column("fold", Text, nullable=False),
    Column("period_from", Integer),
    Column("period_to", Integer),
    Column("status", Text, nullable=False),  # draft | routing | in_force | closed | stopped
    Column("version", Integer, nullable=False),  # the current one
    Column("confirmed_at", Instant),  # when a person confirmed what the reader understood
    Column("signer_role", Text, nullable=False),  # chu_tich | pho_chu_tich
    Column("consulted", Json, nullable=False),  # [{"body", "mandatory"}]
    Column("others_needed", Integer, nullable=False, default=0),
    Column("opinion_days", Integer, nullable=False, default=5),
    Column("mode", Text, nullable=False, default="gop_y"),  # gop_y | phan_bien
    Column("mode_reason", Text),  # why phản biện xã hội was chosen
    Column("outcome_policy", Text, nullable=False, default="cho_du"),  # cho_du | dung_khi_khong_nhat_tri
    Column("added_recipients", Json, nullable=False),  # lines of Nơi nhận that the text lacks and a person added
    Column("number", Integer),
    Column("symbol", Text),
    Column("issued_on", Date),
    Column("case_id", RowId),
    Column("created_at", Instant, nullable=False),
    Column("created_by", Text, index=True),
)
plan_versions = Table(
    "plan_versions",
    metadata,
    Column("plan_id", RowId, ForeignKey("plans.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("content_hash", Text, nullable=False),  # SHA-256 of the text
    Column("text", Text, nullable=False),
    Column("document", Json, nullable=False),  # what the reader understood
    Column("made_at", Instant, nullable=False),
    Column("made_by", Text),
    Column("note", Text),
)
# What a person put right in the reading; tied to the words of a line, so that it outlives the version.
reading_corrections = Table(
    "reading_corrections",
    metadata,
    row_id(),
    Column("plan_id", RowId, ForeignKey("plans.id"), nullable=False, index=True),
    Column("correction", Json, nullable=False),
    Column("before", Json, nullable=False),  # the fields as they stood
    Column("made_at", Instant, nullable=False),
    Column("made_by", Text),
)
duties = Table(
    "duties",
    metadata,
    row_id(),
    Column("plan_id", RowId, ForeignKey("plans.id"), nullable=False, index=True),
    Column("no", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("lead_raw", Text),
    Column("leads", Json, nullable=False),  # [{"raw", "body"}]; body is null while nobody answers to the name
    Column("coop", Json, nullable=False),  # [{"raw", "body"}]
    Column("time_raw", Text),
    Column("time", Json),
    Column("products", Json, nullable=False),
    Column("first_line", Integer),
    Column("kind", Text, nullable=False, default="nhiem_vu", server_default="nhiem_vu"),  # nhiem_vu | du_toan
    Column("budget_raw", Text),
    Column("fold", Text),  # its title without marks, for search
    Column("unclear", Text),  # what a person has to settle before anything opens: thoi_han | chu_tri
    UniqueConstraint("plan_id", "no"),
)
Index("ix_duties_unclear", duties.c.plan_id, sqlite_where=_UNCLEAR, postgresql_where=_UNCLEAR)
occurrences = Table(
    "occurrences",
    metadata,
    row_id(),
    Column("duty_id", RowId, ForeignKey("duties.id"), nullable=False),
    Column("body_id", RowId, ForeignKey("bodies.id"), nullable=False),  # a group leads through each of its members
    Column("key", Text, nullable=False),  # "2024", "2024-Q3", "2024-10", "2024-W05"
    Column("opens_on", Date, nullable=False, index=True),
    Column("due_on", Date),  # the last day; null for what goes on all along and is never late
    Column("ends_on", Date),  # the last day that it is about
    Column("required", Integer, nullable=False, default=1),
    Column("case_id", RowId),
    Column("opened_at", Instant),
    Column("done_at", Instant),
    Column("result", Text),
    Column("done_count", Integer, nullable=False, default=0, server_default="0"),
    Column("percent", Integer),  # as the unit last said
    Column("passed_over", Text),  # why it is never opened: truoc_hieu_luc | bo
    UniqueConstraint("duty_id", "body_id", "key"),
)
# The history of one occurrence as people wrote it: progress, results, and days that were moved.
occurrence_notes = Table(
    "occurrence_notes",
    metadata,
    row_id(),
    Column("occurrence_id", RowId, ForeignKey("occurrences.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),  # tien_do | ket_qua | dat | tra_lai | hoan | lui_han
    Column("at", Instant, nullable=False),
    Column("by_person", Text),
    Column("by_name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("percent", Integer),
    Column("done_count", Integer),
    Column("products", Json, nullable=False),  # those of the duty that were handed over
    Column("due_before", Date),
    Column("due_after", Date),
    Column("comment_id", RowId),  # its files
)
