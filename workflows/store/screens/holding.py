"""Who holds open tasks, in words for lists: people where there are one or two, else the body; one query for all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, select

from workflows.store.directory import parse_group
from workflows.store.directory.groups import HEAD, MEMBER, PERSON
from workflows.store.in_force import is_held
from workflows.store.suspending import suspended_bodies
from workflows.store.tables.directory import holdings, people, posts
from workflows.store.worklist import TaskRow

from .labels import body_names, person_names

FEW = 2


@dataclass(frozen=True)
class Held:
    """Who may do a task: names of people (few enough to be read), and the bodies; `vacant` when no post is held, `idle`
    when all of the bodies belong to offices that are suspended."""

    people: tuple[str, ...]
    bodies: tuple[str, ...]
    vacant: bool = False
    idle: bool = False


def held_by(connection: Connection, found: Sequence[TaskRow], on: date) -> dict[str, Held]:
    """Who may do each of these tasks on that day, by task id."""
    keys = {key for task in found for key in task.groups if not key.startswith(f"{PERSON}@")}
    named = {task.assignee for task in found} | {
        key.partition("@")[2] for task in found for key in task.groups if key.startswith(f"{PERSON}@")
    }
    names = person_names(connection, named)
    body_ids = {parse_group(key)[1] for key in keys}
    places = body_names(connection, body_ids)
    idle = suspended_bodies(connection, body_ids)
    members = _members(connection, keys, on)
    return {task.id: replace(_held(task, names, members, places), idle=_is_idle(task, idle.keys())) for task in found}


def _held(
    task: TaskRow, names: Mapping[str, str], members: Mapping[str, Sequence[str]], places: Mapping[int, str]
) -> Held:
    keys = [key for key in task.groups if not key.startswith(f"{PERSON}@")]
    bodies = tuple(dict.fromkeys(places.get(parse_group(key)[1], "") for key in keys))
    if task.assignee is not None:
        return Held((names.get(task.assignee, task.assignee),), bodies)
    called = [names[key.partition("@")[2]] for key in task.groups if key.startswith(f"{PERSON}@")]
    called += [name for key in keys for name in members.get(key, ())]
    once = tuple(dict.fromkeys(called))
    return Held(once if len(once) <= FEW else (), bodies, vacant=not once)


def _is_idle(task: TaskRow, idle: Collection[int]) -> bool:
    bodies = [parse_group(key)[1] for key in task.groups if not key.startswith(f"{PERSON}@")]
    return bool(bodies) and all(each in idle for each in bodies)


def _members(connection: Connection, keys: Iterable[str], on: date) -> dict[str, list[str]]:
    """Names of the holders by group key."""
    wanted = {key: parse_group(key) for key in keys}
    rows = connection.execute(
        select(posts.c.body_id, posts.c.role, posts.c.is_head, people.c.name)
        .join(holdings, holdings.c.post_id == posts.c.id)
        .join(people, people.c.id == holdings.c.person_id)
        .where(
            posts.c.body_id.in_({body_id for _, body_id in wanted.values()}),
            is_held(on),
        )
        .order_by(posts.c.is_head.desc(), posts.c.rank, posts.c.id)
    ).all()
    return {
        key: [row.name for row in rows if row.body_id == body_id and _is(role, row.role, row.is_head)]
        for key, (role, body_id) in wanted.items()
    }


def _is(wanted: str, role: str, is_head: bool) -> bool:
    return wanted in (MEMBER, role) or (wanted == HEAD and is_head)
