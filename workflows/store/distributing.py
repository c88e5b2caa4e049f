"""What was done with each line of Nơi nhận, and which lines nobody confirmed on the day they were sent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, cast, exists, func, insert, literal, or_, select

from . import telling
from .issuing import Recipient
from .suspending import goes_on
from .tables.distributing import recipient_steps
from .tables.issuing import recipients, register
from .tables.telling import outbox
from .upsert import insert_new

SENT = ("da_gui", "da_den")
CHASED = "chased"


@dataclass(frozen=True)
class Step:
    """One thing that was done with a line: again | channel | handed | chased | told, by whom, when, in which words."""

    recipient_id: int
    step: str
    at: datetime
    by: str
    detail: str | None


@dataclass(frozen=True)
class Unconfirmed:
    """A line that was sent on an earlier day and not confirmed, and the document it belongs to."""

    recipient: Recipient
    office_id: int
    number: int
    symbol: str
    title: str
    document_on: date
    reminders: int


@dataclass(frozen=True)
class Untold:
    """A line that goes by mail and of which nobody was told; `since` is when its document entered the register."""

    recipient_id: int
    office_id: int
    plan_id: int | None
    since: datetime


def key_of(recipient_id: int) -> str:
    """The key under which the letter with the document is told to this line for the first time."""
    return f"document:{recipient_id}"


def tell_line(
    connection: Connection, recipient_id: int, now: datetime, *, office_id: int, plan_id: int | None, sending: str = ""
) -> None:
    """Note that this line is to have the document by mail; once for the first time, once for each later `sending`."""
    telling.tell(
        connection,
        "document_sent",
        ":".join(filter(None, (key_of(recipient_id), sending))),
        now,
        office_id=office_id,
        plan_id=plan_id,
        data={"recipient_id": recipient_id},
    )


def untold(connection: Connection, limit: int) -> list[Untold]:
    """Lines of issued documents that should have gone by mail and about which nothing was told, oldest first.

    A line that was sent another way first, or once more, has its steps on record and was told in the same transaction.
    """
    key = literal(key_of(0).removesuffix("0"), Text()).concat(cast(recipients.c.id, Text()))
    wanted = (
        select(
            recipients.c.id, register.c.office_id, recipients.c.subject, recipients.c.subject_id, register.c.entered_at
        )
        .join(
            register, (register.c.subject == recipients.c.subject) & (register.c.subject_id == recipients.c.subject_id)
        )
        .where(
            recipients.c.channel == "mail",
            recipients.c.status == "chua_gui",
            ~select(outbox.c.id).where(outbox.c.key == key).exists(),
            goes_on(register.c.office_id),
            ~select(recipient_steps.c.id).where(recipient_steps.c.recipient_id == recipients.c.id).exists(),
        )
        .order_by(register.c.entered_at, recipients.c.id)
        .limit(limit)
    )
    return [
        Untold(row.id, row.office_id, row.subject_id if row.subject == "plan" else None, row.entered_at)
        for row in connection.execute(wanted)
    ]


def note_step(  # noqa: PLR0917 - the facts of a step
    connection: Connection, recipient_id: int, step: str, at: datetime, by: str, detail: str = ""
) -> None:
    """Keep what was done with a line."""
    row = {"recipient_id": recipient_id, "step": step, "at": at, "by": by, "detail": detail or None}
    connection.execute(insert(recipient_steps).values(row))


def claim_reminder(connection: Connection, recipient_id: int, day: date, at: datetime, by: str) -> bool:
    """Note the reminder of this day; False when the line was reminded that day already."""
    row = {"recipient_id": recipient_id, "step": CHASED, "at": at, "by": by, "day": day}
    added = insert_new(connection, recipient_steps).values(row).returning(recipient_steps.c.id)
    return connection.execute(added).one_or_none() is not None


def steps_of(connection: Connection, recipient_ids: Collection[int]) -> dict[int, list[Step]]:
    """What was done with these lines, oldest first."""
    columns = recipient_steps.c
    wanted = select(columns.recipient_id, columns.step, columns.at, columns.by, columns.detail)
    found: dict[int, list[Step]] = {}
    for row in connection.execute(wanted.where(columns.recipient_id.in_(recipient_ids)).order_by(columns.id)):
        found.setdefault(row.recipient_id, []).append(Step(**row._mapping))
    return found


def unconfirmed(
    connection: Connection, before: datetime, office_ids: Collection[int] | None = None, limit: int = 500
) -> list[Unconfirmed]:
    """The lines that left before this instant and were not confirmed, of these offices or of all, oldest first.

    NĐ 30/2020 Điều 21 khoản 2 điểm c: the receiver confirms on the day. What is kept (Lưu) or recalled is not waited
    for.
    """
    of: list[ColumnElement[bool]] = [or_(recipients.c.channel != "keep", recipients.c.channel.is_(None))]
    if office_ids is not None:
        of.append(register.c.office_id.in_(office_ids))
    return _unconfirmed(connection, before, of, [recipients.c.sent_at, recipients.c.id], limit)


def to_remind(
    connection: Connection, before: datetime, today: date, most: int, *, after: int, limit: int
) -> list[Unconfirmed]:
    """Of the lines that `unconfirmed` tells those that left by mail, were not reminded today, nor `most` times.

    In the order of their ids, those after this one.
    """
    again = exists().where(
        recipient_steps.c.recipient_id == recipients.c.id,
        recipient_steps.c.step == CHASED,
        recipient_steps.c.day == today,
    )
    of = [
        recipients.c.channel == "mail",
        most > _REMINDERS,
        ~again,
        recipients.c.id > after,
        goes_on(register.c.office_id),
    ]
    return _unconfirmed(connection, before, of, [recipients.c.id], limit)


_REMINDERS = (
    select(func.count())
    .where(recipient_steps.c.recipient_id == recipients.c.id, recipient_steps.c.step == CHASED)
    .scalar_subquery()
)


def _unconfirmed(
    connection: Connection,
    before: datetime,
    of: Sequence[ColumnElement[bool]],
    order: Sequence[ColumnElement[Any]],
    limit: int,
) -> list[Unconfirmed]:
    facts = (register.c.office_id, register.c.number, register.c.symbol, register.c.title, register.c.document_on)
    wanted = (
        select(recipients, *facts, _REMINDERS.label("reminders"))
        .join(
            register, (register.c.subject == recipients.c.subject) & (register.c.subject_id == recipients.c.subject_id)
        )
        .where(recipients.c.status.in_(SENT), recipients.c.sent_at < before, *of)
        .order_by(*order)
        .limit(limit)
    )
    own = [each.name for each in recipients.c]
    return [
        Unconfirmed(
            Recipient(**{name: row._mapping[name] for name in own}),
            row.office_id,
            row.number,
            row.symbol,
            row.title,
            row.document_on,
            row.reminders,
        )
        for row in connection.execute(wanted)
    ]
