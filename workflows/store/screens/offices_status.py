"""Every office at a glance for whoever runs the house: last visit, open and late work, letters that fail, plans.

One statement whatever the number of offices: each figure is counted once for all of them and joined. Pages go behind a
place in the chosen order, so that offices that come meanwhile neither repeat nor hide others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, FromClause, Select, Subquery, and_, case, func, or_, select

from workflows.plans.names import fold
from workflows.store.keyset import behind
from workflows.store.local_days import local_day
from workflows.store.tables.directory import bodies, holdings, posts, sessions
from workflows.store.tables.founding import office_suspensions
from workflows.store.tables.plans import plans
from workflows.store.tables.telling import deliveries, outbox
from workflows.store.tables.worklist import tasks

FAILING: Final = ("dead", "retry")  # given up, or refused at least once and tried again
SORTS: Final = ("ten", "vao", "mo", "han", "thu", "ke_hoach")
ONLY: Final = ("", "chua_vao", "qua_han", "thu_hong", "tam_ngung")


@dataclass(frozen=True)
class OfficeStatus:
    """One office; `last_seen` is the last visit of anybody in a post of it or of its units."""

    id: int
    name: str
    level: str | None
    above: str | None
    fold: str
    sort_key: str
    last_seen: datetime | None
    open_tasks: int
    late: int
    failing: int
    plans: int
    suspended_since: datetime | None


@dataclass(frozen=True)
class Asked:
    """Which offices, in which order: words of the name, one condition of `ONLY`, one order of `SORTS`; or one alone."""

    words: str = ""
    only: str = ""
    sort: str = "ten"
    office_id: int | None = None


def offices_status(
    connection: Connection, asked: Asked, now: datetime, limit: int, after: Sequence[Any] | None = None
) -> list[OfficeStatus]:
    """The offices in being that are asked for; `after` is the `place` of the last one of the page before."""
    found = _table(now).subquery("office")
    order = _order(found, asked.sort)
    wanted = select(found).where(*_conditions(found, asked)).order_by(*order).limit(limit)
    if after is not None:
        wanted = wanted.where(behind(order, after))
    return [OfficeStatus(**row._mapping) for row in connection.execute(wanted)]


def how_many(connection: Connection, asked: Asked, now: datetime) -> int:
    """How many offices are asked for."""
    found = _table(now).subquery("office")
    counted = select(func.count()).select_from(found).where(*_conditions(found, asked))
    return connection.scalar(counted) or 0


def place(office: OfficeStatus, sort: str) -> tuple[Any, ...]:
    """Where an office stands in this order."""
    by_name = (office.sort_key, office.id)
    counts = {"mo": office.open_tasks, "han": office.late, "thu": office.failing, "ke_hoach": office.plans}
    if sort == "vao":
        return (int(office.last_seen is not None), office.last_seen, *by_name)
    return (-counts[sort], *by_name) if sort in counts else by_name


def kinds_of_place(sort: str) -> tuple[type, ...]:
    """Of what a place in this order is made."""
    first: tuple[type, ...] = {"ten": (), "vao": (int, datetime)}.get(sort, (int,))
    return (*first, str, int)


def _order(found: Subquery, sort: str) -> tuple[ColumnElement[Any], ...]:
    """By name, longest not visited first, or most first; offices of one name keep the order of their entry."""
    by_name = (found.c.sort_key, found.c.id)
    counts = {"mo": "open_tasks", "han": "late", "thu": "failing", "ke_hoach": "plans"}
    if sort == "vao":
        visited = case((found.c.last_seen.is_(None), 0), else_=1)
        return (visited, found.c.last_seen, *by_name)
    return (-found.c[counts[sort]], *by_name) if sort in counts else by_name


def _conditions(found: Subquery, asked: Asked) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if asked.office_id is not None:
        conditions.append(found.c.id == asked.office_id)
    for word in fold(asked.words).split():
        conditions.append(found.c.fold.contains(word, autoescape=True))
    match asked.only:
        case "chua_vao":
            conditions.append(found.c.last_seen.is_(None))
        case "qua_han":
            conditions.append(found.c.late > 0)
        case "thu_hong":
            conditions.append(found.c.failing > 0)
        case "tam_ngung":
            conditions.append(found.c.suspended_since.is_not(None))
        case _:
            pass
    return conditions


def _table(now: datetime) -> Select[Any]:
    """Every office in being with its figures."""
    seen, work, failing, running = _visits(), _work(now), _failing(), _plans()
    above, idle = bodies.alias("above"), office_suspensions
    columns = (
        bodies.c.id,
        bodies.c.name,
        bodies.c.level,
        above.c.name.label("above"),
        bodies.c.fold,
        bodies.c.sort_key,
        seen.c.at.label("last_seen"),
        func.coalesce(work.c.opened, 0).label("open_tasks"),
        func.coalesce(work.c.late, 0).label("late"),
        func.coalesce(failing.c.number, 0).label("failing"),
        func.coalesce(running.c.number, 0).label("plans"),
        idle.c.since.label("suspended_since"),
    )
    joined: FromClause = bodies.outerjoin(above, above.c.id == bodies.c.parent_id)
    for each in (seen, work, failing, running):
        joined = joined.outerjoin(each, each.c.office_id == bodies.c.id)
    joined = joined.outerjoin(idle, and_(idle.c.office_id == bodies.c.id, idle.c.until.is_(None)))
    there = or_(bodies.c.valid_to.is_(None), bodies.c.valid_to >= local_day(now))
    return select(*columns).select_from(joined).where(bodies.c.kind == "office", there)


def _visits() -> Subquery:
    wanted = select(bodies.c.office_id, func.max(sessions.c.seen_at).label("at"))
    wanted = wanted.join_from(sessions, holdings, holdings.c.person_id == sessions.c.person_id)
    wanted = wanted.join(posts, posts.c.id == holdings.c.post_id).join(bodies, bodies.c.id == posts.c.body_id)
    return wanted.group_by(bodies.c.office_id).subquery("seen")


def _work(now: datetime) -> Subquery:
    late = func.sum(case((tasks.c.due < now, 1), else_=0)).label("late")
    wanted = select(tasks.c.office_id, func.count().label("opened"), late)
    return wanted.where(tasks.c.status == "open", tasks.c.kind == "user").group_by(tasks.c.office_id).subquery("work")


def _failing() -> Subquery:
    wanted = select(outbox.c.office_id, func.count().label("number"))
    wanted = wanted.join_from(deliveries, outbox, outbox.c.id == deliveries.c.outbox_id)
    return wanted.where(deliveries.c.status.in_(FAILING)).group_by(outbox.c.office_id).subquery("failing")


def _plans() -> Subquery:
    wanted = select(plans.c.office_id, func.count().label("number")).where(plans.c.status == "in_force")
    return wanted.group_by(plans.c.office_id).subquery("running")
