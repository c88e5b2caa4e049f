"""Jobs for workers outside: each is fetched by one worker, who holds it for a while."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, or_, select, update

from .of_offices import Offices, is_of
from .suspending import goes_on
from .tables.processes import cases
from .tables.worklist import tasks
from .worklist import TaskRow, task_rows


def lock_jobs(
    connection: Connection,
    topics: Collection[str],
    worker: str,
    *,
    now: datetime,
    until: datetime,
    limit: int,
    offices: Offices = None,
) -> list[TaskRow]:
    """Lock open jobs of these topics that nobody holds, most urgent and then oldest first; two never get the same.

    With `offices` only jobs of cases of these (None among them: of no office).
    """
    wanted = (
        _free_jobs(topics, now, offices)
        .order_by(tasks.c.priority.desc(), tasks.c.opened_at, tasks.c.case_id, tasks.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=tasks)
    )
    found = list(connection.scalars(wanted))
    if not found:
        return []
    held = {"locked_by": worker, "locked_until": until}
    connection.execute(update(tasks).where(tasks.c.id.in_(found)).values(held))
    rows = {row.id: row for row in task_rows(connection, select(tasks).where(tasks.c.id.in_(found)))}
    return [rows[each] for each in found]


def any_free(connection: Connection, topics: Collection[str], *, now: datetime, offices: Offices = None) -> bool:
    """Whether `lock_jobs` would find something; a look that locks nothing."""
    return connection.execute(_free_jobs(topics, now, offices).limit(1)).first() is not None


def _free_jobs(topics: Collection[str], now: datetime, offices: Offices) -> Select[Any]:
    free = or_(tasks.c.locked_until.is_(None), tasks.c.locked_until <= now)
    may_try = or_(tasks.c.retries.is_(None), tasks.c.retries > 0)
    wanted = (
        select(tasks.c.id)
        .join(cases, cases.c.id == tasks.c.case_id)
        .where(tasks.c.status == "open", tasks.c.kind == "job", tasks.c.topic.in_(topics), free, may_try)
        .where(cases.c.suspended.is_(False), goes_on(tasks.c.office_id))
    )
    return wanted.where(is_of(tasks.c.office_id, offices))


def set_lock(connection: Connection, task_id: str, worker: str | None, until: datetime | None) -> None:
    """Who holds a job until when; without a worker nobody fetches it before `until`."""
    held = {"locked_by": worker, "locked_until": until}
    connection.execute(update(tasks).where(tasks.c.id == task_id, tasks.c.status == "open").values(held))
