"""Consultation rounds, one opinion a body and round, and what the drafter did with it."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, Table, Text, UniqueConstraint

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
    Column("working_days", Integer),  # that the deadline was counted in; null where a day was named
    Column("silence_basis", Text),  # the regulation by which silence is consent, as the office had it at the opening
    UniqueConstraint("plan_id", "no"),
)
opinions = Table(
    "opinions",
    metadata,
    row_id(),
    Column("round_id", RowId, ForeignKey("rounds.id"), nullable=False),
    Column("body_id", RowId, ForeignKey("bodies.id"), nullable=False),
    Column("body_name", Text, nullable=False),  # as it was called on that day
    # null while asked; nhat_tri | nhat_tri_co_y_kien | khong_nhat_tri | khong_co_y_kien | tu_choi (phản biện)
    Column("outcome", Text),
    Column("text", Text),
    Column("late", Boolean, nullable=False, default=False),
    Column("given_at", Instant),
    Column("given_by", Text),
    Column("fold", Text),  # its text without marks, for search
    Column("disposition", Text),  # tiep_thu | tiep_thu_mot_phan | giai_trinh; of one split into points the weakest
    Column("disposition_text", Text),
    Column("disposed_at", Instant),
    Column("disposed_by", Text),
    Column("deadline", Instant),  # of this body alone; null: that of the round
    Column("dropped_at", Instant),  # it is asked no more
    Column("entered_by", Text),  # văn thư who entered on its behalf what came on paper
    Column("paper_number", Text),  # of the body's own công văn: "15/MTTQ-BTT"
    Column("paper_on", Date),
    Column("version", Integer),  # of the draft that it speaks about; null: that of the round
    UniqueConstraint("round_id", "body_id"),
)
# An opinion that says several things is answered point by point.
opinion_points = Table(
    "opinion_points",
    metadata,
    row_id(),
    Column("opinion_id", RowId, ForeignKey("opinions.id"), nullable=False),
    Column("no", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("disposition", Text),  # tiep_thu | tiep_thu_mot_phan | giai_trinh
    Column("disposition_text", Text),
    Column("disposed_at", Instant),
    Column("disposed_by", Text),
    UniqueConstraint("opinion_id", "no"),
)
# The body's own công văn as a file, and what verification found in its signatures on the day when it came.
opinion_papers = Table(
    "opinion_papers",
    metadata,
    row_id(),
    Column("opinion_id", RowId, ForeignKey("opinions.id"), nullable=False, index=True),
    Column("file_id", RowId, ForeignKey("document_files.id"), nullable=False),
    Column("verdict", Json, nullable=False),
)
# What was done to a running round and why: the history that its page shows.
round_changes = Table(
    "round_changes",
    metadata,
    row_id(),
    Column("round_id", RowId, ForeignKey("rounds.id"), nullable=False, index=True),
    Column("body_id", RowId, ForeignKey("bodies.id")),  # null: all of them
    Column("kind", Text, nullable=False),  # them | rut | lui_han | nhac | chuyen
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("deadline", Instant),  # the new one, of lui_han
)
