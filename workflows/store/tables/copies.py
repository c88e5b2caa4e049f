"""Copies of documents (sao y, sao lục, trích sao): numbered lines of the register, and what they are copies of."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from .columns import Instant, RowId, metadata, row_id

# The number, the bytes, the signature and the check code stand where those of every document stand, as ("copy", id).
copies = Table(
    "copies",
    metadata,
    row_id(),
    Column("office_id", RowId, ForeignKey("bodies.id"), nullable=False),
    Column("form", Text, nullable=False),  # SY | SL | TrS
    Column("source", Text, nullable=False),  # plan | incoming
    Column("source_id", RowId, nullable=False),
    Column("source_cited", Text, nullable=False),  # number and symbol of what was copied
    Column("source_sha256", Text, nullable=False),  # of exactly the bytes that were copied
    Column("pages", Text),  # of an extract: "1-3, 5"
    Column("signer_id", RowId, ForeignKey("people.id"), nullable=False),
    Column("copies", Integer, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("made_by", Text, nullable=False),
    Index("ix_copies_source", "source", "source_id"),
)
