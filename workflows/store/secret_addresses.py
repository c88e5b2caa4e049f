"""Addresses that a program opens for a person who is not signed in: calendars, the inbox, the end of a digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from .tables.ways_out import secret_addresses

CALENDAR = "lich"
INBOX = "viec"
UNSUBSCRIBE = "thoi_tong_hop"
# Reading is not worth a write: "last used" moves at most this often.
USED_EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class SecretAddress:
    """A secret address without its secret."""

    token_hash: str
    person_id: int
    purpose: str
    label: str
    made_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


def add_secret_address(  # noqa: PLR0917 - the columns of one row
    connection: Connection, token_hash: str, person_id: int, purpose: str, label: str, now: datetime
) -> None:
    """Keep a new address; the token itself stands only in the address that the person copies."""
    row = {"token_hash": token_hash, "person_id": person_id, "purpose": purpose, "label": label, "made_at": now}
    connection.execute(insert(secret_addresses).values(row))


def find_secret_address(connection: Connection, token_hash: str, purpose: str) -> SecretAddress | None:
    """The address with this token that is not taken back; None when there is none."""
    good = (secret_addresses.c.purpose == purpose, secret_addresses.c.revoked_at.is_(None))
    wanted = select(secret_addresses).where(secret_addresses.c.token_hash == token_hash, *good)
    row = connection.execute(wanted).one_or_none()
    return SecretAddress(**row._mapping) if row else None


def secret_addresses_of(connection: Connection, person_id: int, purpose: str) -> list[SecretAddress]:
    """The addresses of a person that are not taken back, oldest first."""
    mine = (secret_addresses.c.person_id == person_id, secret_addresses.c.purpose == purpose)
    wanted = select(secret_addresses).where(*mine, secret_addresses.c.revoked_at.is_(None))
    rows = connection.execute(wanted.order_by(secret_addresses.c.made_at, secret_addresses.c.token_hash))
    return [SecretAddress(**row._mapping) for row in rows]


def use_secret_address(connection: Connection, token_hash: str, now: datetime) -> None:
    """Note that somebody used it."""
    mine = secret_addresses.c.token_hash == token_hash
    connection.execute(update(secret_addresses).where(mine).values(used_at=now))


def revoke_secret_address(connection: Connection, person_id: int, token_hash: str, now: datetime) -> bool:
    """Take the address back at once; False when it is none of this person."""
    mine = (secret_addresses.c.token_hash == token_hash, secret_addresses.c.person_id == person_id)
    taken = update(secret_addresses).where(*mine, secret_addresses.c.revoked_at.is_(None)).values(revoked_at=now)
    return connection.execute(taken).rowcount == 1


def revoke_addresses_of(connection: Connection, person_id: int, now: datetime) -> None:
    """Take back every address by which a program reads what is the person's; the end of a digest is no such thing."""
    read = (secret_addresses.c.person_id == person_id, secret_addresses.c.purpose.in_([CALENDAR, INBOX]))
    taken = update(secret_addresses).where(*read, secret_addresses.c.revoked_at.is_(None)).values(revoked_at=now)
    connection.execute(taken)
