"""Jobs for workers outside: each is fetched by one worker, who holds it for a while."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, or_, select, update

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
    offices: Collection[int] | None = None,
) -> list[TaskRow]:
    """Lock open jobs of these topics that nobody holds, most urgent and then oldest first; two never get the same.

    With `offices` only jobs of cases of these offices, and of no office.
    """
    free = or_(tasks.c.locked_until.is_(None), tasks.c.locked_until <= now)
    may_try = or_(tasks.c.retries.is_(None), tasks.c.retries > 0)
    wanted = (
        select(tasks.c.id)
        .join(cases, cases.c.id == tasks.c.case_id)
        .where(tasks.c.status == "open", tasks.c.kind == "job", tasks.c.topic.in_(topics), free, may_try)
        .where(cases.c.suspended.is_(False))
        .order_by(tasks.c.priority.desc(), tasks.c.opened_at, tasks.c.case_id, tasks.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=tasks)
    )
    if offices is not None:
        wanted = wanted.where(or_(tasks.c.office_id.is_(None), tasks.c.office_id.in_(offices)))
    found = list(connection.scalars(wanted))
    if not found:
        return []
    held = {"locked_by": worker, "locked_until": until}
    connection.execute(update(tasks).where(tasks.c.id.in_(found)).values(held))
    rows = {row.id: row for row in task_rows(connection, select(tasks).where(tasks.c.id.in_(found)))}
    return [rows[each] for each in found]


def set_lock(connection: Connection, task_id: str, worker: str | None, until: datetime | None) -> None:
    """Who holds a job until when; without a worker nobody fetches it before `until`."""
    held = {"locked_by": worker, "locked_until": until}
    connection.execute(update(tasks).where(tasks.c.id == task_id, tasks.c.status == "open").values(held))
