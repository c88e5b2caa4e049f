"""How a plan is reported on: its rules in words, and the bodies that a rule may name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, or_, select

from workflows.plans.report_form import Line, form_of
from workflows.store import directory, plans, reporting
from workflows.store.plans import Plan
from workflows.store.tables.directory import bodies
from workflows.store.tables.plans import plans as plan_rows

from .labels import body_names

REPORTING_KINDS = ("office", "unit")


@dataclass(frozen=True)
class RuleSeen:
    """A rule with the names of everybody in it; `running` while it opens cycles."""

    rule: reporting.Rule
    units: Sequence[str]
    focal: str
    parent: str
    form: tuple[Line, ...]
    next_opens: date | None

    @property
    def running(self) -> bool:
        """Whether it is periodic and was not taken back."""
        return self.rule.is_periodic and self.rule.ended_at is None


@dataclass(frozen=True)
class Choices:
    """Who may report, consolidate and receive: (id, name) of bodies in office."""

    units: Sequence[tuple[int, str]]
    focal: Sequence[tuple[int, str]]
    parents: Sequence[tuple[int, str]]


def rules_seen(connection: Connection, plan_id: int) -> list[RuleSeen]:
    """The rules of a plan as they were laid down, those that were taken back too."""
    rules = reporting.rules_of(connection, plan_id)
    named = [body for rule in rules for body in (*rule.units, rule.focal_body_id, rule.parent_body_id)]
    names = body_names(connection, named)
    waiting = [cycle for cycle in reporting.cycles_of_plan(connection, plan_id) if cycle.opened_at is None]
    return [
        RuleSeen(
            rule,
            [names.get(unit, "") for unit in rule.units],
            names.get(rule.focal_body_id, ""),
            names.get(rule.parent_body_id or 0, ""),
            form_of(rule.form),
            min((cycle.opens_on for cycle in waiting if cycle.rule_id == rule.id), default=None),
        )
        for rule in rules
    ]


def unasked(connection: Connection, plan_id: int) -> list[str]:
    """Units and offices that lead a duty of the plan and that no running rule asks, while there is any rule at all."""
    rules = [rule for rule in reporting.rules_of(connection, plan_id) if rule.is_periodic and rule.ended_at is None]
    if not rules:
        return []
    asked = {body for rule in rules for body in (*rule.units, rule.focal_body_id)}
    leads = {lead["body"] for duty in plans.duties_of(connection, plan_id) for lead in duty.leads if lead["body"]}
    rows = connection.execute(
        select(bodies.c.name)
        .where(bodies.c.id.in_(leads - asked), bodies.c.kind.in_(REPORTING_KINDS))
        .where(bodies.c.id != select(plan_rows.c.office_id).where(plan_rows.c.id == plan_id).scalar_subquery())
        .order_by(bodies.c.sort_key)
    )
    return list(rows.scalars())


def choices(connection: Connection, plan: Plan, today: date) -> Choices:
    """Units of the office and offices below it report; units consolidate; any other office may receive."""
    in_office = or_(bodies.c.valid_to.is_(None), bodies.c.valid_to >= today)
    rows = connection.execute(
        select(bodies.c.id, bodies.c.name, bodies.c.kind, bodies.c.office_id, bodies.c.parent_id)
        .where(in_office, bodies.c.kind.in_(REPORTING_KINDS))
        .order_by(bodies.c.kind.desc(), bodies.c.sort_key)
    ).all()
    own = [row for row in rows if row.kind == "unit" and row.office_id == plan.office_id]
    below = [row for row in rows if row.kind == "office" and row.parent_id == plan.office_id]
    office = directory.body(connection, plan.office_id)
    above = [row for row in rows if row.kind == "office" and row.id != plan.office_id and row not in below]
    above.sort(key=lambda row: row.id != office.parent_id)
    return Choices(
        *([(row.id, row.name) for row in found] for found in ([*own, *below], own, above)),
    )
