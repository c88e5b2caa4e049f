"""Indices of an office over years (PAR INDEX, PAPI, SIPAS, PCI, DDCI, its own), each value with its source."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from workflows.errors import NotFound

from .tables.yearly import index_values, indices

KNOWN = ("PAR INDEX", "PAPI", "SIPAS", "PCI", "DDCI")


@dataclass(frozen=True)
class IndexYear:
    """An index in one year; what was not published or not set is None. `corrections` counts earlier entries."""

    year: int
    value: Decimal | None
    rank: int | None
    target: Decimal | None
    source: str
    entered_by: str
    corrections: int


@dataclass(frozen=True)
class Index:
    """One index of an office with its years, oldest first; `rising` says that more is better."""

    id: int
    office_id: int
    name: str
    unit: str
    rising: bool
    years: tuple[IndexYear, ...]


def add_index(connection: Connection, office_id: int, name: str, unit: str, *, rising: bool) -> int:
    """A new index of the office, or the one that it has by this name."""
    found = connection.execute(
        select(indices.c.id).where(indices.c.office_id == office_id, indices.c.name == name)
    ).scalar_one_or_none()
    if found is not None:
        return int(found)
    values = {"office_id": office_id, "name": name, "unit": unit, "rising": rising}
    return int(connection.execute(insert(indices).values(values).returning(indices.c.id)).scalar_one())


def enter_value(connection: Connection, values: Mapping[str, Any]) -> None:
    """Enter a year's value; an earlier entry of the year stays behind it."""
    connection.execute(insert(index_values).values(**values))


def office_of(connection: Connection, index_id: int) -> int:
    """The office whose index this is, or NotFound."""
    office_id = connection.execute(select(indices.c.office_id).where(indices.c.id == index_id)).scalar_one_or_none()
    if office_id is None:
        raise NotFound("index", id=index_id)
    return int(office_id)


def indices_of(connection: Connection, office_ids: Collection[int]) -> list[Index]:
    """The indices of these offices by name, each with the newest entry of every year."""
    rows = connection.execute(
        select(indices).where(indices.c.office_id.in_(office_ids)).order_by(indices.c.name, indices.c.id)
    ).all()
    wanted = select(index_values).where(index_values.c.index_id.in_([row.id for row in rows]))
    entries: dict[int, dict[int, list[Row[Any]]]] = {}
    for row in connection.execute(wanted.order_by(index_values.c.year, index_values.c.id)):
        entries.setdefault(row.index_id, {}).setdefault(row.year, []).append(row)
    return [
        Index(row.id, row.office_id, row.name, row.unit, row.rising, _years(entries.get(row.id, {}))) for row in rows
    ]


def _years(entries: Mapping[int, list[Row[Any]]]) -> tuple[IndexYear, ...]:
    return tuple(
        IndexYear(
            year,
            None if found[-1].value is None else Decimal(found[-1].value),
            found[-1].rank,
            None if found[-1].target is None else Decimal(found[-1].target),
            found[-1].source,
            found[-1].entered_by,
            len(found) - 1,
        )
        for year, found in sorted(entries.items())
    )
