"""Accounts, sessions and remembered devices: only hashes of secrets are kept, and nothing here judges a password."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from .driver import Reading, read_rows
from .in_force import term_covers_text
from .local_days import local_day
from .tables.directory import accounts, devices, people, sessions


@dataclass(frozen=True)
class Account:
    """How a person signs in, and how often that failed in a row."""

    person_id: int
    person_name: str
    login: str
    password_hash: str
    failed: int
    locked_until: datetime | None
    disabled_at: datetime | None


@dataclass(frozen=True)
class Session:
    """A person's sign-in on one browser."""

    token_hash: str
    person_id: int
    person_name: str
    form_token: str
    opened_at: datetime
    seen_at: datetime
    expires_at: datetime
    confirmed_at: datetime | None = None
    device: str | None = None  # what the browser called itself


@dataclass(frozen=True)
class Device:
    """A browser on which a person signed in and that is remembered."""

    token_hash: str
    label: str | None
    first_seen_at: datetime
    last_seen_at: datetime


def add_account(connection: Connection, person_id: int, login: str, password_hash: str) -> None:
    """Let a person sign in under this name."""
    connection.execute(insert(accounts).values(person_id=person_id, login=login, password_hash=password_hash, failed=0))


def change_password(connection: Connection, person_id: int, password_hash: str) -> None:
    """From now on the person signs in with this password; wrong ones of before are forgotten."""
    mine = update(accounts).where(accounts.c.person_id == person_id)
    connection.execute(mine.values(password_hash=password_hash, failed=0, locked_until=None))


def account_by_login(connection: Connection, login: str) -> Account | None:
    """The account of this sign-in name, if there is one."""
    return _account(connection, accounts.c.login == login)


def account_of(connection: Connection, person_id: int) -> Account | None:
    """The account of this person, if there is one."""
    return _account(connection, accounts.c.person_id == person_id)


def _account(connection: Connection, condition: ColumnElement[bool]) -> Account | None:
    row = connection.execute(
        select(accounts, people.c.name.label("person_name"))
        .join(people, people.c.id == accounts.c.person_id)
        .where(condition)
    ).one_or_none()
    if row is None:
        return None
    return Account(
        row.person_id, row.person_name, row.login, row.password_hash, row.failed, row.locked_until, row.disabled_at
    )


def count_failure(connection: Connection, person_id: int, locked_until: datetime | None) -> None:
    """One more wrong password in a row."""
    changed = {"failed": accounts.c.failed + 1, "locked_until": locked_until}
    connection.execute(update(accounts).where(accounts.c.person_id == person_id).values(**changed))


def forget_failures(connection: Connection, person_id: int) -> None:
    """A right password ends the row of wrong ones."""
    changed = {"failed": 0, "locked_until": None}
    connection.execute(update(accounts).where(accounts.c.person_id == person_id).values(**changed))


def open_session(connection: Connection, session: Session, device: str | None) -> None:
    """Keep a new session."""
    connection.execute(
        insert(sessions).values(
            token_hash=session.token_hash,
            person_id=session.person_id,
            form_token=session.form_token,
            device=device,
            opened_at=session.opened_at,
            seen_at=session.seen_at,
            expires_at=session.expires_at,
            confirmed_at=session.confirmed_at,
        )
    )


