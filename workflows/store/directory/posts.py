"""Posts and their holders: who is who on a day, and what a person may act as."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select

from workflows.errors import NotFound
from workflows.store.driver import Reading, read_rows
from workflows.store.in_force import is_held, term_covers_text
from workflows.store.local_days import local_day
from workflows.store.tables.directory import bodies, holdings, people, posts

from .bodies import body, find_body_by_id, followed_by, in_office
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
class Holding:
    """A post held from the first to the last day, on the decision `basis`."""

    id: int
    post_id: int
    body_id: int
    role: str
    title: str
    is_head: bool
    person_id: int
    name: str
    email: str | None
    valid_from: date | None
    valid_to: date | None
    acting: bool
    basis: str | None
    left_on: date | None

    def is_held_on(self, day: date) -> bool:
        """Whether the person holds it that day."""
        begun = self.valid_from is None or self.valid_from <= day
        over = self.valid_to is not None and self.valid_to < day
        return begun and not over and (self.left_on is None or self.left_on > day)


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


def post(connection: Connection, post_id: int) -> Post:
    """This post; NotFound when there is none."""
    row = connection.execute(select(posts).where(posts.c.id == post_id)).one_or_none()
    if row is None:
        raise NotFound("post", id=post_id)
    return Post(**row._mapping)


def holding(connection: Connection, holding_id: int) -> Holding:
    """This holding; NotFound when there is none."""
    row = connection.execute(_terms().where(holdings.c.id == holding_id)).one_or_none()
    if row is None:
        raise NotFound("holding", id=holding_id)
    return Holding(**row._mapping)


def holdings_of_posts(connection: Connection, post_ids: Collection[int]) -> list[Holding]:
    """Who holds, held and will hold these posts, latest first."""
    rows = connection.execute(_terms().where(holdings.c.post_id.in_(post_ids)))
    return [Holding(**row._mapping) for row in rows]


def holdings_of_person(connection: Connection, person_id: int, on: date) -> list[Holding]:
    """What this person holds that day or will hold."""
    not_over = or_(holdings.c.valid_to.is_(None), holdings.c.valid_to >= on)
    rows = connection.execute(_terms().where(holdings.c.person_id == person_id, not_over))
    return [Holding(**row._mapping) for row in rows]


def people_of_office(connection: Connection, office_id: int, on: date) -> list[Person]:
    """Everybody who holds a post in the office or one of its bodies that day, by name."""
    columns = (people.c.id, people.c.name, people.c.email, people.c.left_on)
    of_office = posts.c.body_id.in_(select(bodies.c.id).where(bodies.c.office_id == office_id))
    holding = _held(on).where(of_office).with_only_columns(people.c.id).order_by(None)
    wanted = select(*columns).where(people.c.id.in_(holding)).order_by(people.c.sort_key, people.c.id)
    return [Person(**row._mapping) for row in connection.execute(wanted)]


# `_held` for one person (every request asks this) and for one body (every letter does).
_POSTS_HELD, _POSTS_HELD_IN = (
    Reading(
        "SELECT people.id, people.name, people.email, posts.title, posts.body_id, posts.role, posts.is_head,"  # noqa: S608 - our own names
        " holdings.acting FROM holdings JOIN posts ON posts.id = holdings.post_id"
        f" JOIN people ON people.id = holdings.person_id WHERE {whose} = ?1"
        f" AND {term_covers_text('holdings', '?2')}"
        " AND (people.left_on IS NULL OR people.left_on > ?2)"
        " ORDER BY posts.is_head DESC, posts.rank, posts.id, holdings.id",
        [
            *(people.c[name].type for name in ("id", "name", "email")),
            *(posts.c[name].type for name in ("title", "body_id", "role", "is_head")),
            holdings.c.acting.type,
        ],
    )
    for whose in ("holdings.person_id", "posts.body_id")
)


def posts_held(connection: Connection, person_id: int, on: date) -> list[Holder]:
    """The posts that this person holds that day, highest first."""
    return [Holder(*row) for row in read_rows(connection, _POSTS_HELD, (person_id, on))]


def office_of_person(connection: Connection, person_id: int, on: date) -> int | None:
    """The office in which a person holds the highest post that day; None for somebody without a post."""
    for held in posts_held(connection, person_id, on):
        return body(connection, held.body_id).office_id
    return None


def first_staffed_office(connection: Connection) -> int | None:
    """The office that was entered first of those with somebody in a post of their own; None when there is none."""
    wanted = select(func.min(bodies.c.id)).join(posts, posts.c.body_id == bodies.c.id)
    found: int | None = connection.scalar(
        wanted.join(holdings, holdings.c.post_id == posts.c.id).where(bodies.c.kind == "office")
    )
    return found


def groups_of(connection: Connection, person_id: int, now: datetime) -> frozenset[str]:
    """The groups of the posts held today (in Asia/Ho_Chi_Minh), also for bodies whose work passed on to theirs."""
    today = local_day(now)
    return groups_held(connection, posts_held(connection, person_id, today), today)


def groups_held(connection: Connection, held: Collection[Holder], today: date) -> frozenset[str]:
    """The groups of these posts, also for bodies whose work passed on to theirs; a suspended office's give none."""
    idle = _of_suspended(connection, {each.body_id for each in held})
    working = [each for each in held if each.body_id not in idle]
    inherited = followed_by(connection, {each.body_id for each in working}, today)
    own: set[str] = set()
    for each in working:
        for body_id in (each.body_id, *(old for old, heir in inherited.items() if heir == each.body_id)):
            own |= groups_of_post(each.role, each.is_head, body_id)
    return frozenset(own)


