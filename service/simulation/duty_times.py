"""The calendar of a plan's duties as it came about: what was to open and be due when, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from workflows.engine.calendar import VIETNAM
from workflows.store import directory, duties, plans


@dataclass(frozen=True)
class DutyTime:
    """One time of a duty for one body that leads it; days are included, None where there is none."""

    no: str
    title: str
    key: str
    lead: str
    opens: date
    due: date | None
    required: int
    opened: datetime | None
    done: datetime | None
    passed_over: str | None
    late: bool


def duty_times(connection: Connection, plan_id: int, end: datetime) -> list[DutyTime]:
    """Every one of them in the order of the plan, then of days; late: done, or not yet, after the last day."""
    known = {duty.id: duty for duty in plans.duties_of(connection, plan_id)}
    names: dict[int, str] = {}
    found = sorted(duties.occurrences_of(connection, known), key=lambda each: each.duty_id)
    for each in found:
        names.setdefault(each.body_id, directory.body(connection, each.body_id).name)
    return [
        DutyTime(
            known[each.duty_id].no,
            known[each.duty_id].title,
            each.key,
            names[each.body_id],
            each.opens_on,
            each.due_on,
            each.required,
            each.opened_at,
            each.done_at,
            each.passed_over,
            each.opened_at is not None and each.due_on is not None and _day(each.done_at or end) > each.due_on,
        )
        for each in found
    ]


def _day(at: datetime) -> date:
    return at.astimezone(VIETNAM).date()