# Neither shut out nor gone, and of an office that goes on; every request of a person asks for one of these rows.
_HELD = (
    "SELECT 1 FROM holdings AS h JOIN posts AS p ON p.id = h.post_id JOIN bodies AS b ON b.id = p.body_id"  # noqa: S608 - our own names
    f" WHERE h.person_id = people.id AND {term_covers_text('h', '?2')} AND {{}} EXISTS"
    " (SELECT 1 FROM office_suspensions AS s WHERE s.office_id = b.office_id AND s.until IS NULL)"
)
# Whoever holds posts in suspended offices alone; that no office is suspended is asked first, for mostly none is.
_SUSPENDED = (
    "EXISTS (SELECT 1 FROM office_suspensions WHERE until IS NULL)"  # noqa: S608 - our own names
    f" AND EXISTS ({_HELD.format('')}) AND NOT EXISTS ({_HELD.format('NOT')})"
)
_MAY_COME = f"accounts.disabled_at IS NULL AND (people.left_on IS NULL OR people.left_on > ?2) AND NOT ({_SUSPENDED})"
_LIVE = Reading(
    "SELECT token_hash, sessions.person_id, name, form_token, opened_at, seen_at, expires_at, confirmed_at, device"  # noqa: S608 - our own names
    " FROM sessions JOIN people ON people.id = sessions.person_id"
    " JOIN accounts ON accounts.person_id = sessions.person_id"
    f" WHERE token_hash = ?1 AND (ended_at IS NULL OR ended_at > ?3) AND expires_at > ?3 AND {_MAY_COME}",
    [
        *(sessions.c.token_hash.type, sessions.c.person_id.type, people.c.name.type, sessions.c.form_token.type),
        *(sessions.c[name].type for name in ("opened_at", "seen_at", "expires_at", "confirmed_at", "device")),
    ],
)
_DEVICE = Reading(
    "SELECT devices.person_id FROM devices JOIN people ON people.id = devices.person_id"  # noqa: S608 - our own names
    " JOIN accounts ON accounts.person_id = devices.person_id"
    f" WHERE token_hash = ?1 AND revoked_at IS NULL AND last_seen_at >= ?3 AND {_MAY_COME}",
    [devices.c.person_id.type],
)
_NAME = Reading(
    f"SELECT name FROM people JOIN accounts ON accounts.person_id = people.id WHERE people.id = ?1 AND {_MAY_COME}",  # noqa: S608 - our own names
    [people.c.name.type],
)


def live_session(connection: Connection, token_hash: str, now: datetime) -> Session | None:
    """The session, unless it ended, expired, or its person left or was shut out."""
    for row in read_rows(connection, _LIVE, (token_hash, local_day(now), now)):
        return Session(*row)
    return None


def person_who_may_come(connection: Connection, person_id: int, now: datetime) -> str | None:
    """The name of this person; None for somebody without an account, who left or was shut out."""
    for (name,) in read_rows(connection, _NAME, (person_id, local_day(now))):
        return str(name)
    return None


def replace_session(
    connection: Connection, old: Session, token_hash: str, now: datetime, old_ends_at: datetime, *, confirmed: bool
) -> Session:
    """Go on under a new secret; the old one counts until `old_ends_at` only, for answers that are on their way.

    `confirmed` notes that the person has just proved anew who they are.
    """
    new = replace(old, token_hash=token_hash, seen_at=now, confirmed_at=now if confirmed else old.confirmed_at)
    open_session(connection, new, old.device)
    connection.execute(
        update(sessions)
        .where(sessions.c.token_hash == old.token_hash, sessions.c.ended_at.is_(None))
        .values(ended_at=old_ends_at)
    )
    return new


def sessions_of(connection: Connection, person_id: int, now: datetime) -> list[Session]:
    """Where the person is signed in now, the newest first."""
    rows = connection.execute(
        select(sessions, people.c.name)
        .join(people, people.c.id == sessions.c.person_id)
        .where(sessions.c.person_id == person_id, sessions.c.ended_at.is_(None), sessions.c.expires_at > now)
        .order_by(sessions.c.seen_at.desc())
    )
    return [_session(row) for row in rows]


def end_session_of(connection: Connection, person_id: int, token_hash: str, now: datetime) -> bool:
    """End one session of this person; False when it is not theirs or had ended."""
    mine = (sessions.c.person_id == person_id, sessions.c.token_hash == token_hash, sessions.c.ended_at.is_(None))
    return connection.execute(update(sessions).where(*mine).values(ended_at=now)).rowcount == 1


def touch_session(connection: Connection, token_hash: str, now: datetime) -> None:
    """The session was used."""
    connection.execute(update(sessions).where(sessions.c.token_hash == token_hash).values(seen_at=now))


def end_session(connection: Connection, token_hash: str, now: datetime) -> None:
    """Sign out."""
    connection.execute(update(sessions).where(sessions.c.token_hash == token_hash).values(ended_at=now))


