"""The calendar of a plan's duties as it came about: what was to open and be due when, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from workflows.store import directory, duties, plans


@dataclass(frozen=True)
class DutyTime:
    """One time of a duty for one body that leads it; days are included, None where there is none."""

    no: str
    key: str
    lead: str
    opens: date
    due: date | None
    required: int
    opened: datetime | None
    done: datetime | None
    passed_over: str | None


def duty_times(connection: Connection, plan_id: int) -> list[DutyTime]:
    """Every one of them in the order of the plan, then of days."""
    known = {duty.id: duty for duty in plans.duties_of(connection, plan_id)}
    names: dict[int, str] = {}
    found = sorted(duties.occurrences_of(connection, known), key=lambda each: each.duty_id)
    for each in found:
        names.setdefault(each.body_id, directory.body(connection, each.body_id).name)
    return [
        DutyTime(
            known[each.duty_id].no,
            each.key,
            names[each.body_id],
            each.opens_on,
            each.due_on,
            each.required,
            each.opened_at,
            each.done_at,
            each.passed_over,
        )
        for each in found
    ]
