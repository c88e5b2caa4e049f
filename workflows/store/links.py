"""Links in letters: the token is random and only its hash is kept; a link opens a page, a person's POST uses it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from .tables.telling import action_links

PURPOSES = ("task", "receipt", "account")


@dataclass(frozen=True)
class Link:
    """For whom and for what a link is; `code_hash` is that of the code which a person without account types."""

    token_hash: str
    purpose: str
    task_id: str | None
    recipient_id: int | None
    person_id: int | None
    body_id: int | None
    delegation_id: int | None
    version: int | None
    content_hash: str | None
    code_hash: str | None
    code_tries: int
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    used_at: datetime | None

    def state(self, now: datetime) -> str:
        """One of usable, used, revoked, expired; the earliest reason wins."""
        if self.used_at is not None:
            return "used"
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.expires_at <= now else "usable"


def add_link(
    connection: Connection,
    *,
    token_hash: str,
    purpose: str,
    made_at: datetime,
    expires_at: datetime,
    task_id: str | None = None,
    recipient_id: int | None = None,
    person_id: int | None = None,
    body_id: int | None = None,
    delegation_id: int | None = None,
    version: int | None = None,
    content_hash: str | None = None,
    code_hash: str | None = None,
) -> None:
    """Keep a new link for a task, for a receipt, or for an account of one's own."""
    if purpose not in PURPOSES:
        raise ValueError(f"a link is for one of {PURPOSES}: {purpose!r}")
    row = {name: value for name, value in locals().items() if name != "connection"}
    connection.execute(insert(action_links).values(row))


def find_link(connection: Connection, token_hash: str) -> Link | None:
    """The link with this token, whatever its state; None when there is none."""
    row = connection.execute(select(action_links).where(action_links.c.token_hash == token_hash)).one_or_none()
    return Link(**row._mapping) if row else None


def use_link(connection: Connection, token_hash: str, now: datetime) -> bool:
    """Use the link up; False when it is not usable any more."""
    usable = (_is(token_hash), *_usable(now))
    return connection.execute(update(action_links).where(*usable).values(used_at=now)).rowcount == 1


def revoke_link(connection: Connection, token_hash: str, now: datetime) -> bool:
    """Take this link back; False when it is not usable any more."""
    usable = (_is(token_hash), *_usable(now))
    return connection.execute(update(action_links).where(*usable).values(revoked_at=now)).rowcount == 1


def set_code(connection: Connection, token_hash: str, code_hash: str, now: datetime) -> bool:
    """Give a usable link a new code to type, with no wrong tries yet."""
    usable = (_is(token_hash), *_usable(now))
    changed = update(action_links).where(*usable).values(code_hash=code_hash, code_tries=0)
    return connection.execute(changed).rowcount == 1


def count_wrong_code(connection: Connection, token_hash: str) -> int:
    """Note a wrong code and return how many there were."""
    counted = update(action_links).where(_is(token_hash)).values(code_tries=action_links.c.code_tries + 1)
    return int(connection.execute(counted.returning(action_links.c.code_tries)).scalar_one())


def revoke_links(
    connection: Connection, now: datetime, *, task_id: str | None = None, recipient_id: int | None = None
) -> int:
    """Take back every open link of a task or a recipient; how many there were."""
    if (task_id is None) == (recipient_id is None):
        raise TypeError("name either a task or a recipient")
    of = action_links.c.task_id == task_id if recipient_id is None else action_links.c.recipient_id == recipient_id
    open_ones = (of, action_links.c.revoked_at.is_(None), action_links.c.used_at.is_(None))
    return connection.execute(update(action_links).where(*open_ones).values(revoked_at=now)).rowcount


def revoke_links_of(connection: Connection, person_id: int, now: datetime) -> None:
    """Take back every open link that was made for this person."""
    open_ones = (action_links.c.revoked_at.is_(None), action_links.c.used_at.is_(None))
    theirs = action_links.c.person_id == person_id
    connection.execute(update(action_links).where(theirs, *open_ones).values(revoked_at=now))


def revoke_links_of_others(connection: Connection, task_id: str, holder: str | None, now: datetime) -> None:
    """Take back the open links of a task that is now held by one person (text), or was given back to its group."""
    open_ones = [
        action_links.c.task_id == task_id,
        action_links.c.used_at.is_(None),
        action_links.c.revoked_at.is_(None),
    ]
    if holder is not None and holder.isdecimal():
        mine = action_links.c.person_id == int(holder)
        open_ones.append(action_links.c.person_id.is_(None) | ~mine)
    connection.execute(update(action_links).where(*open_ones).values(revoked_at=now))


def revoke_links_to_draft(
    connection: Connection, task_ids: Collection[str], version: int, now: datetime
) -> list[tuple[str, int | None, int | None]]:
    """Take back the open links of these tasks to versions before this one; task, person and body of each."""
    old = (
        action_links.c.task_id.in_(task_ids),
        action_links.c.version < version,
        action_links.c.used_at.is_(None),
        action_links.c.revoked_at.is_(None),
    )
    gone = update(action_links).where(*old).values(revoked_at=now)
    rows = connection.execute(
        gone.returning(action_links.c.task_id, action_links.c.person_id, action_links.c.body_id)
    ).all()
    return [(row.task_id, row.person_id, row.body_id) for row in rows]


def _is(token_hash: str) -> Any:  # noqa: ANN401 - a SQL condition
    return action_links.c.token_hash == token_hash


def _usable(now: datetime) -> tuple[Any, ...]:
    return (
        action_links.c.used_at.is_(None),
        action_links.c.revoked_at.is_(None),
        action_links.c.expires_at > now,
    )
