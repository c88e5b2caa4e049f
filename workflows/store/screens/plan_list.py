"""The list of plans: state, who holds each, since when and until when; searched without regard to marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from workflows.plans.names import fold
from workflows.store import worklist
from workflows.store.tables.directory import bodies
from workflows.store.tables.plans import plans
from workflows.store.tables.worklist import tasks

from .holding import Held, held_by
from .sight import Sight, may_see

STATUSES = ("draft", "routing", "in_force", "closed", "stopped")


@dataclass(frozen=True)
class PlanRow:
    """One plan of the list; `task` is the most urgent open step of its own process, if one waits for a person."""

    id: int
    title: str
    number: int | None
    symbol: str | None
    issued_on: date | None
    status: str
    unit: str
    office: str
    office_id: int
    created_at: datetime
    task: worklist.TaskRow | None
    held: Held | None
    more: int


@dataclass(frozen=True)
class PlanList:
    """One page of plans, how many there are in all, and how many of each status (of all that may be seen)."""

    rows: list[PlanRow]
    total: int
    counts: dict[str, int]


def list_plans(  # noqa: PLR0917 - what is judged together
    connection: Connection,
    sight: Sight,
    words: str,
    status: str,
    late_only: bool,
    now: datetime,
    on: date,
    page: int,
    size: int,
) -> PlanList:
    """The plans that match; newest first, pages count from 1."""
    seen = may_see(sight)
    counts = {
        row.status: int(row.number)
        for row in connection.execute(
            select(plans.c.status, func.count().label("number")).where(seen).group_by(plans.c.status)
        )
    }
    wanted = and_(seen, *_filters(words, status, late_only, now))
    total = int(connection.execute(select(func.count()).select_from(plans).where(wanted)).scalar_one())
    office = bodies.alias("office")
    rows = connection.execute(
        select(plans, bodies.c.name.label("unit"), office.c.name.label("office"))
        .join(bodies, bodies.c.id == plans.c.drafting_unit_id)
        .join(office, office.c.id == plans.c.office_id)
        .where(wanted)
        .order_by(plans.c.created_at.desc(), plans.c.id.desc())
        .limit(size)
        .offset((page - 1) * size)
    ).all()
    steps = _open_steps(connection, [row.case_id for row in rows if row.case_id])
    firsts = [found[0] for found in steps.values()]
    holding = held_by(connection, firsts, on)
    listed = []
    for row in rows:
        found = steps.get(row.case_id or 0, [])
        first = found[0] if found else None
        listed.append(
            PlanRow(
                row.id,
                row.title,
                row.number,
                row.symbol,
                row.issued_on,
                row.status,
                row.unit,
                row.office,
                row.office_id,
                row.created_at,
                first,
                holding[first.id] if first else None,
                max(0, len(found) - 1),
            )
        )
    return PlanList(listed, total, counts)


def _filters(words: str, status: str, late_only: bool, now: datetime) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if status in STATUSES:
        conditions.append(plans.c.status == status)
    if late_only:
        conditions.append(
            exists().where(
                tasks.c.plan_id == plans.c.id, tasks.c.status == "open", tasks.c.kind == "user", tasks.c.due < now
            )
        )
    for word in words.split():
        conditions.append(_has(word))
    return conditions


def _has(word: str) -> ColumnElement[bool]:
    """A word of the title without marks, or a document number such as 16 or 16/KH-UBND."""
    folded = fold(word)
    in_title = plans.c.fold.contains(folded, autoescape=True) if folded else plans.c.fold == ""
    number, _, symbol = word.partition("/")
    if not number.isascii() or not number.isdecimal() or len(number) > 6:
        return or_(in_title, plans.c.symbol.icontains(word, autoescape=True))
    numbered = plans.c.number == int(number)
    if symbol:
        numbered = and_(numbered, plans.c.symbol.icontains(symbol, autoescape=True))
    return or_(in_title, numbered)


def _open_steps(connection: Connection, case_ids: Sequence[int]) -> dict[int, list[worklist.TaskRow]]:
    """Open steps of these cases, most urgent first."""
    wanted = (
        select(tasks)
        .where(tasks.c.case_id.in_(case_ids), tasks.c.status == "open", tasks.c.kind == "user")
        .order_by(tasks.c.due.is_(None), tasks.c.due, tasks.c.opened_at)
    )
    found: dict[int, list[worklist.TaskRow]] = {}
    for task in worklist.task_rows(connection, wanted) if case_ids else []:
        found.setdefault(task.case_id, []).append(task)
    return found
