"""Who is late with a report: units of the own offices, worst first, and offices that have not sent theirs up."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, and_, func, select

from workflows.store import reporting, submitting, worklist
from workflows.store.tables.plans import plans
from workflows.store.tables.reporting import cycles, submissions
from workflows.store.tables.worklist import escalations
from workflows.store.worklist import TaskRow

from .holding import Held, held_by
from .labels import body_names

NOT_IN = (submitting.NOT_YET, submitting.RETURNED, submitting.NEVER)
SHOWN = 500


@dataclass(frozen=True)
class LateUnit:
    """One report that is not there after its last day; `below` says how far the unit is with its own units."""

    cycle: reporting.Cycle
    title: str
    unit: str
    submission: submitting.Submission | None  # None: the office's own report is late
    due: date
    held: Held | None
    reminded_at: datetime | None
    below: tuple[int, int] | None

    def days(self, today: date) -> int:
        """For how many days it is late."""
        return (today - self.due).days


def late_units(connection: Connection, office_ids: Collection[int], today: date) -> list[LateUnit]:
    """Every late report that these offices wait for or owe, the longest first."""
    waiting = _late_submissions(connection, office_ids, today)
    tasks = _tasks(connection, office_ids)
    holding = held_by(connection, list(tasks.values()), today)
    reminded = _reminded(connection, [task.id for task in tasks.values()])
    below = _below(connection, [sent.body_id for _, _, sent in waiting])
    found = []
    for cycle, title, sent in waiting:
        task = tasks.get((cycle.case_id, sent.body_id)) or tasks.get((None, sent.body_id))
        held = holding.get(task.id) if task else None
        last = reminded.get(task.id) if task else None
        progress = below.get(sent.body_id)
        found.append(LateUnit(cycle, title, sent.body_name, sent, cycle.unit_due, held, last, progress))
    found += _late_offices(connection, office_ids, today)
    return sorted(found, key=lambda each: (each.due, each.title, each.unit))[:SHOWN]


def _late_submissions(
    connection: Connection, office_ids: Collection[int], today: date
) -> list[tuple[reporting.Cycle, str, submitting.Submission]]:
    running = and_(cycles.c.opened_at.is_not(None), cycles.c.closed_at.is_(None))
    rows = connection.execute(
        select(submissions.c.id, cycles.c.id.label("cycle_id"), plans.c.title)
        .join(cycles, cycles.c.id == submissions.c.cycle_id)
        .join(plans, plans.c.id == cycles.c.plan_id)
        .where(running, cycles.c.office_id.in_(office_ids), cycles.c.unit_due < today)
        .where(submissions.c.status.in_(NOT_IN))
        .order_by(cycles.c.unit_due, submissions.c.id)
        .limit(SHOWN)
    ).all()
    by_cycle = {row.cycle_id: reporting.cycle(connection, row.cycle_id) for row in rows}
    sent = {each.id: each for cycle_id in by_cycle for each in submitting.submissions_of(connection, cycle_id)}
    return [(by_cycle[row.cycle_id], row.title, sent[row.id]) for row in rows]


def _late_offices(connection: Connection, office_ids: Collection[int], today: date) -> list[LateUnit]:
    rows = connection.execute(
        select(cycles, plans.c.title.label("plan_title"))
        .join(plans, plans.c.id == cycles.c.plan_id)
        .where(cycles.c.office_id.in_(office_ids), cycles.c.opened_at.is_not(None), cycles.c.closed_at.is_(None))
        .where(cycles.c.office_due < today)
        .order_by(cycles.c.office_due)
        .limit(SHOWN)
    ).all()
    names = body_names(connection, [row.office_id for row in rows])
    fields = reporting.Cycle.__dataclass_fields__
    found = []
    for row in rows:
        cycle = reporting.Cycle(**{name: row._mapping[name] for name in fields})
        tasks = worklist.open_tasks_of(connection, case_id=cycle.case_id) if cycle.case_id else []
        held = held_by(connection, tasks[:1], today).get(tasks[0].id) if tasks else None
        found.append(LateUnit(cycle, row.plan_title, names[cycle.office_id], None, cycle.office_due, held, None, None))
    return found


def _tasks(connection: Connection, office_ids: Collection[int]) -> dict[tuple[int | None, int], TaskRow]:
    """The open task of each unit in each cycle; one that was asked again is known by its unit alone."""
    found: dict[tuple[int | None, int], TaskRow] = {}
    for office_id in office_ids:
        for task in worklist.open_tasks_with_form(connection, office_id, "bao_cao_don_vi"):
            own_case = task.case_id if task.process == "bao_cao" else None
            found[own_case, task.variables.get("don_vi_nop", 0)] = task
    return found


def _reminded(connection: Connection, task_ids: Sequence[str]) -> dict[str, datetime]:
    rows = connection.execute(
        select(escalations.c.task_id, func.max(escalations.c.at).label("at"))
        .where(escalations.c.task_id.in_(task_ids))
        .group_by(escalations.c.task_id)
    )
    return {row.task_id: row.at for row in rows}


def _below(connection: Connection, body_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """How many units of a lower office have sent in its own running cycles."""
    rows = connection.execute(
        select(
            cycles.c.office_id,
            func.count().filter(submissions.c.status == submitting.SENT).label("sent"),
            func.count().label("asked"),
        )
        .join(submissions, submissions.c.cycle_id == cycles.c.id)
        .where(cycles.c.office_id.in_(body_ids), cycles.c.opened_at.is_not(None), cycles.c.closed_at.is_(None))
        .where(submissions.c.status != submitting.GONE)
        .group_by(cycles.c.office_id)
    )
    return {row.office_id: (int(row.sent), int(row.asked)) for row in rows}
