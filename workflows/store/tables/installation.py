"""What belongs to the installation as a whole: its own secrets, sealed."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text

from .columns import Instant, metadata

installation_secrets = Table(
    "installation_secrets",
    metadata,
    Column("name", Text, primary_key=True),  # dau (opens where the key is the right one) | vapid
    Column("sealed", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
)
