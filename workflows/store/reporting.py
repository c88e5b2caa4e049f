"""Report rules, cycles and submissions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from workflows.errors import NotFound

from .many_rows import insert_many, update_many
from .tables.plans import plans
from .tables.reporting import cycles, report_rules, submissions


@dataclass(frozen=True)
class Rule:
    """Who reports to whom; the dues are {"month", "day", "rel"} or None where only the period says when."""

    id: int
    plan_id: int
    every: str
    units: tuple[int, ...]
    focal_body_id: int
    parent_body_id: int | None
    unit_due: Mapping[str, Any] | None
    office_due: Mapping[str, Any] | None
    assumed: bool


@dataclass(frozen=True)
class Cycle:
    """One period of a rule; `unit_due` and `office_due` are last days, both included."""

    id: int
    rule_id: int
    plan_id: int
    office_id: int
    key: str
    window_from: date
    window_to: date
    opens_on: date
    unit_due: date
    office_due: date
    last: bool
    case_id: int | None
    opened_at: datetime | None
    closed_at: datetime | None
    report: str | None
    report_hash: str | None
    number: int | None
    symbol: str | None
    sent_at: datetime | None


@dataclass(frozen=True)
class Submission:
    """What one unit sent in a cycle."""

    id: int
    cycle_id: int
    body_id: int
    body_name: str
    status: str
    text: str | None
    figures: Mapping[str, Any]
    sent_at: datetime | None
    sent_by: str | None
    late: bool
    source_cycle_id: int | None


def add_rule(connection: Connection, values: Mapping[str, Any]) -> int:
    """Insert a rule."""
    return int(connection.execute(insert(report_rules).values(**values).returning(report_rules.c.id)).scalar_one())


def rules_of(connection: Connection, plan_id: int) -> list[Rule]:
    """The report rules of a plan."""
    return [_rule(row) for row in connection.execute(select(report_rules).where(report_rules.c.plan_id == plan_id))]


def forget_rules(connection: Connection, plan_id: int) -> None:
    """Take back the rules of a plan that has not started, before its reading is confirmed anew."""
    connection.execute(delete(report_rules).where(report_rules.c.plan_id == plan_id))


def rule(connection: Connection, rule_id: int) -> Rule:
    """One rule."""
    return _rule(connection.execute(select(report_rules).where(report_rules.c.id == rule_id)).one())


def rules_by_id(connection: Connection, ids: Collection[int]) -> dict[int, Rule]:
    """Those of these rules that there are, by id."""
    found = connection.execute(select(report_rules).where(report_rules.c.id.in_(ids)))
    return {row.id: _rule(row) for row in found}


def add_cycles(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the cycles of a rule; they open by themselves when their day comes."""
    if rows:
        connection.execute(insert(cycles), [dict(row) for row in rows])


def cycle(connection: Connection, cycle_id: int) -> Cycle:
    """One cycle, or NotFound."""
    row = connection.execute(select(cycles).where(cycles.c.id == cycle_id)).one_or_none()
    if row is None:
        raise NotFound("cycle", id=cycle_id)
    return Cycle(**row._mapping)


def cycle_of_case(connection: Connection, case_id: int) -> Cycle | None:
    """The cycle that this case runs, if it runs one."""
    found = connection.execute(select(cycles.c.id).where(cycles.c.case_id == case_id)).scalar_one_or_none()
    return cycle(connection, found) if found is not None else None


def cycles_of_plan(connection: Connection, plan_id: int) -> list[Cycle]:
    """The cycles of a plan in the order of their days."""
    rows = connection.execute(
        select(cycles).where(cycles.c.plan_id == plan_id).order_by(cycles.c.unit_due, cycles.c.id)
    )
    return [Cycle(**row._mapping) for row in rows]


