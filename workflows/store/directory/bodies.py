"""Bodies: offices and their units, the front, party bodies, groups; each with the days on which it exists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, select

from workflows.errors import NotFound
from workflows.plans.names import fold
from workflows.store.driver import Reading, read_rows
from workflows.store.tables.directory import bodies, body_members

# Kinds of bodies outside the chain of command: they are asked and reminded with courtesy, and answer by their own mail.
GUESTS = ("front", "party", "council", "association", "agency")


@dataclass(frozen=True)
class Body:
    """Whoever can be addressed or can act; `valid_from` and `valid_to` are its first and its last day."""

    id: int
    office_id: int | None
    parent_id: int | None
    kind: str
    level: str | None
    name: str
    short_name: str | None
    place: str | None
    aliases: tuple[str, ...]
    email: str | None
    organ_code: str | None
    valid_from: date | None
    valid_to: date | None
    successor_id: int | None

    @property
    def is_guest(self) -> bool:
        """Whether the body stands outside the chain of command (Mặt trận, Đảng, HĐND, associations, other agencies)."""
        return self.kind in GUESTS

    def exists_on(self, day: date) -> bool:
        """Whether the body is in office on this day."""
        return (self.valid_from is None or self.valid_from <= day) and not self.ended_before(day)

    def ended_before(self, day: date) -> bool:
        """Whether its last day is over."""
        return self.valid_to is not None and self.valid_to < day


# One body: every letter and every act asks for several.
_BODY = Reading(
    f"SELECT {', '.join(Body.__dataclass_fields__)} FROM bodies WHERE id = ?1",  # noqa: S608 - our own names
    [bodies.c[name].type for name in Body.__dataclass_fields__],
)


def body(connection: Connection, body_id: int) -> Body:
    """This body; `NotFound` when there is none."""
    found = find_body_by_id(connection, body_id)
    if found is None:
        raise NotFound("body", id=body_id)
    return found


def find_body_by_id(connection: Connection, body_id: int) -> Body | None:
    """This body; None when there is none."""
    for row in read_rows(connection, _BODY, (body_id,)):
        values = dict(zip(Body.__dataclass_fields__, row, strict=True))
        return Body(**values | {"aliases": tuple(values["aliases"])})
    return None


def bodies_by_id(connection: Connection, ids: Iterable[int]) -> dict[int, Body]:
    """Those of these bodies that there are, by id."""
    rows = connection.execute(select(bodies).where(bodies.c.id.in_(set(ids))))
    return {row.id: body_of_row(row) for row in rows}


def bodies_of(connection: Connection, office_id: int, on: date | None = None) -> list[Body]:
    """The office and everything that belongs to it, in the order of entry; with `on` only what exists that day."""
    rows = connection.execute(select(bodies).where(bodies.c.office_id == office_id).order_by(bodies.c.id))
    found = [body_of_row(row) for row in rows]
    return [each for each in found if on is None or each.exists_on(on)]


def offices(connection: Connection, on: date | None = None) -> list[Body]:
    """Every office in the order of entry; with `on` only those that exist that day."""
    rows = connection.execute(select(bodies).where(bodies.c.kind == "office").order_by(bodies.c.id))
    found = [body_of_row(row) for row in rows]
    return [each for each in found if on is None or each.exists_on(on)]


def body_with_code(connection: Connection, organ_code: str) -> Body | None:
    """The body with this organisation code; None when nobody has it."""
    row = connection.execute(select(bodies).where(bodies.c.organ_code == organ_code)).one_or_none()
    return body_of_row(row) if row else None


def bodies_called(connection: Connection, name: str) -> list[Body]:
    """The bodies with exactly this name or short name, without regard to case and marks, in the order of entry."""
    rows = connection.execute(select(bodies).order_by(bodies.c.id))
    found = [body_of_row(row) for row in rows]
    return [each for each in found if fold(name) in {fold(each.name), fold(each.short_name or "")}]


def in_office(connection: Connection, start: Body, on: date) -> Body | None:
    """This body, or where it ended before the day the one that followed it; None when nobody did, or not yet."""
    seen: set[int] = set()
    current = start
    while current.ended_before(on):
        seen.add(current.id)
        if current.successor_id is None or current.successor_id in seen:
            return None
        current = body(connection, current.successor_id)
    return current if current.exists_on(on) else None


def followed_by(connection: Connection, ids: Iterable[int], on: date) -> dict[int, int]:
    """Bodies that ended before the day and now live on in one of these: predecessor -> the one of these."""
    heirs: dict[int, int] = {}
    reached = {each: each for each in ids}
    while reached:
        rows = read_rows(connection, _ended_into(len(reached)), (on, *reached))
        reached = {ended: reached[successor] for ended, successor in rows if ended not in heirs}
        heirs.update(reached)
    return heirs


@lru_cache(maxsize=64)
def _ended_into(count: int) -> Reading:
    """The bodies that ended before a day and passed on to one of so many bodies; every request asks for a few."""
    places = ", ".join(f"?{at}" for at in range(2, count + 2))
    return Reading(
        f"SELECT id, successor_id FROM bodies WHERE valid_to < ?1 AND successor_id IN ({places})",  # noqa: S608 - numbers
        [bodies.c.id.type, bodies.c.successor_id.type],
    )


def expand_group(connection: Connection, body_id: int, on: date) -> list[Body]:
    """The bodies in office that day behind a group such as "Các ban, ngành xã"; any other body is only itself."""
    found: dict[int, Body] = {}
    open_groups, seen = [body_id], {body_id}
    while open_groups:
        first = in_office(connection, body(connection, open_groups.pop(0)), on)
        if first is None:
            continue
        if first.kind != "group":
            found.setdefault(first.id, first)
            continue
        wanted = select(body_members.c.body_id).where(body_members.c.group_id == first.id)
        members = [each for each in connection.scalars(wanted.order_by(body_members.c.body_id)) if each not in seen]
        seen.update(members)
        open_groups.extend(members)
    return list(found.values())


def members_of(connection: Connection, group_id: int) -> list[int]:
    """The bodies that were put into this group, in the order of entry, whether or not they exist today."""
    wanted = select(body_members.c.body_id).where(body_members.c.group_id == group_id)
    return list(connection.scalars(wanted.order_by(body_members.c.body_id)))


def body_of_row(row: Row[Any]) -> Body:
    """A row of the table as a body."""
    values = row._mapping
    fields = {name: values[name] for name in Body.__dataclass_fields__ if name != "aliases"}
    return Body(**fields, aliases=tuple(values["aliases"]))
