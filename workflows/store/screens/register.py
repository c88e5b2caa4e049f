"""The outgoing register of the person's offices."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, distinct, select

from workflows.store.directory import parse_group
from workflows.store.tables.directory import bodies
from workflows.store.tables.issuing import recipients, register

from .labels import body_names


@dataclass(frozen=True)
class RegisterLine:
    """One line of the book with its office, and how far its copies came."""

    row: Row[Any]
    office: str
    addressees: str
    sent: int
    received: int
    addressed: int
    first_sent: Any


@dataclass(frozen=True)
class RegisterFound:
    """The lines of a year, and the years and series that there are to choose from."""

    lines: list[RegisterLine]
    years: list[int]
    series: list[str]


def register_of(  # noqa: PLR0917 - what is judged together
    connection: Connection, office_ids: Collection[int], year: int, series: str, first: int | None, last: int | None
) -> RegisterFound:
    """The lines of these offices that match, by series and number."""
    own = register.c.office_id.in_(office_ids)
    years = connection.scalars(select(distinct(register.c.year)).where(own).order_by(register.c.year.desc())).all()
    kinds = connection.scalars(select(distinct(register.c.series)).where(own).order_by(register.c.series)).all()
    wanted = (
        select(register, bodies.c.name.label("office"))
        .join(bodies, bodies.c.id == register.c.office_id)
        .where(own, register.c.year == year)
        .order_by(register.c.office_id, register.c.series, register.c.number)
    )
    if series:
        wanted = wanted.where(register.c.series == series)
    if first is not None:
        wanted = wanted.where(register.c.number >= first)
    if last is not None:
        wanted = wanted.where(register.c.number <= last)
    rows = connection.execute(wanted).all()
    sent = _addressed(connection, rows)
    return RegisterFound(
        [RegisterLine(row, row.office, *sent.get((row.subject, row.subject_id), ("", 0, 0, 0, None))) for row in rows],
        sorted({*years, year}, reverse=True),
        list(kinds),
    )


def kept_by(connection: Connection, groups: Collection[str]) -> dict[int, str]:
    """The offices, by id with their names, of whose register the holder of these groups is the clerk."""
    held = [parse_group(key) for key in groups]
    return body_names(connection, [body_id for held_role, body_id in held if held_role == "van_thu"])


def _addressed(
    connection: Connection, rows: Collection[Row[Any]]
) -> dict[tuple[str, int], tuple[str, int, int, int, Any]]:
    """Names, sent, received, all, and the first instant of sending, by document."""
    ids = {row.subject_id for row in rows if row.subject_id is not None}
    wanted = (
        select(recipients)
        .where(recipients.c.subject_id.in_(ids), recipients.c.status != "luu")
        .order_by(recipients.c.line, recipients.c.id)
    )
    names: dict[tuple[str, int], list[Row[Any]]] = {}
    for row in connection.execute(wanted):
        names.setdefault((row.subject, row.subject_id), []).append(row)
    return {
        key: (
            "; ".join(dict.fromkeys(row.body_name for row in found)),
            sum(row.sent_at is not None for row in found),
            sum(row.received_at is not None for row in found),
            len(found),
            min((row.sent_at for row in found if row.sent_at), default=None),
        )
        for key, found in names.items()
    }
