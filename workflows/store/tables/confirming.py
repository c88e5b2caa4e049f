"""How people prove that it is they before a signature: passkeys, code apps, recovery codes, what was proved."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from .columns import Instant, RowId, metadata, row_id

passkeys = Table(
    "passkeys",
    metadata,
    row_id(),
    Column("person_id", RowId, ForeignKey("people.id"), nullable=False, index=True),
    Column("credential", LargeBinary, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", RowId, nullable=False),
    Column("name", Text, nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("revoked_at", Instant),
    UniqueConstraint("credential"),
)
# One code app (TOTP, RFC 6238) a person. The counter of the last code that counted makes a second use impossible.
code_apps = Table(
    "code_apps",
    metadata,
    Column("person_id", RowId, ForeignKey("people.id"), primary_key=True),
    Column("secret", Text, nullable=False),
    Column("last_counter", Integer, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("confirmed_at", Instant),  # null until the person typed a first code
)
recovery_codes = Table(
    "recovery_codes",
    metadata,
    row_id(),
    Column("person_id", RowId, ForeignKey("people.id"), nullable=False, index=True),
    Column("code_hash", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("used_at", Instant),
    UniqueConstraint("person_id", "code_hash"),
)
# A proof for exactly one act of one person: asked for, given, and used once.
confirmations = Table(
    "confirmations",
    metadata,
    row_id(),
    Column("person_id", RowId, ForeignKey("people.id"), nullable=False),
    Column("act", Text, nullable=False),  # SHA-256 of what is confirmed: task, version, capacity
    Column("method", Text, nullable=False),  # passkey | app | recovery | mail | password | simulated
    Column("secret", Text),  # the slow hash of a code in a letter, or the challenge of a passkey
    Column("tries", Integer, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("confirmed_at", Instant),
    Column("used_at", Instant),
    Index("ix_confirmations_person_id_act", "person_id", "act"),
)
# Wrong codes in a row from one place: a device that is known, or all others together (""), so that a stranger's
# failures never make the person wait on the own device.
code_failures = Table(
    "code_failures",
    metadata,
    Column("person_id", RowId, ForeignKey("people.id"), primary_key=True),
    Column("place", Text, primary_key=True),
    Column("failed", Integer, nullable=False),
    Column("wait_until", Instant),
)
