"""The lists beside the inbox: what waits for others, what a unit has, what is watched, and how many of each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select, union

from workflows.store import worklist
from workflows.store.directory.groups import HEAD, MEMBER, ROLES, parse_group
from workflows.store.inbox import COUNTED
from workflows.store.tables.plans import plans
from workflows.store.tables.telling import deliveries, outbox
from workflows.store.tables.work_items import handovers, plan_watches
from workflows.store.tables.worklist import task_groups, tasks

from .inbox import InboxRow, with_people, with_plans
from .labels import PlanLabel, person_names, plan_labels
from .sight import Sight, may_see, sight_of

SHOWN = 50
NEWS_READ = 100
NEWS_SHOWN = 3


@dataclass(frozen=True)
class Listed:
    """One page of a list with how many there are in all: over `total` where they are not all counted."""

    rows: tuple[InboxRow, ...]
    total: int
    uncounted: bool
    holders: tuple[tuple[str, str], ...] = ()  # (id, name) of everybody who holds one of them, whatever the page


@dataclass(frozen=True)
class News:
    """One thing that a watcher was told in the house."""

    text: str
    at: datetime


@dataclass(frozen=True)
class Watched:
    """A plan that the person watches, the steps that are open, and the newest things told of it."""

    plan: PlanLabel
    steps: tuple[str, ...]
    news: tuple[News, ...]


def with_others(  # noqa: PLR0917 - who asks, and for which page
    connection: Connection, person_id: int, name: str, groups: Collection[str], now: datetime, page: int = 1
) -> Listed:
    """Open tasks of others that this person delegated, or in plans that this person made or acted on."""
    return _listed(connection, _of_others(connection, person_id, name, groups), str(person_id), now, page)


def count_with_others(connection: Connection, person_id: int, name: str, groups: Collection[str]) -> int:
    """How many tasks `with_others` shows; counting ends behind `COUNTED`."""
    return len(_of_others(connection, person_id, name, groups))


def _of_others(connection: Connection, person_id: int, name: str, groups: Collection[str]) -> list[worklist.TaskRow]:
    person = str(person_id)
    acted = select(tasks.c.plan_id).where(tasks.c.closed_by == person, tasks.c.plan_id.is_not(None))
    # Plans keep who made them as a name, which somebody in another office may have as well.
    own = sight_of(connection, groups).office_ids
    made = select(plans.c.id).where(plans.c.created_by == name, plans.c.office_id.in_(own))
    lent = select(handovers.c.task_id).where(handovers.c.how == "delegated", handovers.c.by_person == person)
    ways = (tasks.c.plan_id.in_(acted), tasks.c.plan_id.in_(made), tasks.c.id.in_(lent))
    # One after another, each by its index: an "or" of the three reads every task of the house.
    found = union(*(select(tasks.c.id).where(way, tasks.c.status == "open") for way in ways))
    rows = _open(connection, select(tasks).where(tasks.c.id.in_(found)))
    return [
        row
        for row in rows
        if row.assignee != person and (row.assignee is not None or not frozenset(row.groups) & frozenset(groups))
    ]


def of_unit(  # noqa: PLR0917 - who asks, and for which page
    connection: Connection, groups: Collection[str], person: str, now: datetime, holder: str = "", page: int = 1
) -> Listed:
    """Everything that is open in the bodies that this person heads, whoever holds it, or what one of them holds."""
    rows = _of_unit(connection, groups)
    holders = sorted({row.assignee for row in rows if row.assignee})
    names = person_names(connection, holders)
    found = _listed(connection, [row for row in rows if not holder or row.assignee == holder], person, now, page)
    return replace(found, holders=tuple((each, names.get(each, "")) for each in holders))


def count_of_unit(connection: Connection, groups: Collection[str]) -> int:
    """How many tasks `of_unit` shows; counting ends behind `COUNTED`."""
    return len(_of_unit(connection, groups)) if headed(groups) else 0


def _of_unit(connection: Connection, groups: Collection[str]) -> list[worklist.TaskRow]:
    bodies = headed(groups)
    keys = [f"{role}@{body_id}" for role in (*ROLES, MEMBER) for body_id in bodies]
    offered = select(task_groups.c.task_id).where(task_groups.c.group_key.in_(keys))
    return _open(connection, select(tasks).where(tasks.c.id.in_(offered)))


def _listed(connection: Connection, found: Sequence[worklist.TaskRow], person: str, now: datetime, page: int) -> Listed:
    shown = found[(page - 1) * SHOWN : page * SHOWN]
    rows = with_people(connection, with_plans(connection, shown), person, now)
    return Listed(rows, min(len(found), COUNTED), len(found) > COUNTED)


def headed(groups: Collection[str]) -> list[int]:
    """The bodies whose head somebody with these groups is."""
    return sorted(parse_group(key)[1] for key in groups if key.startswith(f"{HEAD}@"))


def watched(connection: Connection, person_id: int, seen: Sight) -> list[Watched]:
    """The plans that this person watches and may still look at, latest first."""
    ids = list(connection.scalars(_watched(person_id, seen).order_by(plan_watches.c.since.desc())))
    labels = plan_labels(connection, ids)
    steps: dict[int, list[str]] = {}
    waiting = select(tasks.c.plan_id, tasks.c.name).where(
        tasks.c.plan_id.in_(ids), tasks.c.status == "open", tasks.c.kind == "user", tasks.c.asked_in.is_(None)
    )
    for plan_id, name in connection.execute(waiting.order_by(tasks.c.opened_at)):
        steps.setdefault(plan_id, []).append(name)
    told: dict[int, list[News]] = {}
    heard = (
        select(outbox.c.plan_id, deliveries.c.text, outbox.c.at)
        .join(outbox, outbox.c.id == deliveries.c.outbox_id)
        .where(deliveries.c.person_id == person_id, outbox.c.kind == "plan_moved", outbox.c.plan_id.in_(ids))
        .order_by(outbox.c.id.desc())
    )
    for plan_id, text, at in connection.execute(heard.limit(NEWS_READ)):
        told.setdefault(plan_id, []).append(News(text, at))
    return [
        Watched(
            labels[plan_id],
            tuple(dict.fromkeys(steps.get(plan_id, ()))),
            tuple(told.get(plan_id, ())[:NEWS_SHOWN]),
        )
        for plan_id in ids
    ]


def count_watched(connection: Connection, person_id: int, seen: Sight) -> int:
    """How many plans `watched` shows."""
    return len(connection.scalars(_watched(person_id, seen)).all())


def _watched(person_id: int, seen: Sight) -> Select[Any]:
    wanted = select(plan_watches.c.plan_id).join(plans, plans.c.id == plan_watches.c.plan_id)
    return wanted.where(plan_watches.c.person_id == person_id, may_see(seen))


def _open(connection: Connection, wanted: Select[tuple[object, ...]]) -> list[worklist.TaskRow]:
    open_ones = wanted.where(tasks.c.status == "open", tasks.c.kind == "user")
    ordered = open_ones.order_by(tasks.c.due.is_(None), tasks.c.due, tasks.c.opened_at, tasks.c.id)
    return worklist.task_rows(connection, ordered.limit(COUNTED + 1))
