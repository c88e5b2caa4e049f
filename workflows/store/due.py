"""What has come due for the clock: timers and levels of escalation, found by a plain query over the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, update

from .escalation_times import Level
from .many_rows import among
from .suspending import goes_on
from .tables.processes import cases
from .tables.worklist import escalations, tasks, timers
from .upsert import insert_new
from .worklist import TaskRow, task_rows


@dataclass(frozen=True)
class DueTimer:
    """A timer whose instant has come."""

    case_id: int
    timer_id: str
    element: str
    due: datetime


def due_timers(connection: Connection, now: datetime, limit: int) -> list[DueTimer]:
    """Timers that should have fired by now, in the order of their instants; those of suspended cases stand still."""
    wanted = (
        select(timers.c.case_id, timers.c.timer_id, timers.c.element, timers.c.due)
        .join_from(timers, cases, cases.c.id == timers.c.case_id)
        .where(timers.c.due <= now, cases.c.suspended.is_(False), goes_on(cases.c.office_id))
        .order_by(timers.c.due, timers.c.case_id, func.length(timers.c.timer_id), timers.c.timer_id)
        .limit(limit)
    )
    return [DueTimer(*row) for row in connection.execute(wanted)]


def due_escalations(connection: Connection, now: datetime, limit: int) -> list[TaskRow]:
    """Open tasks of which somebody should hear by now, longest waiting first; those of suspended cases stand still."""
    wanted = (
        select(tasks)
        .join(cases, cases.c.id == tasks.c.case_id)
        .where(tasks.c.next_escalation_at <= now, tasks.c.status == "open", cases.c.suspended.is_(False))
        .where(goes_on(cases.c.office_id))
    )
    return task_rows(connection, wanted.order_by(tasks.c.next_escalation_at, tasks.c.id).limit(limit))


def how_many_escalations(connection: Connection, now: datetime, most: int) -> int:
    """How many open tasks are due to be spoken of; counting stops at `most`."""
    open_ones = (tasks.c.next_escalation_at <= now, tasks.c.status == "open", goes_on(tasks.c.office_id))
    due = select(tasks.c.id).where(*open_ones).limit(most).subquery()
    return connection.scalar(select(func.count()).select_from(due)) or 0


def levels_told(connection: Connection, task_ids: Iterable[str]) -> dict[str, set[tuple[int, str]]]:
    """The levels (working days, target) that were told already, by task."""
    told: dict[str, set[tuple[int, str]]] = {task_id: set() for task_id in task_ids}
    wanted = select(escalations.c.task_id, escalations.c.level, escalations.c.target)
    for task_id, days, target in connection.execute(wanted.where(among(connection, escalations.c.task_id, told))):
        told[task_id].add((days, target))
    return told


def record_levels(
    connection: Connection,
    told: Sequence[tuple[str, Level]],
    next_at: Mapping[str, datetime | None],
    now: datetime,
) -> None:
    """Note for many tasks at once which levels were told now and when the next one comes; a repeat changes nothing."""
    if told:
        rows = [{"task_id": task_id, "level": one.days, "target": one.target, "at": now} for task_id, one in told]
        connection.execute(insert_new(connection, escalations), rows)
    if next_at:
        still_open = (tasks.c.id == bindparam("row_id"), tasks.c.status == "open")
        new = bindparam("new_at", type_=tasks.c.next_escalation_at.type)
        connection.execute(
            update(tasks).where(*still_open).values(next_escalation_at=new),
            [{"row_id": task_id, "new_at": at} for task_id, at in next_at.items()],
        )
