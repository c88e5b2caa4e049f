"""The ends of chains that each checkpoint seals: only of those cases that changed since the one before."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from .columns import RowId, metadata

checkpoint_leaves = Table(
    "checkpoint_leaves",
    metadata,
    # No key into `cases`: a case that somebody removed must not take its proof along.
    Column("case_id", RowId, primary_key=True, autoincrement=False),
    Column("checkpoint_id", RowId, ForeignKey("checkpoints.id"), primary_key=True, autoincrement=False),
    Column("revision", Integer, nullable=False),
    Column("head", Text, nullable=False),
)
