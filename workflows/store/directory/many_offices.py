"""Hundreds of offices entered at once, and taken out again: a statement a table, whatever their number."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from workflows.plans.names import fold
from workflows.plans.vietnamese_order import order_key, person_key
from workflows.store.many_rows import insert_many
from workflows.store.tables.clockwork import settings
from workflows.store.tables.directory import bodies, body_names, holdings, people, posts
from workflows.store.tables.ways_out import escalation_policies

from .enrolment import ranked_names


@dataclass(frozen=True)
class NewBody:
    """A body to be entered; an office (without `office_id`) becomes its own authority."""

    kind: str
    name: str
    parent_id: int | None
    office_id: int | None = None
    level: str | None = None
    short_name: str | None = None
    place: str | None = None
    aliases: Sequence[str] = ()
    email: str | None = None
    organ_code: str | None = None


def enter_bodies(connection: Connection, new: Sequence[NewBody]) -> list[int]:
    """Enter bodies whose parents are there; their ids in the same order."""
    rows = [
        {**vars(each), "aliases": list(each.aliases), "fold": fold(each.name), "sort_key": order_key(each.name)}
        for each in new
    ]
    ids = _entered(connection, bodies, rows)
    offices = [number for number, each in zip(ids, new, strict=True) if each.office_id is None]
    own = update(bodies).where(bodies.c.id.in_(offices), bodies.c.office_id.is_(None))
    connection.execute(own.values(office_id=bodies.c.id))
    names = [
        {"body_id": number, "fold": name, "rank": rank}
        for number, each in zip(ids, new, strict=True)
        for name, rank in ranked_names(each.name, each.short_name, each.aliases).items()
    ]
    insert_many(connection, body_names, names)
    return ids


def enter_posts(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Enter posts (`body_id`, `role`, `title`, `is_head`, `rank`); their ids in the same order."""
    return _entered(connection, posts, rows)


def enter_people(connection: Connection, named: Sequence[tuple[str, str]]) -> list[int]:
    """Enter people by name and address; their ids in the same order."""
    rows = [{"name": name, "email": email, "sort_key": person_key(name)} for name, email in named]
    return _entered(connection, people, rows)


def enter_holdings(connection: Connection, held: Sequence[tuple[int, int]]) -> None:
    """Put people into posts, given as pairs of post and person, from the beginning and without an end."""
    rows = [{"post_id": post_id, "person_id": person_id} for post_id, person_id in held]
    insert_many(connection, holdings, rows)


def copy_rules(connection: Connection, model: int, office_ids: Collection[int], keys: Collection[str]) -> None:
    """Give offices the settings of these keys and the levels of escalation that another one has now."""
    for table, mine in (
        (settings, (settings.c.office_id == model, settings.c.key.in_(keys))),
        (escalation_policies, (escalation_policies.c.office_id == model,)),
    ):
        rows = [dict(row) for row in connection.execute(select(table).where(*mine)).mappings()]
        insert_many(connection, table, [row | {"office_id": office_id} for office_id in office_ids for row in rows])


def remove_offices(connection: Connection, office_ids: Collection[int]) -> None:
    """Take offices out as if they had never been there; an IntegrityError where anything else refers to them."""
    inside = select(bodies.c.id).where(bodies.c.office_id.in_(office_ids))
    theirs = select(posts.c.id).where(posts.c.body_id.in_(inside))
    connection.execute(delete(holdings).where(holdings.c.post_id.in_(theirs)))
    connection.execute(delete(posts).where(posts.c.body_id.in_(inside)))
    connection.execute(delete(body_names).where(body_names.c.body_id.in_(inside)))
    for table in (settings, escalation_policies):
        connection.execute(delete(table).where(table.c.office_id.in_(office_ids)))
    connection.execute(delete(bodies).where(bodies.c.office_id.in_(office_ids)))


def still_holding(connection: Connection, person_ids: Collection[int]) -> set[int]:
    """Which of these people hold any post."""
    wanted = select(holdings.c.person_id).where(holdings.c.person_id.in_(person_ids))
    return set(connection.scalars(wanted))


def _entered(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    if not rows:
        return []
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return [int(each) for each in connection.scalars(statement, [dict(row) for row in rows])]
