"""Envelopes of electronic exchange (QCVN 102:2016), out and in, each message about a document once for each peer."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from .columns import Instant, RowId, metadata, row_id

envelopes = Table(
    "envelopes",
    metadata,
    row_id(),
    Column("direction", Text, nullable=False),  # out | in
    Column("office_id", RowId, ForeignKey("bodies.id"), nullable=False),  # ours
    Column("peer", Text, nullable=False),  # the organisation code of the other side
    Column("document_id", Text, nullable=False),  # "000.00.16.H56,2026/11/20,16/KH-UBND"
    Column("cited", Text, nullable=False),  # the document's number and symbol; with date, title and peer's name they
    Column("document_on", Date, nullable=False),  # stay when the bytes are destroyed (NĐ 30/2020 Phụ lục VI)
    Column("title", Text, nullable=False),
    Column("peer_name", Text, nullable=False),
    Column("message", Text, nullable=False),  # moi | thu_hoi | cap_nhat-<n> | thay_the, or a status: 01 … 16
    Column("detail", Text),  # the reason that came with it
    Column("recipient_id", RowId, ForeignKey("recipients.id"), index=True),  # out: the line of Nơi nhận
    Column("incoming_id", RowId, ForeignKey("incoming.id"), index=True),  # in: the line of the register
    Column("content", LargeBinary),  # null once it was destroyed after a recall
    Column("sha256", Text, nullable=False),
    # out: pending | sending | retry | sent | dead; in: waiting | entered | refused | recalled | noted
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("made_at", Instant, nullable=False),
    Column("next_at", Instant),
    Column("lease_until", Instant),
    Column("sent_at", Instant),
    Column("error", Text),
    UniqueConstraint("direction", "office_id", "peer", "document_id", "message"),
    Index("ix_envelopes_state_next_at", "state", "next_at"),
)
