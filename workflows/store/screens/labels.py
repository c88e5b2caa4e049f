"""How plans, bodies and people are called in lists: many at once, one query each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from workflows.store.tables.directory import bodies, people
from workflows.store.tables.plans import plans

# How a body without account is called as the one who acted.
BODY = "co_quan@"


@dataclass(frozen=True)
class PlanLabel:
    """A plan as one line of a list."""

    id: int
    title: str
    number: int | None
    symbol: str | None
    status: str
    office_id: int
    unit: str
    office: str


def plan_labels(connection: Connection, plan_ids: Iterable[int | None]) -> dict[int, PlanLabel]:
    """These plans by id."""
    wanted = {plan_id for plan_id in plan_ids if plan_id is not None}
    office = bodies.alias("office")
    rows = connection.execute(
        select(plans, bodies.c.name.label("unit"), office.c.name.label("office"))
        .join(bodies, bodies.c.id == plans.c.drafting_unit_id)
        .join(office, office.c.id == plans.c.office_id)
        .where(plans.c.id.in_(wanted))
    )
    return {
        row.id: PlanLabel(row.id, row.title, row.number, row.symbol, row.status, row.office_id, row.unit, row.office)
        for row in rows
    }


def body_names(connection: Connection, body_ids: Iterable[int | None]) -> dict[int, str]:
    """The names of these bodies by id."""
    wanted = {body_id for body_id in body_ids if body_id is not None}
    rows = connection.execute(select(bodies.c.id, bodies.c.name).where(bodies.c.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def person_names(connection: Connection, person_ids: Iterable[str | None]) -> dict[str, str]:
    """The names of these people (ids as text), and of bodies that answered without an account ("co_quan@7")."""
    ids = {person_id for person_id in person_ids if person_id}
    wanted = {int(person_id) for person_id in ids if person_id.isdecimal()}
    rows = connection.execute(select(people.c.id, people.c.name).where(people.c.id.in_(wanted)))
    names = {str(row.id): row.name for row in rows}
    answering = {person_id: int(person_id[len(BODY) :]) for person_id in ids if person_id.startswith(BODY)}
    called = body_names(connection, answering.values()) if answering else {}
    return names | {person_id: called.get(body_id, person_id) for person_id, body_id in answering.items()}
