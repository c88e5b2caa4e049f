"""The duties of all plans that somebody sees, one row a time of a duty: its state, how far it is, how late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from workflows.store.tables.directory import bodies
from workflows.store.tables.plans import duties, occurrences, plans
from workflows.store.tables.worklist import tasks

from .sight import Sight, may_see
from .who_helps import helped_by

BEFORE, AT_WORK, REPORTED, DONE, PASSED_OVER, ENDED = "chua_mo", "dang_lam", "cho_xac_nhan", "xong", "qua", "thoi"
STATES = (BEFORE, AT_WORK, REPORTED, DONE, PASSED_OVER, ENDED)
OPEN_STATES = (AT_WORK, REPORTED)


@dataclass(frozen=True)
class DutyQuery:
    """What is asked for; empty fields ask nothing. `first` and `last` are days that the time of the duty touches."""

    plan_id: int | None = None
    body_id: int | None = None
    helper_id: int | None = None
    state: str = ""
    late: bool = False
    first: date | None = None
    last: date | None = None
    order: str = "han"
    backwards: bool = False


@dataclass(frozen=True)
class DutyLine:
    """One time of a duty for one body that leads it; `task_id` is the open work item."""

    id: int
    plan_id: int
    plan_title: str
    office_id: int
    duty_id: int
    no: str
    title: str
    products: tuple[str, ...]
    time: Any
    kind: str
    body_id: int
    lead: str
    key: str
    opens_on: date
    due_on: date | None
    ends_on: date | None
    required: int
    done_count: int
    percent: int | None
    result: str | None
    state: str
    task_id: str | None
    late_days: int

    @property
    def unit(self) -> str | None:
        """What is counted ("số", "mục"), where the plan says so."""
        shapes = self.time if isinstance(self.time, list) else [self.time or {}]
        number, _, _ = self.key.partition(":")
        at = int(number) - 1 if ":" in self.key and number.isdecimal() else 0
        return shapes[at].get("unit") if at < len(shapes) else None


@dataclass(frozen=True)
class UnitTotal:
    """What a body leads in what was asked for."""

    body_id: int
    name: str
    given: int
    done: int
    at_work: int
    late: int

    @property
    def share(self) -> int:
        """How many of a hundred are done."""
        return 100 * self.done // self.given if self.given else 0


def duty_lines(  # noqa: PLR0917 - what is asked and which page of it
    connection: Connection, sight: Sight, query: DutyQuery, today: date, limit: int, offset: int = 0
) -> list[DutyLine]:
    """The lines that match, in the order that was asked for."""
    wanted = _asked(connection, _lines(), sight, query, today).order_by(*_order(query), occurrences.c.id)
    rows = connection.execute(wanted.limit(limit).offset(offset))
    return [_line(dict(row._mapping), today) for row in rows]


def unit_totals(connection: Connection, sight: Sight, query: DutyQuery, today: date) -> list[UnitTotal]:
    """Per body what was given, is done, at work, late; by name."""
    number = func.count
    wanted = _joined(
        select(
            bodies.c.id,
            bodies.c.name,
            number().label("given"),
            number(case((_STATE == DONE, 1))).label("done"),
            number(case((_STATE.in_(OPEN_STATES), 1))).label("at_work"),
            number(case((_late(today), 1))).label("late"),
        )
    )
    rows = connection.execute(
        _asked(connection, wanted, sight, query, today)
        .where(_STATE.in_((BEFORE, AT_WORK, REPORTED, DONE)))
        .group_by(bodies.c.id, bodies.c.name)
        .order_by(bodies.c.sort_key, bodies.c.id)
    )
    return [UnitTotal(*row) for row in rows]


def leading_bodies(connection: Connection, sight: Sight) -> dict[int, str]:
    """The bodies that lead anything that is seen, by name."""
    named = _joined(select(bodies.c.id, bodies.c.name, bodies.c.sort_key))
    wanted = named.where(may_see(sight)).distinct().order_by(bodies.c.sort_key, bodies.c.id)
    return {row.id: row.name for row in connection.execute(wanted)}


def plans_with_duties(connection: Connection, sight: Sight) -> dict[int, str]:
    """The plans whose duties are seen, newest first."""
    wanted = _joined(select(plans.c.id, plans.c.title)).where(may_see(sight)).distinct().order_by(plans.c.id.desc())
    return {row.id: row.title for row in connection.execute(wanted)}


_open_task = and_(tasks.c.case_id == occurrences.c.case_id, tasks.c.status == "open", tasks.c.kind == "user")
_STATE: ColumnElement[str] = case(
    (occurrences.c.passed_over.is_not(None), PASSED_OVER),
    (occurrences.c.done_at.is_not(None), DONE),
    (plans.c.status != "in_force", ENDED),
    (occurrences.c.case_id.is_(None), BEFORE),
    (select(tasks.c.id).where(_open_task, tasks.c.form == "xac_nhan").correlate(occurrences).exists(), REPORTED),
    else_=AT_WORK,
)


def _joined(wanted: Select[Any]) -> Select[Any]:
    return (
        wanted.select_from(occurrences)
        .join(duties, duties.c.id == occurrences.c.duty_id)
        .join(plans, plans.c.id == duties.c.plan_id)
        .join(bodies, bodies.c.id == occurrences.c.body_id)
    )


def _lines() -> Select[Any]:
    own_task = select(func.min(tasks.c.id)).where(_open_task, tasks.c.asked_in.is_(None)).correlate(occurrences)
    return _joined(
        select(
            occurrences.c.id,
            plans.c.id.label("plan_id"),
            plans.c.title.label("plan_title"),
            plans.c.office_id,
            occurrences.c.duty_id,
            duties.c.no,
            duties.c.title,
            duties.c.products,
            duties.c.time,
            duties.c.kind,
            occurrences.c.body_id,
            bodies.c.name.label("lead"),
            occurrences.c.key,
            occurrences.c.opens_on,
            occurrences.c.due_on,
            occurrences.c.ends_on,
            occurrences.c.required,
            occurrences.c.done_count,
            occurrences.c.percent,
            occurrences.c.result,
            _STATE.label("state"),
            own_task.scalar_subquery().label("task_id"),
        )
    )


def _asked(connection: Connection, wanted: Select[Any], sight: Sight, query: DutyQuery, today: date) -> Select[Any]:
    wanted = wanted.where(may_see(sight))
    if query.plan_id is not None:
        wanted = wanted.where(plans.c.id == query.plan_id)
    if query.body_id is not None:
        wanted = wanted.where(occurrences.c.body_id == query.body_id)
    if query.helper_id is not None:
        wanted = wanted.where(helped_by(connection, query.helper_id))
    if query.state:
        wanted = wanted.where(_STATE.in_((query.state,)))
    if query.late:
        wanted = wanted.where(_late(today))
    if query.first is not None and query.last is not None:
        ends = func.coalesce(occurrences.c.due_on, occurrences.c.ends_on, occurrences.c.opens_on)
        still_open = and_(_STATE.in_(OPEN_STATES), occurrences.c.opens_on <= query.last)
        wanted = wanted.where(or_(still_open, and_(occurrences.c.opens_on <= query.last, ends >= query.first)))
    return wanted


def _late(today: date) -> ColumnElement[bool]:
    return and_(_STATE.in_(OPEN_STATES), occurrences.c.due_on < today)


def _order(query: DutyQuery) -> list[ColumnElement[Any]]:
    orders: Mapping[str, list[ColumnElement[Any]]] = {
        "han": [func.coalesce(occurrences.c.due_on, date.max), occurrences.c.opens_on],
        "don_vi": [bodies.c.name, occurrences.c.opens_on],
        "nhiem_vu": [occurrences.c.duty_id, occurrences.c.opens_on],
        "tien_do": [func.coalesce(occurrences.c.percent, 0), occurrences.c.opens_on],
    }
    chosen = orders.get(query.order, orders["han"])
    return [column.desc() for column in chosen] if query.backwards else chosen


def _line(row: Mapping[str, Any], today: date) -> DutyLine:
    due = row["due_on"]
    late = (today - due).days if due is not None and row["state"] in OPEN_STATES else 0
    return DutyLine(**{**row, "products": tuple(row["products"])}, late_days=max(0, late))
