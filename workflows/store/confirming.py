"""Proofs before a signature: for exactly one act of one person, asked for, given and used once (NĐ 30/2020 Điều 13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from .tables.confirming import code_failures, confirmations
from .upsert import insert_or_change


@dataclass(frozen=True)
class Confirmation:
    """A proof: open until `confirmed_at`, good until `expires_at`, spent from `used_at` on."""

    id: int
    person_id: int
    act: str
    method: str
    secret: str | None
    tries: int
    made_at: datetime
    expires_at: datetime
    confirmed_at: datetime | None
    used_at: datetime | None


def ask(  # noqa: PLR0917 - the facts of a proof
    connection: Connection,
    person_id: int,
    act: str,
    method: str,
    now: datetime,
    expires_at: datetime,
    secret: str | None = None,
) -> int:
    """Keep a proof that is still to be given; its id."""
    row = {"person_id": person_id, "act": act, "method": method, "secret": secret, "tries": 0}
    added = insert(confirmations).values(row | {"made_at": now, "expires_at": expires_at})
    return int(connection.execute(added.returning(confirmations.c.id)).scalar_one())


def keep_confirmed(  # noqa: PLR0917 - the facts of a proof
    connection: Connection, person_id: int, act: str, method: str, now: datetime, expires_at: datetime
) -> int:
    """Keep a proof that was given at once."""
    proof_id = ask(connection, person_id, act, method, now, expires_at)
    confirm(connection, proof_id, now, expires_at)
    return proof_id


def confirmation(connection: Connection, proof_id: int) -> Confirmation | None:
    """This proof, whatever became of it."""
    row = connection.execute(select(confirmations).where(confirmations.c.id == proof_id)).one_or_none()
    return Confirmation(**row._mapping) if row else None


def asked(connection: Connection, person_id: int, act: str, method: str, now: datetime) -> Confirmation | None:
    """The newest proof of this kind that the person was asked for and may still give."""
    row = connection.execute(
        select(confirmations)
        .where(*_of(person_id, act), confirmations.c.method == method, *_open(now))
        .order_by(confirmations.c.id.desc())
        .limit(1)
    ).one_or_none()
    return Confirmation(**row._mapping) if row else None


def asked_since(connection: Connection, person_id: int, method: str, since: datetime) -> int:
    """How many proofs of this kind the person was asked for since then."""
    mine = (confirmations.c.person_id == person_id, confirmations.c.method == method, confirmations.c.made_at > since)
    return int(connection.execute(select(func.count()).select_from(confirmations).where(*mine)).scalar_one())


def set_secret(connection: Connection, proof_id: int, secret: str) -> None:
    """Keep the hash of the code that stands in the letter which is being written."""
    connection.execute(update(confirmations).where(confirmations.c.id == proof_id).values(secret=secret, tries=0))


def count_try(connection: Connection, proof_id: int) -> int:
    """One more try; how many there were. Counted before it is looked at, so that guesses at once count as many."""
    counted = update(confirmations).where(confirmations.c.id == proof_id).values(tries=confirmations.c.tries + 1)
    return int(connection.execute(counted.returning(confirmations.c.tries)).scalar_one())


def confirm(connection: Connection, proof_id: int, now: datetime, expires_at: datetime) -> bool:
    """The proof was given; False when it was given or spent before."""
    still = (confirmations.c.id == proof_id, confirmations.c.confirmed_at.is_(None), confirmations.c.used_at.is_(None))
    given = update(confirmations).where(*still).values(confirmed_at=now, expires_at=expires_at)
    return connection.execute(given).rowcount == 1


def confirmed(connection: Connection, person_id: int, act: str, now: datetime) -> Confirmation | None:
    """A proof for this act that was given and not spent yet."""
    row = connection.execute(
        select(confirmations).where(*_of(person_id, act), *_given(now)).order_by(confirmations.c.id.desc()).limit(1)
    ).one_or_none()
    return Confirmation(**row._mapping) if row else None


def spend(connection: Connection, proof_id: int, now: datetime) -> bool:
    """Use the proof up; False when it cannot be used (any more)."""
    used = update(confirmations).where(confirmations.c.id == proof_id, *_given(now)).values(used_at=now)
    return connection.execute(used).rowcount == 1


def drop(connection: Connection, proof_id: int, now: datetime) -> bool:
    """Use up a proof that was asked for, whatever the answer is; False when it was used up before."""
    still = (confirmations.c.id == proof_id, confirmations.c.used_at.is_(None), confirmations.c.confirmed_at.is_(None))
    return connection.execute(update(confirmations).where(*still).values(used_at=now)).rowcount == 1


def failures_from(connection: Connection, person_id: int, place: str) -> tuple[int, datetime | None]:
    """How many codes in a row were wrong from this place, and until when it has to wait.

    The row is locked until the transaction ends, so that many guesses at once count as many.
    """
    row = {"person_id": person_id, "place": place, "failed": 0}
    locked = insert_or_change(connection, code_failures, ["person_id", "place"], ["place"]).values(row)
    kept = connection.execute(locked.returning(code_failures.c.failed, code_failures.c.wait_until)).one()
    return kept.failed, kept.wait_until


def note_failure(connection: Connection, person_id: int, place: str, failed: int, wait_until: datetime | None) -> None:
    """This many codes in a row were wrong from this place."""
    mine = (code_failures.c.person_id == person_id, code_failures.c.place == place)
    connection.execute(update(code_failures).where(*mine).values(failed=failed, wait_until=wait_until))


def forget_failures(connection: Connection, person_id: int, place: str) -> None:
    """A right code ends the row of wrong ones."""
    mine = (code_failures.c.person_id == person_id, code_failures.c.place == place)
    connection.execute(delete(code_failures).where(*mine))


def _of(person_id: int, act: str) -> tuple[Any, ...]:
    return (confirmations.c.person_id == person_id, confirmations.c.act == act)


def _open(now: datetime) -> tuple[Any, ...]:
    columns = confirmations.c
    return (columns.confirmed_at.is_(None), columns.used_at.is_(None), columns.expires_at > now)


def _given(now: datetime) -> tuple[Any, ...]:
    columns = confirmations.c
    return (columns.confirmed_at.is_not(None), columns.used_at.is_(None), columns.expires_at > now)
