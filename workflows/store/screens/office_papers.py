"""What an office has decided about its papers: shared series, organisation codes, who signs copies by order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row, select

from workflows.store import books, copies, directory
from workflows.store.directory import Body
from workflows.store.tables.directory import bodies

MOST_BODIES = 500


@dataclass(frozen=True)
class OfficePapers:
    """The shared series of a year, the bodies that may have a code, the units, and those that sign copies."""

    office: Body
    series: Mapping[str, Sequence[str]]
    bodies: list[Row[tuple[int, str, str | None]]]
    units: list[Body]
    signing: Sequence[int]


def office_papers(connection: Connection, office_id: int, year: int, today: date) -> OfficePapers:
    """All of it; the office's own code first, then the bodies by name."""
    addressed = (
        select(bodies.c.id, bodies.c.name, bodies.c.organ_code)
        .where(
            bodies.c.valid_to.is_(None),
            bodies.c.kind != "group",
            (bodies.c.id == office_id) | (bodies.c.kind != "office"),
            (bodies.c.office_id == office_id) | bodies.c.office_id.is_(None),
        )
        .order_by(bodies.c.id != office_id, bodies.c.fold)
        .limit(MOST_BODIES)
    )
    return OfficePapers(
        directory.body(connection, office_id),
        books.shared_in(connection, office_id, year),
        list(connection.execute(addressed)),
        [each for each in directory.bodies_of(connection, office_id, today) if each.kind == "unit"],
        copies.signers_by_order(connection, office_id),
    )
