"""Posts and their holders: who is who on a day, what a person may act as, and what was lent to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, or_, select

from workflows.errors import NotFound
from workflows.store.local_days import local_day
from workflows.store.tables.directory import bodies, delegations, holdings, people, posts

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


@dataclass(frozen=True)
class Delegation:
    """What one person lent to another for a time; `groups` are those of the lent ones that the lender holds now."""

    id: int
    from_person_id: int
    from_name: str
    to_person_id: int
    capacity: str
    groups: frozenset[str]
    basis: str
    valid_from: datetime
    valid_to: datetime


def person(connection: Connection, person_id: int) -> Person:
    """This person; `NotFound` when there is none."""
    row = connection.execute(select(people).where(people.c.id == person_id)).one_or_none()
    if row is None:
        raise NotFound("person", id=person_id)
    return Person(row.id, row.name, row.email, row.left_on)


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


def lent_to(connection: Connection, person_id: int, now: datetime) -> list[Delegation]:
    """The delegations to this person in force at this instant; what the lender does not hold cannot be lent."""
    today = local_day(now)
    wanted = (
        select(delegations, people.c.name.label("from_name"))
        .join(people, people.c.id == delegations.c.from_person_id)
        .where(delegations.c.to_person_id == person_id, _in_force(now))
        .order_by(delegations.c.id)
    )
    if _gone(connection, person_id, today):
        return []
    found = [_delegation(connection, row, now) for row in connection.execute(wanted).all()]
    return [each for each in found if each.groups]


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


def _in_force(now: datetime) -> ColumnElement[bool]:
    return and_(
        delegations.c.valid_from <= now,
        delegations.c.valid_to > now,
        or_(delegations.c.revoked_at.is_(None), delegations.c.revoked_at > now),
    )


def _gone(connection: Connection, person_id: int, today: date) -> bool:
    left_on = person(connection, person_id).left_on
    return left_on is not None and left_on <= today


def _delegation(connection: Connection, row: Row[Any], now: datetime) -> Delegation:
    return Delegation(
        id=row.id,
        from_person_id=row.from_person_id,
        from_name=row.from_name,
        to_person_id=row.to_person_id,
        capacity=row.capacity,
        groups=groups_of(connection, row.from_person_id, now) & frozenset(row.groups),
        basis=row.basis,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
