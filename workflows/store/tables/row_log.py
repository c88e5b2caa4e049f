"""The log of rows that people rely on and no event holds: each time one was written, the hash of what it held then."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text

from .columns import RowId, metadata, row_id

# The newest line of a row says what it has to hold. A line with an empty row names the columns of its table and begins
# its log. Nothing is ever changed here but `checkpoint_id`, once.
row_log = Table(
    "row_log",
    metadata,
    row_id(),
    Column("table_name", Text, nullable=False),
    Column("row_key", Text, nullable=False),  # the primary key, its parts with ":" between them
    Column("digest", Text, nullable=False),  # SHA-256 in hex; empty: the row was removed; of an empty row its columns
    Column("checkpoint_id", RowId),  # the checkpoint that names this line; none before the evening
)
_NOT_YET = row_log.c.checkpoint_id.is_(None)
Index("ix_row_log_open", row_log.c.id, sqlite_where=_NOT_YET, postgresql_where=_NOT_YET)
Index("ix_row_log_row", row_log.c.table_name, row_log.c.row_key)
