"""How the organisation changed: former names of bodies, who changed what, and who is away when."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from workflows.errors import NotFound

from .tables.organisation import absences, directory_changes, former_names


@dataclass(frozen=True)
class FormerName:
    """A name that a body had until its last day."""

    body_id: int
    name: str
    short_name: str | None
    until: date


@dataclass(frozen=True)
class Change:
    """One change of the directory: what, about whom, when and by whom."""

    id: int
    office_id: int
    change: str
    body_id: int | None
    person_id: int | None
    facts: Mapping[str, Any]
    at: datetime
    by: str


@dataclass(frozen=True)
class Absence:
    """Somebody is away from the first to the last day; `stuck` is what was confirmed to wait meanwhile."""

    id: int
    person_id: int
    first_day: date
    last_day: date
    reason: str | None
    stuck: Sequence[str]
    entered_at: datetime
    entered_by: str
    cancelled_at: datetime | None
    cancelled_by: str | None


def note_change(  # noqa: PLR0917 - the facts of one line
    connection: Connection,
    office_id: int,
    change: str,
    now: datetime,
    by: str,
    facts: Mapping[str, Any] | None = None,
    *,
    body_id: int | None = None,
    person_id: int | None = None,
) -> None:
    """Keep that the directory of this office was changed."""
    row = {"office_id": office_id, "change": change, "body_id": body_id, "person_id": person_id}
    connection.execute(insert(directory_changes).values(**row, facts=dict(facts or {}), at=now, by=by))


def changes_of(connection: Connection, office_id: int, limit: int) -> list[Change]:
    """The changes of this office's directory, newest first."""
    wanted = select(directory_changes).where(directory_changes.c.office_id == office_id)
    rows = connection.execute(wanted.order_by(directory_changes.c.id.desc()).limit(limit))
    return [Change(**row._mapping) for row in rows]


def add_former_name(connection: Connection, former: FormerName, now: datetime, by: str) -> None:
    """Keep a name that a body had."""
    connection.execute(insert(former_names).values(**vars(former), entered_at=now, entered_by=by))


def former_names_of(connection: Connection, body_ids: Collection[int]) -> dict[int, list[FormerName]]:
    """The former names of these bodies, newest first."""
    wanted = select(former_names).where(former_names.c.body_id.in_(body_ids))
    found: dict[int, list[FormerName]] = {}
    for row in connection.execute(wanted.order_by(former_names.c.until.desc(), former_names.c.id.desc())):
        found.setdefault(row.body_id, []).append(FormerName(row.body_id, row.name, row.short_name, row.until))
    return found


def name_on(connection: Connection, body_id: int, current: str, day: date | None) -> str:
    """What the body was called that day; `current` is what it is called now."""
    if day is None:
        return current
    former = [each for each in former_names_of(connection, [body_id]).get(body_id, ()) if each.until >= day]
    return former[-1].name if former else current


def add_absence(connection: Connection, values: Mapping[str, Any]) -> int:
    """Keep an absence and return its id."""
    return int(connection.execute(insert(absences).values(**values).returning(absences.c.id)).scalar_one())


def absence(connection: Connection, absence_id: int) -> Absence:
    """This absence; NotFound when there is none."""
    row = connection.execute(select(absences).where(absences.c.id == absence_id)).one_or_none()
    if row is None:
        raise NotFound("absence", id=absence_id)
    return _absence(row)


def cancel_absence(connection: Connection, absence_id: int, now: datetime, by: str) -> bool:
    """Take an absence back; False when that was done before."""
    standing = (absences.c.id == absence_id, absences.c.cancelled_at.is_(None))
    cancelled = update(absences).where(*standing).values(cancelled_at=now, cancelled_by=by)
    return connection.execute(cancelled).rowcount == 1


def absences_of(connection: Connection, person_ids: Collection[int], since: date) -> list[Absence]:
    """The absences of these people that stand and do not end before this day, in the order of time."""
    standing = (absences.c.person_id.in_(person_ids), absences.c.cancelled_at.is_(None), absences.c.last_day >= since)
    wanted = select(absences).where(*standing).order_by(absences.c.first_day, absences.c.id)
    return [_absence(row) for row in connection.execute(wanted)]


def absent_on(connection: Connection, person_ids: Collection[int], day: date) -> frozenset[int]:
    """Who of these people is away that day."""
    return frozenset(
        each.person_id for each in absences_of(connection, person_ids, day) if each.first_day <= day <= each.last_day
    )


def overlapping(connection: Connection, person_id: int, first: date, last: date) -> Absence | None:
    """A standing absence of this person that shares a day with this period."""
    meets = (absences.c.first_day <= last, absences.c.last_day >= first)
    wanted = select(absences).where(absences.c.person_id == person_id, absences.c.cancelled_at.is_(None), *meets)
    row = connection.execute(wanted.order_by(absences.c.id)).first()
    return _absence(row) if row else None


def _absence(row: Row[Any]) -> Absence:
    return Absence(**row._mapping)
