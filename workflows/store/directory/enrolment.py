"""Entering the organisation: bodies and their names, posts, people, and who holds what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from workflows.errors import Refused
from workflows.plans.names import body_key, fold
from workflows.plans.organ_codes import is_organ_code
from workflows.plans.vietnamese_order import order_key, person_key
from workflows.store.tables.directory import (
    bodies,
    body_members,
    body_names,
    holdings,
    people,
    posts,
)

from .bodies import body, body_with_code
from .groups import ROLES
from .search import LOOSE

KINDS = ("office", "unit", "front", "party", "council", "association", "agency", "group")


def add_body(
    connection: Connection,
    *,
    kind: str,
    name: str,
    office_id: int | None = None,
    parent_id: int | None = None,
    level: str | None = None,
    short_name: str | None = None,
    place: str | None = None,
    aliases: Sequence[str] = (),
    email: str | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> int:
    """Enter a body and return its id; an office without `office_id` is its own authority."""
    if kind not in KINDS:
        raise Refused("BAD_KIND", kind=kind)
    if valid_from and valid_to and valid_to < valid_from:
        raise Refused("BAD_PERIOD", valid_from=valid_from.isoformat(), valid_to=valid_to.isoformat())
    row = {
        "kind": kind,
        "name": name,
        "office_id": office_id,
        "parent_id": parent_id,
        "level": level,
        "short_name": short_name,
        "place": place,
        "aliases": list(aliases),
        "fold": fold(name),
        "sort_key": order_key(name),
        "email": email,
        "valid_from": valid_from,
        "valid_to": valid_to,
    }
    body_id = int(connection.execute(insert(bodies).values(row).returning(bodies.c.id)).scalar_one())
    if kind == "office" and office_id is None:
        connection.execute(update(bodies).where(bodies.c.id == body_id).values(office_id=body_id))
    _index_names(connection, body_id)
    return body_id


def give_code(connection: Connection, body_id: int, organ_code: str) -> None:
    """Enter the body's organisation code ("000.00.16.H56"); one that is known stays with its body (QĐ 20/2020)."""
    if not is_organ_code(organ_code):
        raise Refused("BAD_ORGAN_CODE", organ=organ_code[:40])
    holder = body_with_code(connection, organ_code)
    if holder is not None and holder.id != body_id:
        raise Refused("ORGAN_CODE_TAKEN", organ=organ_code, by=holder.name)
    connection.execute(update(bodies).where(bodies.c.id == body_id).values(organ_code=organ_code))


def add_alias(connection: Connection, body_id: int, alias: str) -> None:
    """Let this body be found under one more name, for instance as a plan writes it."""
    known = body(connection, body_id).aliases
    if alias in known:
        return
    connection.execute(update(bodies).where(bodies.c.id == body_id).values(aliases=[*known, alias]))
    _index_names(connection, body_id)


def call(
    connection: Connection, body_id: int, name: str, short_name: str | None, also: Sequence[str | None] = ()
) -> None:
    """Give a body its newest name; it is found under the names that it had `also`."""
    known = body(connection, body_id).aliases
    aliases = list(dict.fromkeys([*known, *(each for each in also if each)]))
    spelled = {"fold": fold(name), "sort_key": order_key(name)}
    values = {"name": name, "short_name": short_name, "aliases": aliases, **spelled}
    connection.execute(update(bodies).where(bodies.c.id == body_id).values(values))
    _index_names(connection, body_id)


def change_body(connection: Connection, body_id: int, **values: Any) -> None:  # noqa: ANN401 - column values
    """Write these columns of a body; its names are found again as they are now."""
    connection.execute(update(bodies).where(bodies.c.id == body_id).values(values))
    _index_names(connection, body_id)


def end_body(connection: Connection, body_id: int, last_day: date, successor_id: int | None = None) -> None:
    """Close a body after its last day; its names, open work and letters pass to the successor."""
    values = {"valid_to": last_day, "successor_id": successor_id}
    connection.execute(update(bodies).where(bodies.c.id == body(connection, body_id).id).values(values))


def restore_body(connection: Connection, body_id: int) -> None:
    """Take back the end of a body."""
    connection.execute(update(bodies).where(bodies.c.id == body_id).values(valid_to=None, successor_id=None))


def add_member(connection: Connection, group_id: int, body_id: int) -> None:
    """Put a body into a group; `BAD_KIND` when the first is no group."""
    if body(connection, group_id).kind != "group":
        raise Refused("BAD_KIND", kind=body(connection, group_id).kind)
    connection.execute(insert(body_members).values(group_id=group_id, body_id=body_id))


def remove_member(connection: Connection, group_id: int, body_id: int) -> bool:
    """Take a body out of a group; False when it is not in it."""
    this = (body_members.c.group_id == group_id, body_members.c.body_id == body_id)
    return connection.execute(delete(body_members).where(*this)).rowcount == 1


def add_post(
    connection: Connection, body_id: int, role: str, title: str, *, is_head: bool = False, rank: int = 0
) -> int:
    """Enter a post and return its id; `title` is printed under a signature as it stands."""
    if role not in ROLES:
        raise Refused("BAD_ROLE", role=role)
    row = {"body_id": body_id, "role": role, "title": title, "is_head": is_head, "rank": rank}
    return int(connection.execute(insert(posts).values(row).returning(posts.c.id)).scalar_one())


def add_person(connection: Connection, name: str, email: str | None = None) -> int:
    """Enter a person and return the id."""
    entered = insert(people).values(name=name, email=email, sort_key=person_key(name)).returning(people.c.id)
    return int(connection.execute(entered).scalar_one())


def hold(
    connection: Connection,
    post_id: int,
    person_id: int,
    *,
    valid_from: date | None = None,
    valid_to: date | None = None,
    acting: bool = False,
    basis: str | None = None,
) -> int:
    """Put a person into a post from the first to the last day, and return the id of the holding."""
    if valid_from and valid_to and valid_to < valid_from:
        raise Refused("BAD_PERIOD", valid_from=valid_from.isoformat(), valid_to=valid_to.isoformat())
    row = {"post_id": post_id, "person_id": person_id, "valid_from": valid_from, "valid_to": valid_to}
    entered = insert(holdings).values(**row, acting=acting, basis=basis).returning(holdings.c.id)
    return int(connection.execute(entered).scalar_one())


def end_holding(connection: Connection, holding_id: int, last_day: date | None) -> None:
    """Take a person out of a post after this day; None takes the end back."""
    connection.execute(update(holdings).where(holdings.c.id == holding_id).values(valid_to=last_day))


def leave(connection: Connection, person_id: int, on: date) -> None:
    """Note that a person is gone from this day on."""
    connection.execute(update(people).where(people.c.id == person_id).values(left_on=on))


def ranked_names(name: str, short_name: str | None, aliases: Sequence[str]) -> dict[str, int]:
    """Every folded name under which a body is found, with its rank."""
    named = [(0, name), (1, short_name), *((2, alias) for alias in aliases)]
    ranked: dict[str, int] = {}
    for rank, each in named:
        if each and fold(each):
            ranked.setdefault(fold(each), rank)
    for _, each in named:
        if each and fold(each):
            ranked.setdefault(body_key(each), LOOSE)
    return ranked


def _index_names(connection: Connection, body_id: int) -> None:
    row = connection.execute(select(bodies).where(bodies.c.id == body_id)).one()
    ranked = ranked_names(row.name, row.short_name, row.aliases)
    connection.execute(delete(body_names).where(body_names.c.body_id == body_id))
    connection.execute(
        insert(body_names), [{"body_id": body_id, "fold": each, "rank": rank} for each, rank in ranked.items()]
    )
