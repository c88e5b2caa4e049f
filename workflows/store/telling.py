"""What is to be told: one row an occasion, written in the transaction of the deed, and never twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from .many_rows import insert_many
from .steps import Insert
from .suspending import goes_on
from .tables.telling import outbox
from .upsert import insert_new


@dataclass(frozen=True)
class Occasion:
    """Something that happened and that people should hear of; `addressed_at` is when it became letters."""

    id: int
    key: str
    kind: str
    office_id: int | None
    plan_id: int | None
    case_id: int | None
    task_id: str | None
    data: Mapping[str, Any]
    at: datetime
    addressed_at: datetime | None


def tell(
    connection: Connection,
    kind: str,
    key: str,
    now: datetime,
    *,
    office_id: int | None = None,
    plan_id: int | None = None,
    case_id: int | None = None,
    task_id: str | None = None,
    data: Mapping[str, Any] | None = None,
) -> bool:
    """Note that this is to be told; False when the key says that it was noted before."""
    row = occasion_row(
        kind, key, now, office_id=office_id, plan_id=plan_id, case_id=case_id, task_id=task_id, data=data
    )
    added = connection.execute(insert_new(connection, outbox).values(row).returning(outbox.c.id))
    return added.one_or_none() is not None


def occasion_row(
    kind: str,
    key: str,
    now: datetime,
    *,
    office_id: int | None,
    plan_id: int | None,
    case_id: int | None,
    task_id: str | None,
    data: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """The row of something that is to be told."""
    about = {"office_id": office_id, "plan_id": plan_id, "case_id": case_id, "task_id": task_id}
    return {"kind": kind, "key": key, "at": now, **about, "data": dict(data or {})}


def told_already(connection: Connection, keys: Collection[str]) -> set[str]:
    """Which of these keys were noted before."""
    return set(connection.execute(select(outbox.c.key).where(outbox.c.key.in_(keys))).scalars())


def tell_many(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Note that all of these (rows of `occasion_row`) are to be told; those that were noted before are left out."""
    insert_many(connection, outbox, rows, new=False)


def telling(rows: Sequence[Mapping[str, Any]]) -> Insert:
    """`tell` for several occasions as a step of a command's one write."""
    return Insert(outbox, rows, new_only=True)


def unaddressed(connection: Connection, limit: int) -> list[Occasion]:
    """Occasions of which no letter was written yet, oldest first."""
    untold = select(outbox).where(outbox.c.addressed_at.is_(None), goes_on(outbox.c.office_id))
    wanted = untold.order_by(outbox.c.at, outbox.c.id).limit(limit)
    return [Occasion(**row._mapping) for row in connection.execute(wanted)]


def occasion(connection: Connection, occasion_id: int) -> Occasion | None:
    """This occasion; None when there is none."""
    row = connection.execute(select(outbox).where(outbox.c.id == occasion_id)).one_or_none()
    return Occasion(**row._mapping) if row else None


def occasion_of(connection: Connection, key: str) -> Occasion:
    """The occasion that was noted under this key."""
    return Occasion(**connection.execute(select(outbox).where(outbox.c.key == key)).one()._mapping)


def addressed(connection: Connection, occasion_id: int, now: datetime) -> bool:
    """Note that the letters of this occasion are written; False when somebody else did it first."""
    open_one = (outbox.c.id == occasion_id, outbox.c.addressed_at.is_(None))
    return connection.execute(update(outbox).where(*open_one).values(addressed_at=now)).rowcount == 1
