"""Whom a work item may be given to, and whom one may ask about it: the one rule of every picker of people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from workflows.store import directory
from workflows.store.directory.groups import MEMBER, PERSON, is_group, parse_group
from workflows.store.worklist import TaskRow

from .labels import body_names

# What only the holders of the named posts may do, whoever hands it to whom (NĐ 30/2020 Điều 13, 14 and 32).
OF_THE_POST = frozenset({"ky", "ky_bao_cao", "cap_so", "cap_so_bao_cao", "phat_hanh"})
MOST_PEOPLE = 400


@dataclass(frozen=True)
class Choice:
    """Somebody who may be chosen: with the post by which people tell them apart, and its body."""

    person_id: int
    name: str
    title: str
    body: str


def may_receive(connection: Connection, task: TaskRow, on: date) -> list[Choice]:
    """Who may get this task: colleagues of its candidates, and for acts of a post only its holders.

    Never who is excluded, nor who holds it now. What one person was asked is passed on to nobody.
    """
    if task.asked_in is not None:
        return []
    keys = [key for key in task.groups if is_group(key) and not key.startswith(f"{PERSON}@")]
    if task.form not in OF_THE_POST:
        keys = [directory.group(MEMBER, body_id) for body_id in bodies_of(connection, task, on)]
    barred = {*task.excluded, task.assignee}
    return [each for each in _holders(connection, keys, on) if str(each.person_id) not in barred]


def may_be_asked(connection: Connection, task: TaskRow, on: date, barred: Iterable[str | None]) -> list[Choice]:
    """Who may be asked: everybody in a post of the office's own bodies and of those around it."""
    if task.office_id is None:
        return []
    keys = [directory.group(MEMBER, body.id) for body in directory.bodies_of(connection, task.office_id, on)]
    return [each for each in _holders(connection, keys, on) if str(each.person_id) not in {*barred, task.assignee}]


def bodies_of(connection: Connection, task: TaskRow, on: date) -> list[int]:
    """The bodies that the task is offered to, or for one person's task those of that person's posts."""
    named = [parse_group(key) for key in task.groups if is_group(key)]
    people = [number for role, number in named if role == PERSON]
    if task.assignee is not None and task.assignee.isdecimal():
        people.append(int(task.assignee))
    bodies = [number for role, number in named if role != PERSON]
    held = [post.body_id for person in people for post in directory.posts_held(connection, person, on)]
    return list(dict.fromkeys(bodies or held))


def _holders(connection: Connection, keys: Iterable[str], on: date) -> list[Choice]:
    found: dict[int, directory.Holder] = {}
    for key in keys:
        for holder in directory.holders_of(connection, key, on):
            found.setdefault(holder.person_id, holder)
    names = body_names(connection, [holder.body_id for holder in found.values()])
    first = list(found.values())[:MOST_PEOPLE]
    return [Choice(each.person_id, each.name, each.title, names.get(each.body_id, "")) for each in first]
