"""Posts and their holders: who is who on a day, and what a person may act as."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, or_, select

from workflows.errors import NotFound
from workflows.store.local_days import local_day
from workflows.store.tables.directory import bodies, holdings, people, posts

from .bodies import body_of_row, followed_by, in_office
from .groups import HEAD, MEMBER, PERSON, group, groups_of_post, parse_group


@dataclass(frozen=True)
class Person:
    """Somebody who works or worked here; from `left_on` on they hold nothing."""

    id: int
    name: str
    email: str | None
    left_on: date | None


@dataclass(frozen=True)
class Post:
    """A post of a body with its printed title; `rank` orders posts of the same role, 0 first."""

    id: int
    body_id: int
    role: str
    title: str
    is_head: bool
    rank: int


@dataclass(frozen=True)
class Holder:
    """Somebody in a post; `acting` is "Q." (quyền)."""

    person_id: int
    name: str
    email: str | None
    title: str
    body_id: int
    role: str
    is_head: bool
    acting: bool


def person(connection: Connection, person_id: int) -> Person:
    """This person; `NotFound` when there is none."""
    row = connection.execute(select(people).where(people.c.id == person_id)).one_or_none()
    if row is None:
        raise NotFound("person", id=person_id)
    return Person(row.id, row.name, row.email, row.left_on)


def is_gone(connection: Connection, person_id: int, today: date) -> bool:
    """Whether the person left before this day or on it."""
    left_on = person(connection, person_id).left_on
    return left_on is not None and left_on <= today


def posts_of(connection: Connection, body_id: int) -> list[Post]:
    """The posts of this body, highest first."""
    wanted = select(posts).where(posts.c.body_id == body_id).order_by(posts.c.is_head.desc(), posts.c.rank, posts.c.id)
    return [Post(**row._mapping) for row in connection.execute(wanted)]


def posts_held(connection: Connection, person_id: int, on: date) -> list[Holder]:
    """The posts that this person holds that day, highest first."""
    return _holders(connection, _held(on).where(people.c.id == person_id))


def groups_of(connection: Connection, person_id: int, now: datetime) -> frozenset[str]:
    """The groups of the posts held today (in Asia/Ho_Chi_Minh), also for bodies whose work passed on to theirs."""
    today = local_day(now)
    held = posts_held(connection, person_id, today)
    inherited = followed_by(connection, {each.body_id for each in held}, today)
    own: set[str] = set()
    for each in held:
        for body_id in (each.body_id, *(old for old, heir in inherited.items() if heir == each.body_id)):
            own |= groups_of_post(each.role, each.is_head, body_id)
    return frozenset(own)


def holders_of(connection: Connection, group_key: str, on: date) -> list[Holder]:
    """Who is in this group that day by post, highest first, each person once; an ended body's successor answers."""
    role, body_id = parse_group(group_key)
    if role == PERSON:
        return posts_held(connection, body_id, on)[:1]
    row = connection.execute(select(bodies).where(bodies.c.id == body_id)).one_or_none()
    alive = in_office(connection, body_of_row(row), on) if row is not None else None
    wanted = _held(on).where(posts.c.body_id == (alive.id if alive else body_id))
    if role == HEAD:
        wanted = wanted.where(or_(posts.c.is_head, posts.c.role == HEAD))
    elif role != MEMBER:
        wanted = wanted.where(posts.c.role == role)
    first: dict[int, Holder] = {}
    for each in _holders(connection, wanted):
        first.setdefault(each.person_id, each)
    return list(first.values())


def head_of(connection: Connection, body_id: int, on: date) -> Holder | None:
    """The head of this body that day; None while nobody is."""
    return next(iter(holders_of(connection, group(HEAD, body_id), on)), None)


def _held(on: date) -> Select[Any]:
    """Holdings in force that day, with their posts and people."""
    in_force = and_(
        or_(holdings.c.valid_from.is_(None), holdings.c.valid_from <= on),
        or_(holdings.c.valid_to.is_(None), holdings.c.valid_to >= on),
        or_(people.c.left_on.is_(None), people.c.left_on > on),
    )
    columns = (people.c.id, people.c.name, people.c.email, posts.c.title, posts.c.body_id, posts.c.role)
    return (
        select(*columns, posts.c.is_head, holdings.c.acting)
        .join_from(holdings, posts, posts.c.id == holdings.c.post_id)
        .join(people, people.c.id == holdings.c.person_id)
        .where(in_force)
        .order_by(posts.c.is_head.desc(), posts.c.rank, posts.c.id, holdings.c.id)
    )


def _holders(connection: Connection, wanted: Select[Any]) -> list[Holder]:
    return [Holder(*row) for row in connection.execute(wanted)]