def _of_suspended(connection: Connection, body_ids: set[int]) -> set[int]:
    """Which of these bodies belong to an office that is suspended."""
    rows = read_rows(connection, _suspended(len(body_ids)), tuple(body_ids)) if body_ids else ()
    return {int(body_id) for (body_id,) in rows}


@lru_cache(maxsize=64)
def _suspended(count: int) -> Reading:
    """Those of so many bodies whose office is suspended; every request asks for a few."""
    places = ", ".join(f"?{at}" for at in range(1, count + 1))
    return Reading(
        "SELECT bodies.id FROM office_suspensions AS s JOIN bodies ON bodies.office_id = s.office_id"  # noqa: S608 - numbers
        f" WHERE s.until IS NULL AND bodies.id IN ({places})",
        [bodies.c.id.type],
    )


def holders_of(connection: Connection, group_key: str, on: date) -> list[Holder]:
    """Who is in this group that day by post, highest first, each person once; an ended body's successor answers."""
    role, body_id = parse_group(group_key)
    if role == PERSON:
        return posts_held(connection, body_id, on)[:1]
    known = find_body_by_id(connection, body_id)
    alive = in_office(connection, known, on) if known is not None else None
    return _in_role(posts_held_in(connection, alive.id if alive else body_id, on), role)


def bodies_with(connection: Connection, role: str, on: date) -> set[int]:
    """The bodies in which somebody holds a post of this role that day."""
    wanted = _held(on).where(posts.c.role == role).with_only_columns(posts.c.body_id).order_by(None)
    return set(connection.scalars(wanted))


def posts_held_in(connection: Connection, body_id: int, on: date) -> list[Holder]:
    """The posts of this body that somebody holds that day, highest first."""
    return [Holder(*row) for row in read_rows(connection, _POSTS_HELD_IN, (body_id, on))]


def _in_role(held: Iterable[Holder], role: str) -> list[Holder]:
    """Those in this role (head and member say more than their name), each person once."""
    first: dict[int, Holder] = {}
    for each in held:
        if role in (MEMBER, each.role) or (role == HEAD and each.is_head):
            first.setdefault(each.person_id, each)
    return list(first.values())


def ever_in(connection: Connection, body_id: int) -> set[int]:
    """Everybody who ever held a post of this body."""
    wanted = (
        select(holdings.c.person_id).join(posts, posts.c.id == holdings.c.post_id).where(posts.c.body_id == body_id)
    )
    return set(connection.scalars(wanted))


def terms_of(connection: Connection, person_ids: Collection[int]) -> list[tuple[date | None, date | None]]:
    """The first and the last day of everything that these people hold, held or will hold."""
    wanted = select(holdings.c.valid_from, holdings.c.valid_to).where(holdings.c.person_id.in_(person_ids))
    return [(row.valid_from, row.valid_to) for row in connection.execute(wanted)]


def head_of(connection: Connection, body_id: int, on: date) -> Holder | None:
    """The head of this body that day; None while nobody is."""
    return next(iter(holders_of(connection, group(HEAD, body_id), on)), None)


def _held(on: date) -> Select[Any]:
    """Holdings in force that day, with their posts and people."""
    columns = (people.c.id, people.c.name, people.c.email, posts.c.title, posts.c.body_id, posts.c.role)
    return (
        select(*columns, posts.c.is_head, holdings.c.acting)
        .join_from(holdings, posts, posts.c.id == holdings.c.post_id)
        .join(people, people.c.id == holdings.c.person_id)
        .where(is_held(on))
        .order_by(posts.c.is_head.desc(), posts.c.rank, posts.c.id, holdings.c.id)
    )


def _terms() -> Select[Any]:
    columns = (holdings.c.id, holdings.c.post_id, posts.c.body_id, posts.c.role, posts.c.title, posts.c.is_head)
    of_person = (holdings.c.person_id, people.c.name, people.c.email, people.c.left_on)
    return (
        select(*columns, *of_person, holdings.c.valid_from, holdings.c.valid_to, holdings.c.acting, holdings.c.basis)
        .join_from(holdings, posts, posts.c.id == holdings.c.post_id)
        .join(people, people.c.id == holdings.c.person_id)
        .order_by(holdings.c.valid_to.is_not(None), holdings.c.valid_from.desc(), holdings.c.id.desc())
    )
