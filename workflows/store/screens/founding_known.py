"""What the house knows already of offices that a file wants to found: offices, codes, addresses, sign-in names."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Text, func, or_, select

from workflows.store.many_rows import among
from workflows.store.tables.directory import accounts, bodies, people


@dataclass(frozen=True)
class KnownOffice:
    """An office that is there."""

    id: int
    name: str
    short_name: str | None
    parent_id: int | None
    organ_code: str | None


@dataclass(frozen=True)
class KnownPerson:
    """Somebody with this address; `login` where they can sign in."""

    id: int
    name: str
    login: str | None


def known_offices(connection: Connection, today: date) -> list[KnownOffice]:
    """Every office in being."""
    there = or_(bodies.c.valid_to.is_(None), bodies.c.valid_to >= today)
    wanted = select(bodies.c.id, bodies.c.name, bodies.c.short_name, bodies.c.parent_id, bodies.c.organ_code)
    rows = connection.execute(wanted.where(bodies.c.kind == "office", there).order_by(bodies.c.id))
    return [KnownOffice(**row._mapping) for row in rows]


def holders_of_codes(connection: Connection, codes: Collection[str]) -> dict[str, tuple[int, str]]:
    """Whose these organisation codes are: id and name of the body, also of one that has ended."""
    wanted = select(bodies.c.organ_code, bodies.c.id, bodies.c.name).where(
        among(connection, bodies.c.organ_code, codes)
    )
    return {row.organ_code: (row.id, row.name) for row in connection.execute(wanted)}


def people_by_address(connection: Connection, addresses: Collection[str], today: date) -> dict[str, list[KnownPerson]]:
    """Those who have not left and have one of these addresses (lower case), by address."""
    address = func.lower(people.c.email, type_=Text())
    here = or_(people.c.left_on.is_(None), people.c.left_on > today)
    wanted = select(people.c.id, people.c.name, accounts.c.login, address.label("address"))
    wanted = wanted.outerjoin(accounts, accounts.c.person_id == people.c.id)
    found: dict[str, list[KnownPerson]] = {}
    for row in connection.execute(wanted.where(among(connection, address, addresses), here).order_by(people.c.id)):
        found.setdefault(row.address, []).append(KnownPerson(row.id, row.name, row.login))
    return found


def logins_taken(connection: Connection, logins: Collection[str]) -> dict[str, int]:
    """Whose these sign-in names are."""
    wanted = select(accounts.c.login, accounts.c.person_id).where(among(connection, accounts.c.login, logins))
    return {row.login: row.person_id for row in connection.execute(wanted)}
