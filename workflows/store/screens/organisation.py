"""The organisation on a screen: bodies as a tree with their posts, who holds them since when, groups, former names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from workflows.store import directory, organisation
from workflows.store.directory import Body, Holding, Post
from workflows.store.organisation import Absence, FormerName
from workflows.store.tables.directory import posts

from .labels import body_names

# They are asked and told, never ordered: the page says so.
OF_THE_OFFICE = ("office", "unit", "group")


@dataclass(frozen=True)
class PostSeen:
    """A post with those who hold it today, and everybody else who held it or will."""

    post: Post
    now: tuple[Holding, ...]
    other: tuple[Holding, ...]


@dataclass(frozen=True)
class BodySeen:
    """A body at its depth in the tree; `successor` and `members` are names."""

    body: Body
    depth: int
    posts: tuple[PostSeen, ...]
    members: Mapping[int, str]
    former: tuple[FormerName, ...]
    successor: str
    ended: bool
    ahead: bool

    @property
    def is_guest(self) -> bool:
        """Whether it stands outside the chain of command."""
        return self.body.kind not in OF_THE_OFFICE


def office_tree(connection: Connection, office_id: int, on: date, *, whole: bool = False) -> list[BodySeen]:
    """The bodies of an office from the root down, in the order of entry; those that ended only with `whole`."""
    found = directory.bodies_of(connection, office_id)
    shown = [each for each in found if whole or not each.ended_before(on)]
    known = {each.id for each in shown}
    children: dict[int | None, list[Body]] = {}
    for each in shown:
        above = each.parent_id if each.parent_id in known and each.parent_id != each.id else None
        children.setdefault(above, []).append(each)
    ordered: list[tuple[Body, int]] = []
    reached: set[int] = set()

    def descend(body: Body, depth: int) -> None:
        if body.id not in reached:
            reached.add(body.id)
            ordered.append((body, depth))
            for child in children.get(body.id, ()):
                descend(child, depth + 1)

    for root in children.get(None, ()):
        descend(root, 0)
    for each in shown:  # a circle of parents has no root; nobody in it may be lost
        descend(each, 0)
    return _seen(connection, ordered, on)


def body_seen(connection: Connection, body_id: int, on: date) -> BodySeen:
    """One body; NotFound when there is none."""
    return _seen(connection, [(directory.body(connection, body_id), 0)], on)[0]


def away_of(connection: Connection, office_id: int, on: date) -> dict[int, list[Absence]]:
    """The absences of the people of an office that are not over, by person."""
    people = [each.id for each in directory.people_of_office(connection, office_id, on)]
    found: dict[int, list[Absence]] = {}
    for each in organisation.absences_of(connection, people, on):
        found.setdefault(each.person_id, []).append(each)
    return found


def _seen(connection: Connection, ordered: Sequence[tuple[Body, int]], on: date) -> list[BodySeen]:
    ids = [body.id for body, _ in ordered]
    wanted = select(posts).where(posts.c.body_id.in_(ids)).order_by(posts.c.is_head.desc(), posts.c.rank, posts.c.id)
    of_body: dict[int, list[Post]] = {}
    for row in connection.execute(wanted):
        of_body.setdefault(row.body_id, []).append(Post(**row._mapping))
    held: dict[int, list[Holding]] = {}
    for each in directory.holdings_of_posts(connection, [post.id for found in of_body.values() for post in found]):
        held.setdefault(each.post_id, []).append(each)
    former = organisation.former_names_of(connection, ids)
    members = {body.id: directory.members_of(connection, body.id) for body, _ in ordered if body.kind == "group"}
    names = body_names(
        connection,
        [body.successor_id for body, _ in ordered] + [each for listed in members.values() for each in listed],
    )
    return [
        BodySeen(
            body,
            depth,
            tuple(_post(post, held.get(post.id, []), on) for post in of_body.get(body.id, ())),
            {each: names[each] for each in members.get(body.id, ())},
            tuple(former.get(body.id, ())),
            names.get(body.successor_id or 0, ""),
            body.ended_before(on),
            body.valid_from is not None and body.valid_from > on,
        )
        for body, depth in ordered
    ]


def _post(post: Post, held: Sequence[Holding], on: date) -> PostSeen:
    now = tuple(each for each in held if each.is_held_on(on))
    return PostSeen(post, now, tuple(each for each in held if each not in now))
