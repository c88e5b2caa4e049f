"""Who could do what: the holders of every post on a day, what they lent, and when they are away; read once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from workflows.store.directory import parse_group
from workflows.store.directory.groups import HEAD, MEMBER, PERSON
from workflows.store.in_force import is_held
from workflows.store.local_days import local_day
from workflows.store.tables.directory import delegations, holdings, people, posts
from workflows.store.tables.organisation import absences


@dataclass(frozen=True)
class Held:
    """A post as somebody holds it."""

    person_id: int
    body_id: int
    role: str
    is_head: bool


@dataclass(frozen=True)
class Lent:
    """Authority that stands in for somebody from one day to another, both included."""

    from_id: int
    to_id: int
    groups: frozenset[str]
    first: date
    last: date


@dataclass(frozen=True)
class Away:
    """Days on which somebody is not there, both included."""

    person_id: int
    first: date
    last: date


@dataclass(frozen=True)
class Roster:
    """The people of an installation as of one day."""

    held: Sequence[Held]
    lent: Sequence[Lent]
    away: Sequence[Away]
    names: Mapping[int, str]

    def holders(self, groups: Iterable[str], assignee: str | None = None) -> list[int]:
        """Whoever may do a task of these groups by a post or by name; only the assignee when there is one."""
        if assignee is not None:
            return [int(assignee)] if assignee.isdecimal() else []
        found: list[int] = []
        for key in groups:
            role, body_id = parse_group(key)
            if role == PERSON:
                found.append(body_id)
            found += [each.person_id for each in self.held if each.body_id == body_id and _is(role, each)]
        return list(dict.fromkeys(found))

    def stand_ins(self, holders: Iterable[int], groups: Iterable[str], day: date) -> list[int]:
        """Whoever has the authority of one of the holders for one of the groups on that day."""
        keys, whose = set(groups), set(holders)
        return [
            each.to_id
            for each in self.lent
            if each.from_id in whose and keys & each.groups and each.first <= day <= each.last
        ]

    def is_away(self, person_id: int, day: date) -> bool:
        """Whether somebody is not there on that day."""
        return any(each.person_id == person_id and each.first <= day <= each.last for each in self.away)


def read_roster(connection: Connection, on: date) -> Roster:
    """Everybody who holds a post on this day, every delegation that is not revoked, every absence from this day on."""
    rows = connection.execute(
        select(holdings.c.person_id, posts.c.body_id, posts.c.role, posts.c.is_head)
        .join(posts, posts.c.id == holdings.c.post_id)
        .join(people, people.c.id == holdings.c.person_id)
        .where(
            is_held(on),
        )
        .order_by(posts.c.is_head.desc(), posts.c.rank, posts.c.id)
    )
    held = [Held(*row) for row in rows]
    lent = connection.execute(select(delegations).where(delegations.c.revoked_at.is_(None)))
    away = connection.execute(
        select(absences.c.person_id, absences.c.first_day, absences.c.last_day).where(
            absences.c.cancelled_at.is_(None), absences.c.last_day >= on
        )
    )
    return Roster(
        held,
        [
            Lent(
                row.from_person_id,
                row.to_person_id,
                frozenset(row.groups),
                local_day(row.valid_from),
                local_day(row.valid_to),
            )
            for row in lent
        ],
        [Away(*row) for row in away],
        {row.id: row.name for row in connection.execute(select(people.c.id, people.c.name))},
    )


def _is(wanted: str, held: Held) -> bool:
    return wanted in (MEMBER, held.role) or (wanted == HEAD and held.is_head)
