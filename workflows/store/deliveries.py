"""Letters on their way: each is claimed for a time by one sender, and its end is written by that sender only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update

from .suspending import goes_on
from .tables.telling import deliveries, outbox
from .taking import locked_once
from .upsert import insert_new

UNSENT = ("pending", "retry")


@dataclass(frozen=True)
class Letter:
    """What is sent, rendered once so that a repeat sends the same bytes under the same `message_id`."""

    outbox_id: int
    person_id: int | None
    body_id: int | None
    name: str
    address: str
    channel: str
    subject: str
    text: str
    html: str
    headers: Mapping[str, str]
    message_id: str


@dataclass(frozen=True)
class Delivery:
    """A letter with its fate; `attempts` is also the fence: only the sender of this attempt may write how it ended."""

    id: int
    letter: Letter
    status: str
    attempts: int
    next_at: datetime
    lease_until: datetime | None
    sent_at: datetime | None
    error: str | None
    made_at: datetime | None


def add_delivery(connection: Connection, letter: Letter, next_at: datetime) -> int | None:
    """Put a letter on its way, not before `next_at`; None when this address has one of the same occasion already."""
    row = {**vars(letter), "headers": dict(letter.headers), "status": "pending", "attempts": 0}
    row |= {"next_at": next_at, "made_at": next_at}
    added = connection.execute(insert_new(connection, deliveries).values(row).returning(deliveries.c.id))
    return added.scalar_one_or_none()


def delivery_at(connection: Connection, outbox_id: int, address: str, channel: str = "mail") -> int:
    """The letter of this occasion to this address."""
    same = (deliveries.c.outbox_id == outbox_id, deliveries.c.address == address, deliveries.c.channel == channel)
    return int(connection.execute(select(deliveries.c.id).where(*same)).scalar_one())


def claim(
    connection: Connection, now: datetime, lease: timedelta, limit: int, channel: str | None = None
) -> list[Delivery]:
    """Take letters to send, by this way or by any; until the lease is over nobody else gets them.

    Those that failed least come first, so that bad addresses never block the rest; a letter whose sender died comes
    again when its lease is over.
    """
    due = and_(deliveries.c.status.in_(UNSENT), deliveries.c.next_at <= now)
    orphaned = and_(deliveries.c.status == "sending", deliveries.c.lease_until <= now)
    about = select(outbox.c.office_id).where(outbox.c.id == deliveries.c.outbox_id).correlate(deliveries)
    wanted = select(deliveries.c.id).where(or_(due, orphaned), goes_on(about.scalar_subquery()))
    if channel is not None:
        wanted = wanted.where(deliveries.c.channel == channel)
    wanted = wanted.order_by(deliveries.c.attempts, deliveries.c.next_at, deliveries.c.id).limit(limit)
    taken = (
        update(deliveries)
        .where(deliveries.c.id.in_(locked_once(wanted)))
        .values(status="sending", attempts=deliveries.c.attempts + 1, lease_until=now + lease)
        .returning(deliveries)
    )
    found = [_delivery(row._mapping) for row in connection.execute(taken)]
    return sorted(found, key=lambda one: (one.attempts, one.next_at, one.id))


def is_held(connection: Connection, delivery: Delivery) -> bool:
    """Whether nobody else has taken the letter since: what was claimed together may be sent long after."""
    wanted = select(deliveries.c.id).where(*_mine(delivery))
    return connection.execute(wanted).first() is not None


def finish(connection: Connection, delivery: Delivery, now: datetime) -> bool:
    """The letter went out; False when the lease had passed to another sender."""
    return _end(connection, delivery, status="sent", sent_at=now, error=None)


def retry(connection: Connection, delivery: Delivery, next_at: datetime, error: str) -> bool:
    """It did not go out and is tried again at `next_at`; False when the lease had passed to another sender."""
    return _end(connection, delivery, status="retry", next_at=next_at, error=error)


def dead(connection: Connection, delivery: Delivery, error: str) -> bool:
    """It will never go out; somebody has to look at it. False when the lease had passed to another sender."""
    return _end(connection, delivery, status="dead", error=error)


def superseded(connection: Connection, delivery: Delivery) -> bool:
    """What it was to say is not true any more; False when the lease had passed to another sender."""
    return _end(connection, delivery, status="superseded")


def deliveries_with(connection: Connection, status: str, limit: int) -> list[Delivery]:
    """Letters with this status, newest first, for instance the dead ones."""
    wanted = select(deliveries).where(deliveries.c.status == status).order_by(deliveries.c.id.desc()).limit(limit)
    return [_delivery(row._mapping) for row in connection.execute(wanted)]


def delivery(connection: Connection, delivery_id: int) -> Delivery | None:
    """This letter; None when there is none."""
    row = connection.execute(select(deliveries).where(deliveries.c.id == delivery_id)).one_or_none()
    return _delivery(row._mapping) if row else None


def deliveries_of(connection: Connection, outbox_id: int) -> list[Delivery]:
    """The letters of one occasion in the order in which they were written."""
    wanted = select(deliveries).where(deliveries.c.outbox_id == outbox_id).order_by(deliveries.c.id)
    return [_delivery(row._mapping) for row in connection.execute(wanted)]


def is_waiting_for(connection: Connection, channel: str, address: str) -> bool:
    """Whether something is on its way to this address already."""
    unsent = (deliveries.c.channel == channel, deliveries.c.address == address, deliveries.c.status.in_(UNSENT))
    return connection.execute(select(deliveries.c.id).where(*unsent).limit(1)).first() is not None


def count_waiting(connection: Connection) -> dict[str, int]:
    """How many letters wait, by way."""
    counted = select(deliveries.c.channel, func.count()).where(deliveries.c.status.in_(UNSENT))
    return {row[0]: row[1] for row in connection.execute(counted.group_by(deliveries.c.channel))}


def deliveries_to(connection: Connection, address: str, limit: int) -> list[Delivery]:
    """What went or is to go to this address, newest first."""
    wanted = select(deliveries).where(deliveries.c.address == address).order_by(deliveries.c.id.desc()).limit(limit)
    return [_delivery(row._mapping) for row in connection.execute(wanted)]


def send_again(connection: Connection, delivery_id: int, now: datetime) -> bool:
    """Send once more what was sent or given up, as a person decided, under the same identity."""
    ended = (deliveries.c.id == delivery_id, deliveries.c.status.in_(("sent", "dead", "superseded")))
    return connection.execute(update(deliveries).where(*ended).values(_anew(now))).rowcount == 1


def send_dead_again(connection: Connection, now: datetime) -> int:
    """Send once more whatever was given up, each under its old identity; how many."""
    dead_ones = deliveries.c.status == "dead"
    return connection.execute(update(deliveries).where(dead_ones).values(_anew(now))).rowcount


def count_deliveries(connection: Connection) -> dict[str, int]:
    """How many letters stand in each status."""
    counted = select(deliveries.c.status, func.count()).group_by(deliveries.c.status)
    return {row[0]: row[1] for row in connection.execute(counted)}


def _anew(now: datetime) -> dict[str, object]:
    return {"status": "retry", "attempts": 0, "next_at": now, "made_at": now, "error": None}


def _end(connection: Connection, delivery: Delivery, **values: Any) -> bool:  # noqa: ANN401 - columns of one row
    ended = update(deliveries).where(*_mine(delivery)).values(lease_until=None, **values)
    return connection.execute(ended).rowcount == 1


def _mine(delivery: Delivery) -> tuple[ColumnElement[bool], ...]:
    """The condition that the lease is still that of this attempt."""
    return (
        deliveries.c.id == delivery.id,
        deliveries.c.status == "sending",
        deliveries.c.attempts == delivery.attempts,
    )


def _delivery(values: Mapping[Any, Any]) -> Delivery:
    letter = Letter(**{name: values[name] for name in Letter.__dataclass_fields__})
    rest = {name: values[name] for name in Delivery.__dataclass_fields__ if name != "letter"}
    return Delivery(letter=letter, **rest)
