"""What programs were answered, so that a call that is sent twice is done once."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Table, Text, UniqueConstraint

from .columns import Instant, Json, RowId, metadata, row_id

# The row is written in the transaction of the deed: what is not here was not done. The answer follows after it.
kept_answers = Table(
    "kept_answers",
    metadata,
    row_id(),
    Column("token_id", RowId, ForeignKey("api_tokens.id"), nullable=False),
    Column("key", Text, nullable=False),  # Idempotency-Key, as the program chose it
    Column("fingerprint", Text, nullable=False),  # SHA-256 of method, address and body
    Column("done_at", Instant, nullable=False),
    Column("status", Integer),  # null: done, and the answer was lost on its way
    Column("headers", Json),
    Column("body", LargeBinary),
    UniqueConstraint("token_id", "key"),
)
