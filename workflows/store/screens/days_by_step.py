"""Where cases spend their days: working days of each step of each process, over the tasks of a year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, select

from workflows.engine.calendar import Calendar
from workflows.store.tables.worklist import tasks

from .year_of_office import GROUP_OF_TASK, YearOfOffice, body_of

MOST: Final = 50_000  # tasks that are looked at, the newest


@dataclass(frozen=True)
class StepDays:
    """A step of a process: working days that a case spends there in the mean and at most, and in how many cases."""

    process: str
    element: str
    name: str
    cases: int
    passes: int
    mean: float
    longest: int
    open_now: int


def days_by_step(
    connection: Connection, asked: YearOfOffice, calendar: Calendar, now: datetime
) -> dict[str, list[StepDays]]:
    """The steps by process, the longest first; tasks that were opened in the year, open ones counted until now.

    Tasks that a case gives to several bodies side by side count once: it is the case's time that is told.
    """
    start, end = asked.span
    wanted = (
        select(
            tasks.c.process,
            tasks.c.element,
            tasks.c.name,
            tasks.c.case_id,
            tasks.c.opened_at,
            tasks.c.closed_at,
            GROUP_OF_TASK.label("group_key"),
        )
        .where(
            tasks.c.office_id.in_(asked.office_ids),
            tasks.c.opened_at >= start,
            tasks.c.opened_at < end,
            tasks.c.kind == "user",
            tasks.c.status.in_(("open", "completed")),
            tasks.c.asked_in.is_(None),
            *asked.narrowed(tasks.c.plan_id),
        )
        .order_by(tasks.c.opened_at.desc())
        .limit(MOST)
    )
    steps: dict[tuple[str, str], _Step] = {}
    for row in connection.execute(wanted):
        if asked.unit_id in (None, body_of(row.group_key)):
            step = steps.setdefault((row.process, row.element), _Step(row.name, {}))
            step.spans.setdefault(row.case_id, []).append((row.opened_at, row.closed_at))
    found: dict[str, list[StepDays]] = {}
    for (process, element), step in steps.items():
        found.setdefault(process, []).append(_measured(process, element, step, calendar, now))
    return {process: sorted(each, key=lambda one: (-one.mean, one.element)) for process, each in sorted(found.items())}


@dataclass(frozen=True)
class _Step:
    name: str
    spans: dict[int, list[tuple[datetime, datetime | None]]]  # by case


def _measured(process: str, element: str, step: _Step, calendar: Calendar, now: datetime) -> StepDays:
    spent = [
        sum(calendar.count(first, last) for first, last in merged((start, end or now) for start, end in spans))
        for spans in step.spans.values()
    ]
    every = [span for spans in step.spans.values() for span in spans]
    return StepDays(
        process,
        element,
        step.name,
        len(step.spans),
        len(every),
        sum(spent) / len(spent),
        max(spent),
        sum(end is None for _, end in every),
    )


def merged(spans: Iterable[tuple[datetime, datetime]]) -> Sequence[tuple[datetime, datetime]]:
    """The same time without overlaps, in order."""
    joined: list[tuple[datetime, datetime]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
