"""How far the report cycles of a year are: what each cycle and each unit has sent, in time or late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection, and_, case, func, select

from workflows.store.tables.plans import plans
from workflows.store.tables.reporting import cycles, submissions

from .year_of_office import YearOfOffice

IN_TIME, SENT_LATE, MISSING, WAITED_FOR = "in_time", "sent_late", "missing", "waited_for"
STATES: Final = (IN_TIME, SENT_LATE, MISSING, WAITED_FOR)


@dataclass(frozen=True)
class CycleProgress:
    """A cycle and its units by state; `sent_at` is when the office's own report left."""

    id: int
    key: str
    plan_id: int
    title: str
    unit_due: date
    office_due: date
    sent_at: datetime | None
    units: Mapping[str, int]


@dataclass(frozen=True)
class Progress:
    """The cycles of a year by due day, and the same units by name over all of them."""

    cycles: list[CycleProgress]
    by_unit: Mapping[str, Mapping[str, int]]


def cycle_progress(connection: Connection, asked: YearOfOffice, today: date) -> Progress:
    """Opened cycles whose report is due in the year; what is not sent is missing once the units' last day is over."""
    state = case(
        (and_(submissions.c.status == "da_gui", submissions.c.late), SENT_LATE),
        (submissions.c.status == "da_gui", IN_TIME),
        (cycles.c.unit_due < today, MISSING),
        else_=WAITED_FOR,
    ).label("state")
    of_cycle = [cycles.c[name] for name in ("id", "key", "plan_id", "unit_due", "office_due", "sent_at")]
    wanted = (
        select(*of_cycle, plans.c.title, submissions.c.body_name, state, func.count().label("number"))
        .join(plans, plans.c.id == cycles.c.plan_id)
        .join(submissions, submissions.c.cycle_id == cycles.c.id)
        .where(
            cycles.c.office_id.in_(asked.office_ids),
            cycles.c.office_due >= asked.first,
            cycles.c.office_due <= asked.last,
            cycles.c.opened_at.is_not(None),
            *asked.narrowed(cycles.c.plan_id),
        )
        .group_by(*of_cycle, plans.c.title, submissions.c.body_name, state)
        .order_by(cycles.c.office_due, cycles.c.id, submissions.c.body_name)
    )
    if asked.unit_id is not None:
        wanted = wanted.where(submissions.c.body_id == asked.unit_id)
    found: dict[int, CycleProgress] = {}
    by_unit: dict[str, dict[str, int]] = {}
    for row in connection.execute(wanted):
        facts = (row.id, row.key, row.plan_id, row.title, row.unit_due, row.office_due, row.sent_at)
        cycle = found.setdefault(row.id, CycleProgress(*facts, {}))
        for counts in (cycle.units, by_unit.setdefault(row.body_name, {})):
            assert isinstance(counts, dict)
            counts[row.state] = counts.get(row.state, 0) + row.number
    return Progress(list(found.values()), by_unit)
