"""What if: the open cases of an office on a virtual clock, with absences and holidays, and what will be late then.

The copy lives in memory and is thrown away; the real database is only read, and no letter is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import Connection

from workflows.engine.calendar import VIETNAM, Calendar
from workflows.errors import Refused
from workflows.log_lines import about
from workflows.store import clockwork
from workflows.store.clockwork import CalendarDay
from workflows.store.copy_of_office import copy_office
from workflows.store.database import Database, open_memory
from workflows.store.local_days import local_day
from workflows.store.screens.days_by_step import days_by_step
from workflows.store.screens.labels import body_names, plan_labels
from workflows.store.screens.roster import Away, Roster, read_roster
from workflows.store.screens.year_of_office import YearOfOffice, body_of

from .foresight import Cause, Expected, Foresight
from .year import Year

MOST_CASES: Final = 200
FARTHEST: Final = timedelta(days=370)
MOST_DAYS: Final = 250
ENOUGH: Final = 3  # cases of this year from which the pace of a step is known; with fewer last year counts


@dataclass(frozen=True)
class Assumed:
    """Who is away, which days are free, and how many working days every step takes (None: as usual)."""

    office_id: int
    until: date
    away: tuple[Away, ...] = ()
    holidays: tuple[date, ...] = ()
    days: int | None = None


@dataclass(frozen=True)
class LateTask:
    """A task that will be late: `days` are working days, None when it is not done within the time looked at."""

    task_id: str
    step: str
    plan_id: int | None
    plan: str
    unit: str
    due: datetime
    expected: datetime | None
    days: int | None
    cause: Cause
    because: tuple[str, ...]
    usual: int


@dataclass(frozen=True)
class Foreseen:
    """The outcome: cases that were copied, tasks that were looked at, the late ones, steps that were not played on."""

    office: str
    since: datetime
    until: date
    cases: int
    all_cases: bool
    tasks: int
    late: Sequence[LateTask]
    stopped: Sequence[str]


def what_if(database: Database, assumed: Assumed, now: datetime) -> Foreseen:
    """What will be late in this office until that day; BAD_HORIZON, BAD_AWAY or BAD_PACE for what makes no sense."""
    today = local_day(now)
    if not today < assumed.until <= today + FARTHEST:
        raise Refused("BAD_HORIZON", field="den_het", value=assumed.until.isoformat())
    if any(each.last < each.first for each in assumed.away):
        raise Refused("BAD_AWAY")
    if assumed.days is not None and not 0 <= assumed.days <= MOST_DAYS:
        raise Refused("BAD_PACE", field="so_ngay")
    copy = open_memory()
    try:
        with about(what_if=assumed.office_id):
            return _foresee(database, copy, assumed, now)
    finally:
        copy.close()


def _foresee(database: Database, copy: Database, assumed: Assumed, now: datetime) -> Foreseen:
    copy.forget_references()
    # Who of elsewhere stands in for whom, or is away, decides what becomes of the office's own cases.
    with database.house.read() as source, copy.write() as target:
        copied = copy_office(source, target, assumed.office_id, MOST_CASES)
        office = body_names(source, [assumed.office_id]).get(assumed.office_id, "")
        pace = _pace(source, assumed.office_id, clockwork.calendar_of(source, assumed.office_id), now)
        for day in assumed.holidays:
            clockwork.set_day(target, CalendarDay(assumed.office_id, day, "off", "Giả định", "Giả định", None))
    with copy.read() as connection:
        calendar = clockwork.calendar_of(connection, assumed.office_id)
        known = read_roster(connection, local_day(now))
    roster = Roster(known.held, known.lent, (*known.away, *assumed.away), known.names)
    end = datetime.combine(assumed.until, time(23, 59, 59), VIETNAM)
    foresight = Foresight(now, end, calendar, roster, pace, assumed.days)
    Year(copy, foresight).run(now, end, {})
    with copy.read() as connection:
        late = _late(connection, foresight, calendar)
    stopped = dict.fromkeys(
        each.task.name for id, each in foresight.expected.items() if foresight.intended[id] is None and each.at
    )
    return Foreseen(
        office, now, assumed.until, copied, copied < MOST_CASES, len(foresight.expected), late, list(stopped)
    )


def _pace(connection: Connection, office_id: int, calendar: Calendar, now: datetime) -> Mapping[tuple[str, str], float]:
    """Working days by step from the office's own past: this year where there is enough of it, else the year before."""
    found: dict[tuple[str, str], float] = {}
    year = local_day(now).year
    for each in (year - 1, year):
        for steps in days_by_step(connection, YearOfOffice(frozenset([office_id]), each), calendar, now).values():
            for step in steps:
                if step.cases >= ENOUGH or (step.process, step.element) not in found:
                    found[step.process, step.element] = step.mean
    return found


def _late(connection: Connection, foresight: Foresight, calendar: Calendar) -> list[LateTask]:
    expected = [each for each in foresight.expected.values() if each.cause is not None]
    plans = plan_labels(connection, [each.task.plan_id for each in expected])
    bodies = {each.task.id: body_of(next(iter(each.task.candidate_groups), None)) for each in expected}
    names = body_names(connection, bodies.values())
    late = []
    for each in expected:
        task, due = each.task, each.task.due
        assert due is not None
        assert each.cause is not None
        label = plans.get(task.plan_id or 0)
        unit = names.get(bodies[task.id] or 0, "")
        late.append(
            LateTask(
                task.id,
                task.name,
                task.plan_id,
                label.title if label else "",
                unit,
                due,
                each.at,
                _days_late(each, due, calendar),
                each.cause,
                each.because,
                each.usual,
            )
        )
    return sorted(late, key=lambda one: (one.cause != "absence", one.due, one.task_id))


def _days_late(expected: Expected, due: datetime, calendar: Calendar) -> int | None:
    return None if expected.at is None else max(calendar.count(due, expected.at), 1)
