"""From approval to the addressees: signatures bound to content, numbers of the register, frozen bytes, and receipts."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from .columns import Instant, Json, RowId, metadata, row_id

# A document is a plan ("plan", id), the report of a cycle ("report", id) or a copy ("copy", id; tables/copies.py).
approvals = Table(
    "approvals",
    metadata,
    row_id(),
    Column("subject", Text, nullable=False),
    Column("subject_id", RowId, nullable=False),
    Column("role", Text, nullable=False),  # noi_dung | the_thuc | ky | co_quan
    Column("version", Integer, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("person_name", Text, nullable=False),
    Column("capacity", Text, nullable=False),
    Column("on_behalf_of", Text),  # the person whose authority was lent; null in one's own right
    Column("block", Json, nullable=False),  # the printed lines of the signature block
    Column("at", Instant, nullable=False),
    Column("element", Text),  # the step of the process in which it was given, and which opening of that step it was;
    Column("round", Integer),  # a later opening voids it. Null before such steps were kept
    Column("voided_at", Instant),  # an edit after approval voids it (NĐ 30 Điều 11)
)
# The barrier of the counter row: numbers run from 1 without a gap in each (office, series, year) (NĐ 30 Điều 15).
counters = Table(
    "counters",
    metadata,
    Column("office_id", RowId, ForeignKey("bodies.id"), primary_key=True),
    Column("series", Text, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
)
register = Table(
    "register",
    metadata,
    row_id(),
    Column("office_id", RowId, ForeignKey("bodies.id"), nullable=False),
    Column("series", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("symbol", Text, nullable=False),
    Column("subject", Text),
    Column("subject_id", RowId),
    Column("title", Text, nullable=False),
    Column("signer", Text),
    Column("document_on", Date, nullable=False),
    Column("recipients", Text),
    Column("archive", Text),
    Column("copies", Integer, nullable=False, default=1),
    Column("status", Text, nullable=False),  # reserved | issued | given_up
    Column("given_up_reason", Text),
    Column("note", Text),
    Column("fold", Text),  # number, title and signer without marks, for search
    Column("entered_at", Instant, nullable=False),
    UniqueConstraint("office_id", "series", "year", "number"),
    UniqueConstraint("subject", "subject_id"),
)
issued = Table(
    "issued",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("subject_id", RowId, primary_key=True),
    Column("bytes", LargeBinary, nullable=False),  # exactly what is signed and sent, frozen with the number
    Column("media_type", Text, nullable=False),
    Column("sha256", Text, nullable=False, index=True),
    Column("frozen_at", Instant, nullable=False),
)
# What belongs to a document besides the frozen bytes: a file each, never changed once it is kept.
document_files = Table(
    "document_files",
    metadata,
    row_id(),
    Column("subject", Text, nullable=False),
    Column("subject_id", RowId, nullable=False),
    Column("role", Text, nullable=False),  # source | text | pdf | docx | signed | sealed | appendix | …
    Column("name", Text, nullable=False),  # as it is offered for download
    Column("media_type", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("made_by", Text),
    Column("revisions", Integer),  # of a Word file that a text was read from: how many nobody accepted; null: unknown
    Index("ix_document_files_subject", "subject", "subject_id", "role"),
    Index("ix_document_files_sha256", "sha256"),
)
recipients = Table(
    "recipients",
    metadata,
    row_id(),
    Column("subject", Text, nullable=False),
    Column("subject_id", RowId, nullable=False),
    Column("line", Integer, nullable=False),  # order on the document, from 1
    Column("raw", Text, nullable=False),
    Column("qualifier", Text),
    Column("body_id", RowId, ForeignKey("bodies.id")),  # null: kept (Lưu) or a body that nobody knows
    Column("body_name", Text, nullable=False),  # frozen on the day of issue
    Column("fold", Text),  # its name without marks, for search
    Column("channel", Text, nullable=False),  # mail | edxml | paper | keep
    # chua_gui | da_gui | da_den | da_tiep_nhan | dang_xu_ly | da_xu_ly | tu_choi | loi | luu | da_thu_hoi
    Column("status", Text, nullable=False),
    Column("sent_at", Instant),
    Column("received_at", Instant),
    Column("received_by", Text),
    Column("remark", Text),
    UniqueConstraint("subject", "subject_id", "line", "body_name"),
)
# What happened to a document after its issue: a record each, never a flag (NĐ 30/2020 Điều 18).
register_relations = Table(
    "register_relations",
    metadata,
    row_id(),
    Column("register_id", RowId, ForeignKey("register.id"), nullable=False, index=True),  # the document concerned
    Column("relation", Text, nullable=False),  # dinh_chinh | thu_hoi | thay_the
    Column("by_register_id", RowId, ForeignKey("register.id")),  # the letter or the plan that does it
    Column("reason", Text, nullable=False),
    Column("details", Json),  # of a đính chính: [{"place", "printed", "right"}]
    Column("made_at", Instant, nullable=False),
    Column("made_by", Text, nullable=False),
    UniqueConstraint("register_id", "relation", "by_register_id"),
)
# The second barrier behind the counter: a number with its symbol stands once in a year, whichever series it is of.
Index(
    "ix_register_symbol_number",
    register.c.office_id,
    register.c.year,
    register.c.symbol,
    register.c.number,
    unique=True,
)
Index("ix_recipients_channel_status", recipients.c.channel, recipients.c.status)
Index("ix_approvals_subject", approvals.c.subject, approvals.c.subject_id)
