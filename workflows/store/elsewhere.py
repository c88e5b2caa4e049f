"""Whose account at a provider somebody is, and sign-ins there that were begun and may be finished once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import IntegrityError

from workflows.errors import Refused

from .tables.directory import accounts
from .tables.elsewhere import outside_accounts, sign_ins_elsewhere


@dataclass(frozen=True)
class OutsideAccount:
    """An account at a provider, and whose it is here."""

    issuer: str
    subject: str
    person_id: int
    login: str
    linked_by: str
    linked_at: datetime


def begin_sign_in(  # noqa: PLR0917 - one row
    connection: Connection, state_hash: str, browser_hash: str, next_path: str, now: datetime, expires_at: datetime
) -> None:
    """Keep what a browser begins; what was never finished is forgotten."""
    connection.execute(delete(sign_ins_elsewhere).where(sign_ins_elsewhere.c.expires_at <= now))
    row = {"state_hash": state_hash, "browser_hash": browser_hash, "next_path": next_path, "expires_at": expires_at}
    connection.execute(insert(sign_ins_elsewhere).values(row))


def take_sign_in(connection: Connection, state_hash: str, browser_hash: str, now: datetime) -> str | None:
    """Where this browser wanted to go; None unless it began this sign-in, in time and not finished yet."""
    table = sign_ins_elsewhere.c
    mine = (table.state_hash == state_hash, table.browser_hash == browser_hash, table.expires_at > now)
    row = connection.execute(delete(sign_ins_elsewhere).where(*mine).returning(table.next_path)).one_or_none()
    return None if row is None else str(row.next_path)


def person_of_outside(connection: Connection, issuer: str, subject: str) -> int | None:
    """Whose account this is here."""
    table = outside_accounts.c
    found = select(table.person_id).where(table.issuer == issuer, table.subject == subject)
    return connection.scalars(found).one_or_none()


def has_outside(connection: Connection, issuer: str, person_id: int) -> bool:
    """Whether the person has an account at this provider."""
    table = outside_accounts.c
    found = select(table.subject).where(table.issuer == issuer, table.person_id == person_id)
    return connection.scalars(found).first() is not None


def link(  # noqa: PLR0917 - one row
    connection: Connection, issuer: str, subject: str, person_id: int, linked_by: str, now: datetime
) -> None:
    """From now on this account is this person; Refused OUTSIDE_TAKEN where either has another already."""
    row = {"issuer": issuer, "subject": subject, "person_id": person_id, "linked_by": linked_by, "linked_at": now}
    try:
        with connection.begin_nested():
            connection.execute(insert(outside_accounts).values(row))
    except IntegrityError as error:
        raise Refused("OUTSIDE_TAKEN", subject=subject) from error


def unlink(connection: Connection, issuer: str, person_id: int) -> bool:
    """The person has no account there any more; False where there was none."""
    table = outside_accounts.c
    mine = (table.issuer == issuer, table.person_id == person_id)
    return connection.execute(delete(outside_accounts).where(*mine)).rowcount == 1


def outside_accounts_of(connection: Connection, issuer: str) -> list[OutsideAccount]:
    """Every linked account of this provider, by sign-in name."""
    table = outside_accounts.c
    wanted = (
        select(outside_accounts, accounts.c.login)
        .join(accounts, accounts.c.person_id == table.person_id)
        .where(table.issuer == issuer)
        .order_by(accounts.c.login)
    )
    return [OutsideAccount(**row._mapping) for row in connection.execute(wanted)]
