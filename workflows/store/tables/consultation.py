"""Consultation rounds, one opinion a body and round, and what the drafter did with it."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, Text, UniqueConstraint

from .columns import Instant, Json, RowId, metadata, row_id

rounds = Table(
    "rounds",
    metadata,
    row_id(),
    Column("plan_id", RowId, ForeignKey("plans.id"), nullable=False),
    Column("no", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("mode", Text, nullable=False),
    Column("mandatory", Json, nullable=False),
    Column("others_needed", Integer, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("deadline", Instant, nullable=False),
    Column("closed_at", Instant),
    UniqueConstraint("plan_id", "no"),
)
opinions = Table(
    "opinions",
    metadata,
    row_id(),
    Column("round_id", RowId, ForeignKey("rounds.id"), nullable=False),
    Column("body_id", RowId, ForeignKey("bodies.id"), nullable=False),
    Column("body_name", Text, nullable=False),  # as it was called on that day
    Column("outcome", Text),  # null while asked; nhat_tri | nhat_tri_co_y_kien | khong_nhat_tri | khong_co_y_kien
    Column("text", Text),
    Column("late", Boolean, nullable=False, default=False),
    Column("given_at", Instant),
    Column("given_by", Text),
    Column("disposition", Text),  # tiep_thu | giai_trinh
    Column("disposition_text", Text),
    Column("disposed_at", Instant),
    Column("disposed_by", Text),
    UniqueConstraint("round_id", "body_id"),
)
