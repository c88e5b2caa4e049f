"""Accounts at a provider of OpenID Connect: whose they are here, and sign-ins there that were begun."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Table, Text, UniqueConstraint

from .columns import Instant, RowId, metadata

outside_accounts = Table(
    "outside_accounts",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),  # how the issuer names the person for ever
    Column("person_id", RowId, ForeignKey("people.id"), nullable=False),
    Column("linked_by", Text, nullable=False),  # who linked it, or the claim that did
    Column("linked_at", Instant, nullable=False),
    UniqueConstraint("issuer", "person_id"),
)
# Deleted when the browser comes back, so that nothing that it brings counts twice.
sign_ins_elsewhere = Table(
    "sign_ins_elsewhere",
    metadata,
    Column("state_hash", Text, primary_key=True),
    Column("browser_hash", Text, nullable=False),
    Column("next_path", Text, nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
)
