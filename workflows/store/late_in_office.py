"""What an office's clerks should look at: report cycles that should be open and are not, and steps that are late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from .tables.plans import plans
from .tables.reporting import cycles
from .tables.worklist import tasks

MOST = 200


@dataclass(frozen=True)
class CycleNotOpened:
    """A report cycle whose day has come; `key` is its year, quarter or month."""

    id: int
    plan_id: int
    key: str
    title: str
    opens_on: date


@dataclass(frozen=True)
class LateTask:
    """An open step of a person whose last day is over; `title` is that of its plan, or empty."""

    id: str
    step: str
    title: str
    due: datetime


def cycles_not_opened(connection: Connection, office_id: int, today: date) -> list[CycleNotOpened]:
    """Cycles of plans in force that should be open since today or longer, oldest first."""
    wanted = (
        select(cycles.c.id, cycles.c.plan_id, cycles.c.key, plans.c.title, cycles.c.opens_on)
        .join(plans, plans.c.id == cycles.c.plan_id)
        .where(cycles.c.office_id == office_id, cycles.c.opened_at.is_(None))
        .where(cycles.c.opens_on <= today, plans.c.status == "in_force")
    )
    rows = connection.execute(wanted.order_by(cycles.c.opens_on, cycles.c.id).limit(MOST))
    return [CycleNotOpened(*row) for row in rows]


def late_tasks(connection: Connection, office_id: int, now: datetime) -> list[LateTask]:
    """Open steps of people in this office whose last day is over, the longest first."""
    wanted = (
        select(tasks.c.id, tasks.c.name, plans.c.title, tasks.c.due)
        .outerjoin(plans, plans.c.id == tasks.c.plan_id)
        .where(tasks.c.office_id == office_id, tasks.c.status == "open", tasks.c.kind == "user", tasks.c.due < now)
    )
    rows = connection.execute(wanted.order_by(tasks.c.due, tasks.c.id).limit(MOST))
    return [LateTask(row[0], row[1], row[2] or "", row[3]) for row in rows]
