"""Report rules and their cycles; what the units sent in a cycle is `submissions`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from workflows.engine.calendar import Calendar
from workflows.errors import NotFound

from .many_rows import among, update_many
from .shard import EVERY_OFFICE, Shard
from .suspending import goes_on
from .tables.plans import plans
from .tables.reporting import cycles, report_rules


@dataclass(frozen=True)
class Rule:
    """Who reports to whom; the dues are {"month", "day", "rel"} or None where only the period says when.

    `only` are the keys of the periods where not every one is asked for ("2023-Q3", "Q3").
    """

    id: int
    plan_id: int
    every: str
    units: tuple[int, ...]
    focal_body_id: int
    parent_body_id: int | None
    unit_due: Mapping[str, Any] | None
    office_due: Mapping[str, Any] | None
    assumed: bool
    kind: str = "dinh_ky"
    title: str | None = None
    form: Sequence[Mapping[str, Any]] | None = None
    cutoff_day: int | None = None
    changed_at: datetime | None = None
    changed_by: str | None = None
    reason: str | None = None
    ended_at: datetime | None = None
    only: Sequence[str] = ()

    @property
    def has_no_day(self) -> bool:
        """Whether neither the plan nor a person said when its periodic report is due."""
        return self.is_periodic and self.unit_due is None and self.office_due is None and self.changed_at is None

    @property
    def is_periodic(self) -> bool:
        """Whether it repeats; one on a matter or at once is opened by hand."""
        return self.every != "once"


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
    title: str | None = None
    form: Sequence[Mapping[str, Any]] | None = None
    summary: Mapping[str, Any] | None = None


def add_rule(connection: Connection, values: Mapping[str, Any]) -> int:
    """Insert a rule."""
    return int(connection.execute(insert(report_rules).values(**values).returning(report_rules.c.id)).scalar_one())


def rules_of(connection: Connection, plan_id: int) -> list[Rule]:
    """The report rules of a plan."""
    return [_rule(row) for row in connection.execute(select(report_rules).where(report_rules.c.plan_id == plan_id))]


def forget_rules(connection: Connection, plan_id: int) -> None:
    """Take back what the text of a plan that has not started said, before its reading is confirmed anew.

    A rule that a person set stays.
    """
    connection.execute(
        delete(report_rules).where(report_rules.c.plan_id == plan_id, report_rules.c.changed_at.is_(None))
    )


def change_rule(connection: Connection, rule_id: int, **values: Any) -> None:  # noqa: ANN401 - column values
    """Write these columns of the rule."""
    connection.execute(update(report_rules).where(report_rules.c.id == rule_id).values(**values))


def forget_unopened(connection: Connection, rule_id: int, due_from: date | None) -> None:
    """Take back the cycles of a rule that have not opened and are due from that day on (None: all of them).

    An opened one is never touched, and one that was missed while the clock stood still opens yet.
    """
    unopened = delete(cycles).where(cycles.c.rule_id == rule_id, cycles.c.opened_at.is_(None))
    connection.execute(unopened if due_from is None else unopened.where(cycles.c.office_due >= due_from))


def rule(connection: Connection, rule_id: int) -> Rule:
    """One rule."""
    return _rule(connection.execute(select(report_rules).where(report_rules.c.id == rule_id)).one())


def rules_by_id(connection: Connection, ids: Collection[int]) -> dict[int, Rule]:
    """Those of these rules that there are, by id."""
    found = connection.execute(select(report_rules).where(among(connection, report_rules.c.id, ids)))
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


def same_period(connection: Connection, rule_id: int, key: str) -> Cycle | None:
    """The cycle of this rule with this key, if there is one."""
    row = connection.execute(select(cycles).where(cycles.c.rule_id == rule_id, cycles.c.key == key)).one_or_none()
    return None if row is None else Cycle(**row._mapping)


def cycles_of_plan(connection: Connection, plan_id: int) -> list[Cycle]:
    """The cycles of a plan in the order of their days."""
    rows = connection.execute(
        select(cycles).where(cycles.c.plan_id == plan_id).order_by(cycles.c.unit_due, cycles.c.id)
    )
    return [Cycle(**row._mapping) for row in rows]


def cycles_to_open(connection: Connection, today: date, limit: int, shard: Shard = EVERY_OFFICE) -> list[Cycle]:
    """Cycles of plans in force whose day has come and which are not open yet, oldest first."""
    due = _to_open(select(cycles), today).where(shard.holds(cycles.c.office_id))
    rows = connection.execute(due.order_by(cycles.c.opens_on, cycles.c.id).limit(limit))
    return [Cycle(**row._mapping) for row in rows]


def how_many_to_open(connection: Connection, now: datetime, most: int) -> int:
    """How many cycles are to be opened; counting stops at `most`."""
    due = _to_open(select(cycles.c.id), Calendar().local_day(now)).limit(most).subquery()
    return connection.scalar(select(func.count()).select_from(due)) or 0


def _to_open(columns: Select[Any], today: date) -> Select[Any]:
    due = (cycles.c.opened_at.is_(None), cycles.c.opens_on <= today, plans.c.status == "in_force")
    return columns.join(plans, plans.c.id == cycles.c.plan_id).where(*due, goes_on(cycles.c.office_id))


def claim_cycles(connection: Connection, cycle_ids: Collection[int]) -> set[int]:
    """Take unopened cycles for opening, until this transaction ends; those that nobody else took or is about to."""
    unopened = (among(connection, cycles.c.id, cycle_ids), cycles.c.opened_at.is_(None))
    return set(connection.scalars(select(cycles.c.id).where(*unopened).with_for_update(skip_locked=True)))


def change_cycle(connection: Connection, cycle_id: int, **values: Any) -> None:  # noqa: ANN401 - column values
    """Write these columns of the cycle."""
    connection.execute(update(cycles).where(cycles.c.id == cycle_id).values(**values))


def note_opened(connection: Connection, opened: Mapping[int, tuple[int, Any]], at: datetime) -> None:
    """Note that each of these cycles is open, by which case it is run, and the form that it keeps."""
    rows = [{"was_id": cycle, "opened_at": at, "case_id": case, "form": form} for cycle, (case, form) in opened.items()]
    update_many(connection, cycles, rows)


def awaits_reports(connection: Connection, plan_id: int) -> bool:
    """Whether a periodic report of the plan is still to be sent."""
    wanted = (
        select(cycles.c.id)
        .join(report_rules, report_rules.c.id == cycles.c.rule_id)
        .where(cycles.c.plan_id == plan_id, cycles.c.sent_at.is_(None), report_rules.c.every != "once")
        .limit(1)
    )
    return connection.execute(wanted).first() is not None


def close_cycles(connection: Connection, plan_id: int, at: datetime) -> None:
    """Close the running cycles of a plan that ends; no report of a lower office arrives in them any more."""
    running = (cycles.c.plan_id == plan_id, cycles.c.opened_at.is_not(None), cycles.c.closed_at.is_(None))
    connection.execute(update(cycles).where(*running).values(closed_at=at))


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
        row.kind,
        row.title,
        row.form,
        row.cutoff_day,
        row.changed_at,
        row.changed_by,
        row.reason,
        row.ended_at,
        tuple(row.only or ()),
    )
