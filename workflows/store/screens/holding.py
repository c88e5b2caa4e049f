"""Who holds open tasks, in words for lists: people where there are one or two, else the body; one query for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, or_, select

from workflows.store.directory import parse_group
from workflows.store.directory.groups import HEAD, MEMBER, PERSON
from workflows.store.tables.directory import bodies, holdings, people, posts
from workflows.store.worklist import TaskRow

from .labels import person_names

FEW = 2


@dataclass(frozen=True)
class Held:
    """Who may do a task: names of people (few enough to be read), the bodies behind them, or nobody at all."""

    people: tuple[str, ...]
    bodies: tuple[str, ...]
    taken: bool

    @property
    def nobody(self) -> bool:
        """Whether no post behind this task is held by anybody."""
        return not self.people and not self.bodies


def held_by(connection: Connection, found: Sequence[TaskRow], on: date) -> dict[str, Held]:
    """Who may do each of these tasks on that day, by task id."""
    keys = {key for task in found for key in task.groups if not key.startswith(f"{PERSON}@")}
    named = {task.assignee for task in found} | {
        key.partition("@")[2] for task in found for key in task.groups if key.startswith(f"{PERSON}@")
    }
    names = person_names(connection, named)
    members = _members(connection, keys, on)
    return {task.id: _held(task, names, members) for task in found}


def _held(task: TaskRow, names: Mapping[str, str], members: Mapping[str, tuple[list[str], str]]) -> Held:
    if task.assignee is not None:
        return Held((names.get(task.assignee, task.assignee),), (), True)
    called = [names[key.partition("@")[2]] for key in task.groups if key.startswith(f"{PERSON}@")]
    places: list[str] = []
    for key in task.groups:
        if key in members:
            called += members[key][0]
            places.append(members[key][1])
    called, places = list(dict.fromkeys(called)), list(dict.fromkeys(places))
    return Held(tuple(called) if len(called) <= FEW else (), tuple(places), False)


def _members(connection: Connection, keys: Iterable[str], on: date) -> dict[str, tuple[list[str], str]]:
    """Names of the holders and the name of the body, by group key."""
    wanted = {key: parse_group(key) for key in keys}
    rows = connection.execute(
        select(posts.c.body_id, posts.c.role, posts.c.is_head, people.c.name, bodies.c.name.label("body"))
        .join(holdings, holdings.c.post_id == posts.c.id)
        .join(people, people.c.id == holdings.c.person_id)
        .join(bodies, bodies.c.id == posts.c.body_id)
        .where(
            posts.c.body_id.in_({body_id for _, body_id in wanted.values()}),
            or_(holdings.c.valid_from.is_(None), holdings.c.valid_from <= on),
            or_(holdings.c.valid_to.is_(None), holdings.c.valid_to >= on),
            or_(people.c.left_on.is_(None), people.c.left_on > on),
        )
        .order_by(posts.c.is_head.desc(), posts.c.rank, posts.c.id)
    ).all()
    found: dict[str, tuple[list[str], str]] = {}
    for key, (role, body_id) in wanted.items():
        here = [row for row in rows if row.body_id == body_id and _is(role, row.role, row.is_head)]
        if here:
            found[key] = (list(dict.fromkeys(row.name for row in here)), here[0].body)
    return found


def _is(wanted: str, role: str, is_head: bool) -> bool:
    return wanted in (MEMBER, role) or (wanted == HEAD and is_head)
