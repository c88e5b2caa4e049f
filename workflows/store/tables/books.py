"""The two books of an office: each year of each is open or closed, and what comes in is entered in the second."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from .columns import Instant, Json, RowId, metadata, row_id

# The row is the lock between taking a number and closing the year.
books = Table(
    "books",
    metadata,
    Column("office_id", RowId, ForeignKey("bodies.id"), primary_key=True),
    Column("book", Text, primary_key=True),  # di | den
    Column("year", Integer, primary_key=True),
    Column("closed_at", Instant),  # null: numbers may be taken
)
book_changes = Table(
    "book_changes",
    metadata,
    row_id(),
    Column("office_id", RowId, ForeignKey("bodies.id"), nullable=False),
    Column("book", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("change", Text, nullable=False),  # close | reopen
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("reason", Text),
    Index("ix_book_changes_office_id_year", "office_id", "year"),
)
# Sổ đăng ký văn bản đến (NĐ 30/2020 Điều 22, Phụ lục IV): what came back to the office, by its number of arrival.
incoming = Table(
    "incoming",
    metadata,
    row_id(),
    Column("office_id", RowId, ForeignKey("bodies.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("arrived_on", Date, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("issuer_fold", Text, nullable=False),
    Column("issuer_body_id", RowId, ForeignKey("bodies.id")),
    Column("cited", Text, nullable=False),  # number and symbol as the issuer wrote them: "12/CV-STC"
    Column("document_on", Date, nullable=False),
    Column("title", Text, nullable=False),
    Column("signer", Text),
    Column("copies", Integer, nullable=False, server_default="1"),
    Column("note", Text),
    Column("subject", Text),  # what it answers: plan | round | cycle
    Column("subject_id", RowId),
    Column("plan_id", RowId, ForeignKey("plans.id")),  # of what it answers
    Column("lead_body_id", RowId, ForeignKey("bodies.id")),  # chủ trì (Điều 23)
    Column("coop", Json, nullable=False),  # ids of the bodies that help
    Column("due_on", Date),
    Column("direction", Text),  # the leader's words
    Column("status", Text, nullable=False),  # da_vao_so | da_giao | dang_xu_ly | da_xu_ly | da_thu_hoi
    Column("fold", Text, nullable=False),
    Column("came_at", Instant, nullable=False),  # when it reached the office; confirmed late when entered a day later
    Column("entered_at", Instant, nullable=False),
    Column("entered_by", Text, nullable=False),
    Column("recalled_at", Instant),
    Column("recall_reason", Text),
    UniqueConstraint("office_id", "year", "number"),
    Index("ix_incoming_office_id_issuer_fold", "office_id", "issuer_fold", "cited"),
    Index("ix_incoming_plan_id", "plan_id"),
)
