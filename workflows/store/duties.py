"""The occurrences of duties as work: what was said about each, what is to be settled, what units did in a window."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from workflows.errors import NotFound

from . import plans
from .suspending import goes_on
from .tables import plans as tables
from .tables.plans import duties, occurrence_notes, occurrences

PROGRESS, RESULT, CONFIRMED, RETURNED, PUT_OFF, EXTENDED = "tien_do", "ket_qua", "dat", "tra_lai", "hoan", "lui_han"
BEFORE_FORCE = "truoc_hieu_luc"


@dataclass(frozen=True)
class Occurrence:
    """One time of a duty for one body; both `due_on` and `ends_on` are last days, `required` how often within it."""

    id: int
    duty_id: int
    body_id: int
    key: str
    opens_on: date
    due_on: date | None
    ends_on: date | None
    required: int
    case_id: int | None
    opened_at: datetime | None
    done_at: datetime | None
    result: str | None
    done_count: int
    percent: int | None
    passed_over: str | None


@dataclass(frozen=True)
class Note:
    """What somebody wrote about an occurrence, with what they counted, handed over or moved."""

    id: int
    occurrence_id: int
    kind: str
    at: datetime
    by_person: str | None
    by_name: str
    text: str
    percent: int | None
    done_count: int | None
    products: tuple[str, ...]
    due_before: date | None
    due_after: date | None
    comment_id: int | None


def occurrence(connection: Connection, occurrence_id: int, *, lock: bool = False) -> Occurrence:
    """This occurrence, or NotFound; with `lock` nobody else changes it until the transaction ends."""
    wanted = select(occurrences).where(occurrences.c.id == occurrence_id)
    row = connection.execute(wanted.with_for_update() if lock else wanted).one_or_none()
    if row is None:
        raise NotFound("occurrence", id=occurrence_id)
    return Occurrence(**row._mapping)


def occurrence_of_case(connection: Connection, case_id: int) -> Occurrence | None:
    """The occurrence that this case carries out, if it does."""
    row = connection.execute(select(occurrences).where(occurrences.c.case_id == case_id)).one_or_none()
    return None if row is None else Occurrence(**row._mapping)


def occurrences_of(connection: Connection, duty_ids: Collection[int]) -> list[Occurrence]:
    """Every occurrence of these duties in the order of days."""
    wanted = select(occurrences).where(occurrences.c.duty_id.in_(duty_ids))
    rows = connection.execute(wanted.order_by(occurrences.c.opens_on, occurrences.c.id))
    return [Occurrence(**row._mapping) for row in rows]


def occurrences_by_id(connection: Connection, ids: Collection[int]) -> dict[int, Occurrence]:
    """These occurrences by id."""
    rows = connection.execute(select(occurrences).where(occurrences.c.id.in_(ids)))
    return {row.id: Occurrence(**row._mapping) for row in rows}


def duty(connection: Connection, duty_id: int) -> plans.Duty:
    """One duty, or NotFound."""
    row = connection.execute(select(duties).where(duties.c.id == duty_id)).one_or_none()
    if row is None:
        raise NotFound("duty", id=duty_id)
    return plans.duty_of_row(row)


def add_note(  # noqa: PLR0917 - who wrote what about which time of the duty
    connection: Connection,
    occurrence_id: int,
    kind: str,
    at: datetime,
    by: tuple[str | None, str],
    text: str = "",
    **more: Any,  # noqa: ANN401 - column values
) -> int:
    """Keep what somebody (their id and name) wrote; `more` are percent, done_count, products, days, comment_id."""
    row = {"occurrence_id": occurrence_id, "kind": kind, "at": at, "by_person": by[0], "by_name": by[1], "text": text}
    wanted = insert(occurrence_notes).values({"products": [], **row, **more}).returning(occurrence_notes.c.id)
    return int(connection.execute(wanted).scalar_one())


def notes_of(connection: Connection, occurrence_ids: Collection[int]) -> list[Note]:
    """What was written about these occurrences, oldest first."""
    wanted = select(occurrence_notes).where(occurrence_notes.c.occurrence_id.in_(occurrence_ids))
    rows = connection.execute(wanted.order_by(occurrence_notes.c.id))
    return [Note(**{**row._mapping, "products": tuple(row.products)}) for row in rows]


def settle(connection: Connection, duty_id: int, **values: Any) -> None:  # noqa: ANN401 - column values
    """Write what a person settled about a duty."""
    connection.execute(update(duties).where(duties.c.id == duty_id).values(**values))


def unclear_duties(connection: Connection, plan_id: int) -> list[plans.Duty]:
    """The duties of a plan of which nothing opens before somebody settles when they are due or who leads them."""
    wanted = select(duties).where(duties.c.plan_id == plan_id, duties.c.unclear.is_not(None)).order_by(duties.c.id)
    return [plans.duty_of_row(row) for row in connection.execute(wanted)]


def plans_to_settle(connection: Connection) -> Mapping[int, int]:
    """Plans in force with a duty that is to be settled, and their offices."""
    of = tables.plans
    wanted = select(of.c.id, of.c.office_id).join(duties, duties.c.plan_id == of.c.id)
    rows = connection.execute(
        wanted.where(duties.c.unclear.is_not(None), of.c.status == "in_force", goes_on(of.c.office_id)).distinct()
    )
    return {row.id: row.office_id for row in rows}
