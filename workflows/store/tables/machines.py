"""How machines sign in: tokens of workers, of programs that administer, and of programs that act as one person."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Table, Text, UniqueConstraint

from .columns import Instant, Json, RowId, metadata, row_id

# The secret is random; only its hash is kept.
api_tokens = Table(
    "api_tokens",
    metadata,
    row_id(),
    Column("name", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("scopes", Json, nullable=False),  # {"topics": […], "messages": […], "signals": […], "admin": bool}
    Column("person_id", RowId, ForeignKey("people.id"), index=True),  # whoever the program acts as, by their own rights
    Column("office_id", RowId, ForeignKey("bodies.id")),  # null: of the whole installation
    Column("created_at", Instant, nullable=False),
    Column("created_by", Text),
    Column("expires_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("last_used_at", Instant),
    UniqueConstraint("hash"),
    UniqueConstraint("name"),
)