def end_sessions_of(connection: Connection, person_id: int, now: datetime) -> None:
    """Sign a person out everywhere."""
    connection.execute(
        update(sessions).where(sessions.c.person_id == person_id, sessions.c.ended_at.is_(None)).values(ended_at=now)
    )


def end_other_sessions(connection: Connection, person_id: int, token_hash: str, now: datetime) -> None:
    """Sign a person out everywhere but in this session."""
    others = (sessions.c.person_id == person_id, sessions.c.token_hash != token_hash, sessions.c.ended_at.is_(None))
    connection.execute(update(sessions).where(*others).values(ended_at=now))


def shut_out(connection: Connection, person_id: int, now: datetime) -> None:
    """End the person's sessions, forget the devices, and let nobody sign in with the account any more."""
    end_sessions_of(connection, person_id, now)
    known = (devices.c.person_id == person_id, devices.c.revoked_at.is_(None))
    connection.execute(update(devices).where(*known).values(revoked_at=now))
    connection.execute(update(accounts).where(accounts.c.person_id == person_id).values(disabled_at=now))


def remember_device(
    connection: Connection, token_hash: str, person_id: int, now: datetime, label: str | None = None
) -> None:
    """From now on this browser is a device that the person used before."""
    row = {"token_hash": token_hash, "person_id": person_id, "first_seen_at": now, "last_seen_at": now, "label": label}
    connection.execute(insert(devices).values(row))


def take_over_browser(connection: Connection, old_hash: str, new_hash: str, person_id: int, now: datetime) -> bool:
    """Know this browser as one on which the person signed in, under a new secret; whether it was known before.

    It is a device that was never remembered: it opens no link, and only tells a new browser from an old one.
    """
    known = (devices.c.token_hash == old_hash, devices.c.person_id == person_id)
    was_known = connection.execute(delete(devices).where(*known)).rowcount == 1
    row = {"token_hash": new_hash, "person_id": person_id, "first_seen_at": now, "last_seen_at": now}
    connection.execute(insert(devices).values(**row, revoked_at=now))
    return was_known


def person_of_device(connection: Connection, token_hash: str, unused_since: datetime, now: datetime) -> int | None:
    """Whose device this is; None when it is unknown, revoked, was unused since `unused_since`, or its person left."""
    for (person_id,) in read_rows(connection, _DEVICE, (token_hash, local_day(now), unused_since)):
        return int(person_id)
    return None


def devices_of(connection: Connection, person_id: int, unused_since: datetime) -> list[Device]:
    """The remembered devices of the person, the last used first."""
    rows = connection.execute(
        select(devices.c.token_hash, devices.c.label, devices.c.first_seen_at, devices.c.last_seen_at)
        .where(
            devices.c.person_id == person_id,
            devices.c.revoked_at.is_(None),
            devices.c.last_seen_at >= unused_since,
        )
        .order_by(devices.c.last_seen_at.desc())
    )
    return [Device(**row._mapping) for row in rows]


def revoke_device(connection: Connection, person_id: int, token_hash: str, now: datetime) -> bool:
    """Forget a device of this person; False when it is not theirs or was forgotten before."""
    mine = (devices.c.person_id == person_id, devices.c.token_hash == token_hash, devices.c.revoked_at.is_(None))
    return connection.execute(update(devices).where(*mine).values(revoked_at=now)).rowcount == 1


def revoke_devices_of(connection: Connection, person_id: int, now: datetime) -> None:
    """Forget every device of this person."""
    mine = (devices.c.person_id == person_id, devices.c.revoked_at.is_(None))
    connection.execute(update(devices).where(*mine).values(revoked_at=now))


def touch_device(connection: Connection, token_hash: str, now: datetime) -> None:
    """The device was used."""
    connection.execute(update(devices).where(devices.c.token_hash == token_hash).values(last_seen_at=now))


def _session(row: Row[Any]) -> Session:
    return Session(
        row.token_hash,
        row.person_id,
        row.name,
        row.form_token,
        row.opened_at,
        row.seen_at,
        row.expires_at,
        row.confirmed_at,
        row.device,
    )
