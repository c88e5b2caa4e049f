"""Calls of programs that were done under a key, and what they were answered; kept for a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from .tables.kept_answers import kept_answers
from .upsert import insert_new

KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class KeptAnswer:
    """A call that was done; `status` is None where its answer was lost on its way."""

    fingerprint: str
    status: int | None
    headers: Mapping[str, str]
    body: bytes


def kept_answer(connection: Connection, token_id: int, key: str, now: datetime) -> KeptAnswer | None:
    """What this token was answered under this key within a day; None where it asked for nothing under it."""
    mine = (kept_answers.c.token_id == token_id, kept_answers.c.key == key, kept_answers.c.done_at > now - KEPT)
    row = connection.execute(select(kept_answers).where(*mine)).one_or_none()
    if row is None:
        return None
    return KeptAnswer(row.fingerprint, row.status, row.headers or {}, row.body or b"")


def claim_key(connection: Connection, token_id: int, key: str, fingerprint: str, now: datetime) -> bool:
    """Note in the transaction of the deed that it is done under this key; False when it was done before.

    Two at once take turns at the unique key. What is older than a day is forgotten on the way.
    """
    old = (kept_answers.c.token_id == token_id, kept_answers.c.done_at <= now - KEPT)
    connection.execute(delete(kept_answers).where(*old))
    row = {"token_id": token_id, "key": key, "fingerprint": fingerprint, "done_at": now}
    # Not by the count of rows: with an id that the database makes, the driver of PostgreSQL does not give it.
    taken = insert_new(connection, kept_answers).values(row).returning(kept_answers.c.id)
    return connection.execute(taken).first() is not None


def keep_answer(  # noqa: PLR0917 - the columns of one row
    connection: Connection, token_id: int, key: str, status: int, headers: Mapping[str, str], body: bytes
) -> None:
    """Keep what the call was answered."""
    mine = (kept_answers.c.token_id == token_id, kept_answers.c.key == key)
    connection.execute(update(kept_answers).where(*mine).values(status=status, headers=dict(headers), body=body))
