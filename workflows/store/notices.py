"""Notices: what each recipient is told, once a matter, reason and period, and the one fate that each of them has."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, func, select, update

from .suspending import goes_on
from .tables.notices import notices
from .upsert import insert_new

Fate = Literal["waiting", "for_digest", "lettered", "digested", "off", "superseded"]


@dataclass(frozen=True)
class NewNotice:
    """A matter of which a person or a body is to hear; `period` is the day of a reminder, else the occasion's key."""

    outbox_id: int
    person_id: int | None
    body_id: int | None
    matter: str
    reason: str
    period: str
    office_id: int | None
    plan_id: int | None
    task_id: str | None
    event: str
    subject: str
    path: str
    urgent: bool
    fate: Fate
    due_at: datetime

    @property
    def recipient(self) -> str:
        """The recipient as the unique key knows it."""
        return f"nguoi:{self.person_id}" if self.person_id is not None else f"co_quan:{self.body_id}"


@dataclass(frozen=True)
class Notice(NewNotice):
    """A notice as it is kept; `delivery_id` is the letter or digest that says it, `read_at` when it was read inside."""

    id: int
    at: datetime
    settled_at: datetime | None
    delivery_id: int | None
    read_at: datetime | None


def add_notice(connection: Connection, new: NewNotice, now: datetime) -> int | None:
    """Keep a notice; None when this recipient hears of the matter for this reason in this period already."""
    settled = now if new.fate in ("off", "superseded") else None
    row = {**vars(new), "recipient": new.recipient, "at": now, "settled_at": settled}
    added = connection.execute(insert_new(connection, notices).values(row).returning(notices.c.id))
    return added.scalar_one_or_none()


def due_notices(connection: Connection, now: datetime, limit: int) -> list[Notice]:
    """Notices whose letter is to be written now, oldest first."""
    due = (notices.c.fate == "waiting", notices.c.due_at <= now, goes_on(notices.c.office_id))
    return _found(connection, *due, order=(notices.c.at, notices.c.id), limit=limit)


def due_of_occasion(connection: Connection, outbox_id: int, now: datetime) -> list[Notice]:
    """Notices of one occasion whose letter is to be written now."""
    due = (notices.c.outbox_id == outbox_id, notices.c.fate == "waiting", notices.c.due_at <= now)
    return _found(connection, *due, order=(notices.c.id,))


def notices_for_digest(connection: Connection, person_id: int) -> list[Notice]:
    """What the person's next digest says, oldest first."""
    mine = (notices.c.person_id == person_id, notices.c.fate == "for_digest")
    return _found(connection, *mine, order=(notices.c.at, notices.c.id))


def people_for_digest(connection: Connection) -> set[int]:
    """Everybody for whom something waits for a digest."""
    wanted = select(notices.c.person_id).where(notices.c.fate == "for_digest").distinct()
    return {person_id for person_id in connection.scalars(wanted) if person_id is not None}


def settle(
    connection: Connection, found: Collection[Notice], fate: Fate, now: datetime, delivery_id: int | None = None
) -> set[int]:
    """Give these notices their end; those that somebody else settled meanwhile are left out of the answer."""
    settled: set[int] = set()
    for before in {notice.fate for notice in found}:
        ids = [notice.id for notice in found if notice.fate == before]
        open_ones = (notices.c.id.in_(ids), notices.c.fate == before)
        values = {"fate": fate, "settled_at": now, "delivery_id": delivery_id}
        settled |= set(connection.scalars(update(notices).where(*open_ones).values(values).returning(notices.c.id)))
    return settled


def said_in(connection: Connection, ids: Collection[int], delivery_id: int) -> None:
    """Note in which letter these notices are said."""
    connection.execute(update(notices).where(notices.c.id.in_(ids)).values(delivery_id=delivery_id))


def notices_of_delivery(connection: Connection, delivery_id: int) -> list[Notice]:
    """What one letter says."""
    return _found(connection, notices.c.delivery_id == delivery_id, order=(notices.c.id,))


def notices_of_occasion(connection: Connection, outbox_id: int, person_id: int) -> list[Notice]:
    """What one person was told of an occasion."""
    mine = (notices.c.outbox_id == outbox_id, notices.c.person_id == person_id)
    return _found(connection, *mine, order=(notices.c.id,))


def supersede_letter(connection: Connection, delivery_id: int, now: datetime) -> None:
    """The letter was taken back before it left: what it was to say is not true any more."""
    said = (notices.c.delivery_id == delivery_id, notices.c.fate.in_(("lettered", "digested")))
    connection.execute(update(notices).where(*said).values(fate="superseded", settled_at=now))


def last_letter_at(connection: Connection, person_id: int, plan_id: int, since: datetime) -> datetime | None:
    """When the person last got a letter about the plan, since this instant; held ones count as sent when they are."""
    about = (notices.c.person_id == person_id, notices.c.plan_id == plan_id, notices.c.fate == "lettered")
    wanted = select(func.max(notices.c.settled_at)).where(*about, notices.c.settled_at > since)
    return connection.execute(wanted).scalar_one_or_none()


def notices_of(connection: Connection, person_id: int, limit: int, offset: int = 0) -> list[Notice]:
    """What the person was told, newest first, whatever way else it went."""
    mine = notices.c.person_id == person_id
    return _found(connection, mine, order=(notices.c.at.desc(), notices.c.id.desc()), limit=limit, offset=offset)


def unread(connection: Connection, person_id: int) -> int:
    """How many notices the person has not read and are still true."""
    mine = (notices.c.person_id == person_id, notices.c.read_at.is_(None), notices.c.fate != "superseded")
    return int(connection.execute(select(func.count()).select_from(notices).where(*mine)).scalar_one())


def read(connection: Connection, person_id: int, now: datetime, notice_id: int | None = None) -> str | None:
    """Note that the person read one notice, or all; the page of the one, None when it is none of this person."""
    mine = [notices.c.person_id == person_id]
    if notice_id is not None:
        mine.append(notices.c.id == notice_id)
    connection.execute(update(notices).where(*mine, notices.c.read_at.is_(None)).values(read_at=now))
    if notice_id is None:
        return None
    return connection.execute(select(notices.c.path).where(*mine)).scalar_one_or_none()


def _found(
    connection: Connection,
    *conditions: ColumnElement[bool],
    order: Sequence[Any],
    limit: int | None = None,
    offset: int = 0,
) -> list[Notice]:
    wanted = select(notices).where(*conditions).order_by(*order).limit(limit).offset(offset)
    return [_notice(row) for row in connection.execute(wanted)]


def _notice(row: Row[Any]) -> Notice:
    return Notice(**{each.name: row._mapping[each.name] for each in fields(Notice)})
