"""Offices that are suspended: which, since when and why; and the one condition by which the clock leaves them alone.

Every question of a sweep about what is due ends in `goes_on`, so that nothing of a suspended office falls due, is
written or sent. Nothing is moved or marked meanwhile: when the office goes on, what came due is due, and is taken once.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, exists, func, insert, select, update

from workflows.errors import Refused

from .driver import Reading, read_rows
from .in_force import term_covers
from .tables.directory import bodies, holdings, posts, sessions
from .tables.founding import office_suspensions
from .tables.issuing import register

_OPEN = office_suspensions.c.until.is_(None)


@dataclass(frozen=True)
class Suspension:
    """One time during which an office is or was suspended; `ask` says whom its people ask."""

    id: int
    office_id: int
    reason: str
    ask: str
    since: datetime
    suspended_by: str
    until: datetime | None
    resumed_by: str | None
    resumed_reason: str | None


def goes_on(office: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether the clock may touch rows of this office: it is not suspended. What is of no office, it may."""
    return ~exists().where(office_suspensions.c.office_id == office, _OPEN)


def office_of_document(subject: ColumnElement[Any], subject_id: ColumnElement[Any], of: Table) -> ColumnElement[Any]:
    """The office in whose register a document stands, as a value of the rows of `of`, whose columns name it."""
    mine = (register.c.subject == subject, register.c.subject_id == subject_id)
    return select(func.max(register.c.office_id)).where(*mine).correlate(of).scalar_subquery()


def suspended_offices(connection: Connection) -> set[int]:
    """The offices that are suspended now."""
    return set(connection.scalars(select(office_suspensions.c.office_id).where(_OPEN)))


def suspension_of(connection: Connection, office_id: int | None) -> Suspension | None:
    """Why this office is suspended now; None while it goes on."""
    wanted = select(office_suspensions).where(office_suspensions.c.office_id == office_id, _OPEN)
    row = connection.execute(wanted).one_or_none()
    return Suspension(**row._mapping) if row else None


def suspensions_of(connection: Connection, office_id: int) -> list[Suspension]:
    """Every time that this office was suspended, newest first."""
    mine = select(office_suspensions).where(office_suspensions.c.office_id == office_id)
    rows = connection.execute(mine.order_by(office_suspensions.c.id.desc()))
    return [Suspension(**row._mapping) for row in rows]


_WHY = Reading(
    "SELECT b.name, s.ask, s.since FROM office_suspensions AS s JOIN bodies AS b ON b.id = s.office_id"
    " WHERE s.office_id = ?1 AND s.until IS NULL",
    [bodies.c.name.type, office_suspensions.c.ask.type, office_suspensions.c.since.type],
)


def require_going_on(connection: Connection, office_id: int) -> None:
    """Work of a suspended office rests, whoever would do it: WORK_SUSPENDED with its name and whom to ask."""
    for name, ask, since in read_rows(connection, _WHY, (office_id,)):
        raise Refused("WORK_SUSPENDED", name=name, ask=ask, since=since)


def suspended_bodies(connection: Connection, body_ids: Collection[int]) -> dict[int, Suspension]:
    """Which of these bodies belong to an office that is suspended now, and why it is."""
    wanted = select(bodies.c.id.label("body_id"), office_suspensions).join(
        office_suspensions, office_suspensions.c.office_id == bodies.c.office_id
    )
    rows = connection.execute(wanted.where(bodies.c.id.in_(body_ids), _OPEN)).mappings()
    return {
        row["body_id"]: Suspension(**{name: value for name, value in row.items() if name != "body_id"}) for row in rows
    }


def suspension_of_person(connection: Connection, person_id: int, today: date) -> Suspension | None:
    """Why this person may not come in: every office in which they hold a post today is suspended; None else."""
    held = select(posts.c.body_id).join(holdings, holdings.c.post_id == posts.c.id)
    held = held.where(holdings.c.person_id == person_id, term_covers(today))
    found = list(connection.scalars(held))
    suspended = suspended_bodies(connection, found)
    return suspended[found[0]] if found and all(each in suspended for each in found) else None


def suspend(connection: Connection, office_id: int, reason: str, ask: str, now: datetime, by: str) -> None:  # noqa: PLR0917 - one row
    """From now on the office is suspended; an IntegrityError where it is already."""
    row = {"office_id": office_id, "reason": reason, "ask": ask, "since": now, "suspended_by": by}
    connection.execute(insert(office_suspensions).values(row))


def resume(connection: Connection, office_id: int, reason: str, now: datetime, by: str) -> bool:
    """From now on the office goes on; False when it was not suspended."""
    ended = update(office_suspensions).where(office_suspensions.c.office_id == office_id, _OPEN)
    return connection.execute(ended.values(until=now, resumed_by=by, resumed_reason=reason)).rowcount == 1


def end_sessions_of_suspended(connection: Connection, office_id: int, now: datetime, today: date) -> int:
    """Sign out everybody of this office who holds no post in one that goes on; how many sessions that ended."""
    place = posts.join(bodies, bodies.c.id == posts.c.body_id)
    held = select(holdings.c.person_id).join_from(holdings, place, holdings.c.post_id == posts.c.id)
    theirs = held.where(bodies.c.office_id == office_id, term_covers(today))
    elsewhere = held.where(goes_on(bodies.c.office_id), term_covers(today))
    ended = update(sessions).where(
        sessions.c.person_id.in_(theirs), sessions.c.person_id.not_in(elsewhere), sessions.c.ended_at.is_(None)
    )
    return connection.execute(ended.values(ended_at=now)).rowcount