def cycles_to_open(connection: Connection, today: date, limit: int) -> list[Cycle]:
    """Cycles of plans in force whose day has come and which are not open yet, oldest first."""
    rows = connection.execute(
        select(cycles)
        .join(plans, plans.c.id == cycles.c.plan_id)
        .where(cycles.c.opened_at.is_(None), cycles.c.opens_on <= today, plans.c.status == "in_force")
        .order_by(cycles.c.opens_on, cycles.c.id)
        .limit(limit)
    )
    return [Cycle(**row._mapping) for row in rows]


def claim_cycles(connection: Connection, cycle_ids: Collection[int], at: datetime) -> set[int]:
    """Take unopened cycles for opening; those that nobody else took, and nobody is about to."""
    unopened = (cycles.c.id.in_(cycle_ids), cycles.c.opened_at.is_(None))
    free = select(cycles.c.id).where(*unopened).order_by(cycles.c.id).with_for_update(skip_locked=True)
    mine = set(connection.scalars(free))
    taken = update(cycles).where(cycles.c.id.in_(mine), cycles.c.opened_at.is_(None)).values(opened_at=at)
    connection.execute(taken)
    return mine


def change_cycle(connection: Connection, cycle_id: int, **values: Any) -> None:  # noqa: ANN401 - column values
    """Write these columns of the cycle."""
    connection.execute(update(cycles).where(cycles.c.id == cycle_id).values(**values))


def give_cases(connection: Connection, case_ids: Mapping[int, int]) -> None:
    """Note by which case each of these cycles is run."""
    update_many(connection, cycles, [{"was_id": cycle, "case_id": case} for cycle, case in case_ids.items()])


def close_cycles(connection: Connection, plan_id: int, at: datetime) -> None:
    """Close the running cycles of a plan that ends; no report of a lower office arrives in them any more."""
    running = (cycles.c.plan_id == plan_id, cycles.c.opened_at.is_not(None), cycles.c.closed_at.is_(None))
    connection.execute(update(cycles).where(*running).values(closed_at=at))


def add_submissions(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Expect a submission of each of these bodies."""
    insert_many(connection, submissions, rows)


def submissions_of(connection: Connection, cycle_id: int) -> list[Submission]:
    """The submissions of a cycle in the order of the units."""
    rows = connection.execute(select(submissions).where(submissions.c.cycle_id == cycle_id).order_by(submissions.c.id))
    return [Submission(**row._mapping) for row in rows]


def submission_of(connection: Connection, cycle_id: int, body_id: int) -> Submission:
    """What this body was asked to send in this cycle, or NotFound."""
    row = connection.execute(
        select(submissions).where(submissions.c.cycle_id == cycle_id, submissions.c.body_id == body_id)
    ).one_or_none()
    if row is None:
        raise NotFound("submission", cycle=cycle_id, body=body_id)
    return Submission(**row._mapping)


def change_submission(connection: Connection, submission_id: int, **values: Any) -> None:  # noqa: ANN401 - columns
    """Write these columns of the submission."""
    connection.execute(update(submissions).where(submissions.c.id == submission_id).values(**values))


def open_cycle_expecting(connection: Connection, parent_office_id: int, body_id: int, on: date) -> Submission | None:
    """The submission of this body in a running cycle of the parent office whose window holds that day."""
    row = connection.execute(
        select(submissions)
        .join(cycles, cycles.c.id == submissions.c.cycle_id)
        .where(
            cycles.c.office_id == parent_office_id,
            cycles.c.opened_at.is_not(None),
            cycles.c.closed_at.is_(None),
            cycles.c.window_from <= on,
            submissions.c.body_id == body_id,
            submissions.c.status == "chua_gui",
        )
        .order_by(cycles.c.office_due)
        .limit(1)
    ).one_or_none()
    return None if row is None else Submission(**row._mapping)


def _rule(row: Row[Any]) -> Rule:
    return Rule(
        row.id,
        row.plan_id,
        row.every,
        tuple(row.units),
        row.focal_body_id,
        row.parent_body_id,
        row.unit_due,
        row.office_due,
        row.assumed,
    )
