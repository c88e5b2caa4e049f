"""Late and done by unit and month: a task counts in the month of its last day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from sqlalchemy import Connection, and_, case, func, or_, select

from workflows.store.local_days import local_day
from workflows.store.tables.worklist import tasks

from .year_of_office import GROUP_OF_TASK, YearOfOffice, body_of

ON_TIME, LATE, OVERDUE, OPEN = "on_time", "late", "overdue", "open"
STATES: Final = (ON_TIME, LATE, OVERDUE, OPEN)
Key = TypeVar("Key", int, "int | None")


@dataclass(frozen=True)
class WorkCount:
    """How many tasks of a body with their last day in this month are in this state; None: of a single person."""

    body_id: int | None
    month: int
    state: str
    number: int


def work_by_month(connection: Connection, asked: YearOfOffice, now: datetime) -> list[WorkCount]:
    """Tasks of people in these offices: done in time or late, or open and late or not yet.

    A task without a last day counts in the month in which it was done, or was opened while it is not.
    """
    start, end = asked.span
    day = func.coalesce(tasks.c.due, tasks.c.closed_at, tasks.c.opened_at)
    state = case(
        (and_(tasks.c.status == "completed", tasks.c.closed_at > tasks.c.due), LATE),
        (tasks.c.status == "completed", ON_TIME),
        (tasks.c.due < now, OVERDUE),
        else_=OPEN,
    ).label("state")
    group = GROUP_OF_TASK.label("group_key")
    wanted = (
        select(group, day.label("day"), state, func.count().label("number"))
        .where(
            tasks.c.office_id.in_(asked.office_ids),
            or_(and_(tasks.c.due >= start, tasks.c.due < end), and_(tasks.c.due.is_(None), day >= start, day < end)),
            tasks.c.kind == "user",
            tasks.c.status.in_(("open", "completed")),
            tasks.c.asked_in.is_(None),
            *asked.narrowed(tasks.c.plan_id),
        )
        .group_by(group, day, state)
    )
    added: dict[tuple[int | None, int, str], int] = {}
    for row in connection.execute(wanted):
        key = (body_of(row.group_key), local_day(row.day).month, row.state)
        added[key] = added.get(key, 0) + row.number
    found = [WorkCount(*key, number) for key, number in added.items()]
    return [each for each in found if asked.unit_id in (None, each.body_id)]


def by_month(found: Sequence[WorkCount]) -> dict[int, dict[str, int]]:
    """The numbers by month and state."""
    return _added(found, lambda each: each.month)


def by_body(found: Sequence[WorkCount]) -> dict[int | None, dict[str, int]]:
    """The numbers by body and state."""
    return _added(found, lambda each: each.body_id)


def _added(found: Sequence[WorkCount], key_of: Callable[[WorkCount], Key]) -> dict[Key, dict[str, int]]:
    added: dict[Key, dict[str, int]] = {}
    for each in found:
        counts = added.setdefault(key_of(each), {})
        counts[each.state] = counts.get(each.state, 0) + each.number
    return added
