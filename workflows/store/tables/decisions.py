"""Decisions of DMN files by version, beside the processes that ask them."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text, UniqueConstraint

from .columns import Instant, metadata, row_id

decisions = Table(
    "decisions",
    metadata,
    row_id(),
    Column("key", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("tag", Text),  # the version's name, as its author wrote it
    Column("xml", Text, nullable=False),  # the whole file, which holds what this decision needs
    Column("sha256", Text, nullable=False),
    Column("deployment", Text, nullable=False, index=True),  # the same for files that were deployed together
    Column("deployed_at", Instant, nullable=False),
    Column("deployed_by", Text),
    UniqueConstraint("key", "version"),
)
Index("ix_decisions_key_tag", decisions.c.key, decisions.c.tag)
