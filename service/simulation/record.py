"""The plan's life as data: every step with its reminders, every report cycle, every review, its end and its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from workflows.plans.numbering import format_number
from workflows.store import directory, issuing, plans, reporting, submitting, yearly
from workflows.store.duties import occurrences_of
from workflows.store.tables.processes import cases
from workflows.store.tables.worklist import escalations, tasks


@dataclass(frozen=True)
class Reminded:
    """A rung of a step's ladder that was reached: working days from the due day, who hears of it, and when."""

    level: int
    target: str
    at: datetime


@dataclass(frozen=True)
class Step:
    """A task of somebody: what it is about (the key of its case), when it opened, was due and closed, and how."""

    about: str
    process: str
    step: str
    name: str
    opened: datetime
    due: datetime | None
    closed: datetime | None
    status: str
    outcome: str | None
    late: bool
    reminders: tuple[Reminded, ...]


@dataclass(frozen=True)
class UnitReport:
    """What one unit sent in a cycle; `status`: chua_gui, da_gui, tra_lai, khong_gui, khong_con."""

    unit: str
    status: str
    sent: datetime | None
    late: bool


@dataclass(frozen=True)
class CycleTime:
    """One report: its window and days as planned, and what became of it. All days are last days, included."""

    key: str
    every: str
    focal: str
    parent: str | None
    window_from: date
    window_to: date
    opens: date
    unit_due: date
    office_due: date
    opened: datetime | None
    sent: datetime | None
    number: str | None
    late: bool
    units: tuple[UnitReport, ...]


@dataclass(frozen=True)
class Reviewed:
    """The review of the plan at the end of one year; `proposal`: giu, sua_doi, thay_the."""

    year: int
    opened: datetime
    proposal: str | None
    decided: datetime | None


@dataclass(frozen=True)
class Life:
    """The days that bound a plan's life; None for what did not happen while it was watched."""

    number: str | None
    issued: date | None
    in_force: datetime | None
    status: str
    ended: datetime | None
    archived: datetime | None


def steps_of(connection: Connection, plan_id: int, end: datetime) -> list[Step]:
    """Every task of the plan's cases in the order of time; late is what was closed, or is still open, after its day."""
    rungs: dict[str, list[Reminded]] = {}
    of_plan = select(escalations).join(tasks, tasks.c.id == escalations.c.task_id).where(tasks.c.plan_id == plan_id)
    for row in connection.execute(of_plan.order_by(escalations.c.at, escalations.c.level)):
        rungs.setdefault(row.task_id, []).append(Reminded(row.level, row.target, row.at))
    wanted = (
        select(tasks, cases.c.business_key)
        .join(cases, cases.c.id == tasks.c.case_id)
        .where(tasks.c.plan_id == plan_id, tasks.c.kind == "user")
        .order_by(tasks.c.opened_at, tasks.c.id)
    )
    names = _matters(connection, plan_id)
    return [
        Step(
            names.get(row.case_id, row.business_key or ""),
            row.process,
            row.element,
            row.name,
            row.opened_at,
            row.due,
            row.closed_at,
            row.status,
            row.outcome,
            row.due is not None and (row.closed_at or end) > row.due,
            tuple(rungs.get(row.id, ())),
        )
        for row in connection.execute(wanted)
    ]


def cycle_times(connection: Connection, plan_id: int, end: datetime) -> list[CycleTime]:
    """The report cycles of the plan in the order of their days, opened or not."""
    return [_cycle_time(connection, cycle, end) for cycle in reporting.cycles_of_plan(connection, plan_id)]


def _cycle_time(connection: Connection, cycle: reporting.Cycle, end: datetime) -> CycleTime:
    rule = reporting.rule(connection, cycle.rule_id)
    names = directory.bodies_by_id(connection, {rule.focal_body_id, rule.parent_body_id or rule.focal_body_id})
    sent_on = (cycle.sent_at or end).astimezone(end.tzinfo).date()
    units = [
        UnitReport(each.body_name, each.status, each.sent_at, each.late)
        for each in submitting.submissions_of(connection, cycle.id)
    ]
    return CycleTime(
        cycle.key,
        rule.every,
        names[rule.focal_body_id].name,
        names[rule.parent_body_id].name if rule.parent_body_id else None,
        cycle.window_from,
        cycle.window_to,
        cycle.opens_on,
        cycle.unit_due,
        cycle.office_due,
        cycle.opened_at,
        cycle.sent_at,
        format_number(cycle.number, cycle.symbol) if cycle.number and cycle.symbol else None,
        sent_on > cycle.office_due,
        tuple(units),
    )


def reviews(connection: Connection, plan_id: int) -> list[Reviewed]:
    """The reviews of the plan, oldest first."""
    return [
        Reviewed(each.year, each.opened_at, each.proposal, each.decided_at)
        for each in yearly.reviews_of(connection, plan_id)
    ]


def life_of(connection: Connection, plan_id: int) -> Life:
    """When the plan was issued, took force, ended and got its file."""
    plan = plans.plan(connection, plan_id)
    line = issuing.register_line_of(connection, "plan", plan_id)
    ended = connection.execute(select(cases.c.ended_at).where(cases.c.id == plan.case_id)).scalar()
    filed = yearly.archives_of(connection, plan_id=plan_id)
    issued = (tasks.c.plan_id == plan_id, tasks.c.form == "phat_hanh", tasks.c.status == "completed")
    return Life(
        format_number(line.number, line.symbol) if line else None,
        line.document_on if line else None,
        connection.execute(select(func.min(tasks.c.closed_at)).where(*issued)).scalar(),
        plan.status,
        ended,
        filed[0].made_at if filed else None,
    )


def _matters(connection: Connection, plan_id: int) -> Mapping[int, str]:
    """What each case of a duty or a cycle is about, as the other lists name it: "nhiệm vụ 13 (2024-02)"."""
    from_cycles = {
        cycle.case_id: f"báo cáo {cycle.key}"
        for cycle in reporting.cycles_of_plan(connection, plan_id)
        if cycle.case_id is not None
    }
    known = {duty.id: duty.no for duty in plans.duties_of(connection, plan_id)}
    from_duties = {
        each.case_id: f"nhiệm vụ {known[each.duty_id]} ({each.key})"
        for each in occurrences_of(connection, known)
        if each.case_id is not None
    }
    from_reviews = {
        each.case_id: f"rà soát {each.year}"
        for each in yearly.reviews_of(connection, plan_id)
        if each.case_id is not None
    }
    own = plans.plan(connection, plan_id).case_id
    return {**from_cycles, **from_duties, **from_reviews, **({own: "kế hoạch"} if own else {})}
