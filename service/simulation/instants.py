"""When the clock has something to do next, as the rounds of the real one have it (flows/schedule.py)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, Select, func, select

from workflows.actions.turn_years import OPENS
from workflows.engine.calendar import VIETNAM
from workflows.store import yearly
from workflows.store.tables.notices import notices
from workflows.store.tables.plans import duties, occurrences
from workflows.store.tables.plans import plans as plan_table
from workflows.store.tables.processes import start_triggers
from workflows.store.tables.reporting import cycles
from workflows.store.tables.worklist import tasks, timers

EACH_MINUTE = ("sign_documents", "run_jobs", "distribute", "fire_timers", "escalate")
EACH_MORNING = ("open_duties", "open_cycles", "turn_years")
EACH_EVENING = ("archive_plans",)
MORNING, EVENING = time(6), time(22)


def next_due(connection: Connection, after: datetime) -> datetime | None:
    """The earliest timer, rung of a ladder, duty, cycle, review or held letter that comes due later than this."""
    wanted = [
        select(func.min(column)).where(column > after)
        for column in (timers.c.due, start_triggers.c.due, tasks.c.next_escalation_at)
    ]
    wanted.append(select(func.min(notices.c.due_at)).where(notices.c.fate == "waiting", notices.c.due_at > after))
    found: list[datetime | None] = [connection.execute(each).scalar() for each in wanted]
    days = [connection.execute(each).scalar() for each in _to_open()]
    next_morning = following(after, MORNING)
    found += [max(at_time(day, MORNING), next_morning) for day in days if day is not None]
    found.append(_next_review(connection, next_morning))
    return min((instant for instant in found if instant is not None), default=None)


def next_archive(connection: Connection, after: datetime) -> datetime | None:
    """The evening on which the file of a plan that is over will be made; None when every one has its file."""
    return following(after, EVENING) if yearly.plans_to_archive(connection, 1) else None


def following(after: datetime, hour: time) -> datetime:
    """The first instant later than this at which it is that time of day."""
    today = after.astimezone(VIETNAM).date()
    there = at_time(today, hour)
    return there if there > after else at_time(today + timedelta(days=1), hour)


def at_time(day: date, hour: time) -> datetime:
    """That time of the day, where the offices are."""
    return datetime.combine(day, hour, VIETNAM)


def _to_open() -> list[Select[tuple[date | None]]]:
    """The first day of the duties, and of the cycles, of plans in force that have not opened; it may be over."""
    duty = (
        select(func.min(occurrences.c.opens_on))
        .join(duties, duties.c.id == occurrences.c.duty_id)
        .join(plan_table, plan_table.c.id == duties.c.plan_id)
        .where(occurrences.c.opened_at.is_(None), occurrences.c.passed_over.is_(None))
    )
    cycle = (
        select(func.min(cycles.c.opens_on))
        .join(plan_table, plan_table.c.id == cycles.c.plan_id)
        .where(cycles.c.opened_at.is_(None))
    )
    return [each.where(plan_table.c.status == "in_force") for each in (duty, cycle)]


def _next_review(connection: Connection, morning: datetime) -> datetime | None:
    """The next turn of a year at which a plan in force waits for its review."""
    day = morning.astimezone(VIETNAM).date()
    for year in (day.year, day.year + 1):
        opens = date(year, *OPENS)
        if opens >= day and yearly.plans_to_review(connection, year, opens, 1):
            return at_time(opens, MORNING)
    return None
