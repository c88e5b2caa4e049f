"""From the outbox to the addressees: letters are written once, kept, and sent until they arrive; twice is once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from workflows.store import telling, worklist
from workflows.store.database import Database
from workflows.store.deliveries import Delivery, claim, dead, finish, retry, supersede
from workflows.store.telling import Occasion

from .audience import TASK_KINDS
from .channels.channel import Channel
from .channels.error import ChannelError
from .channels.inbox import InboxChannel
from .due_words import day_of
from .receipts import note_dead, note_sent
from .write_letters import write_letters

LIMIT = 500
CHUNK = 20  # letters claimed at a time: what a sender that dies keeps from the others
LEASE = timedelta(minutes=10)
NEXT_TRY = timedelta(minutes=1)  # when nobody answered
LONGEST_WAIT = timedelta(minutes=60)
GIVE_UP = timedelta(hours=72)


@dataclass(frozen=True)
class Delivered:
    """How many letters were sent, will be tried again, were given up, and were no longer true."""

    sent: int = 0
    retried: int = 0
    dead: int = 0
    superseded: int = 0

    def plus(self, **more: int) -> Delivered:
        """The same with some more."""
        return Delivered(**{name: value + more.get(name, 0) for name, value in vars(self).items()})


def deliver(
    database: Database,
    now: datetime,
    channel: Channel,
    *,
    base_url: str,
    tokens: Callable[[], str],
    limit: int = LIMIT,
) -> Delivered:
    """Address what is to be told and send what is due; what could not be addressed does not keep letters from going."""
    try:
        address(database, now, base_url=base_url, tokens=tokens, limit=limit)
    finally:
        delivered = send_due(database, now, channel, limit=limit)
    return delivered


def address(database: Database, now: datetime, *, base_url: str, tokens: Callable[[], str], limit: int = LIMIT) -> int:
    """Turn up to `limit` occasions into letters, oldest first, each in a transaction of its own; how many letters.

    An occasion that cannot be addressed stays for the next time; the others are not kept waiting, and all failures are
    raised together at the end.
    """
    with database.read() as connection:
        waiting = telling.unaddressed(connection, limit)
    written, failures = 0, []
    for occasion in waiting:
        try:
            with database.write() as connection:
                if telling.addressed(connection, occasion.id, now):
                    written += write_letters(connection, occasion, now, base_url=base_url, tokens=tokens)
        except Exception as failure:
            failure.add_note(f"outbox {occasion.id}: {occasion.kind} {occasion.key}")
            failures.append(failure)
    if failures:
        raise ExceptionGroup("some occasions could not be addressed", failures)
    return written


def send_due(database: Database, now: datetime, channel: Channel, *, limit: int = LIMIT) -> Delivered:
    """Send up to `limit` letters that are due; no transaction is open while the channel works."""
    done, left = Delivered(), limit
    try:
        while left > 0:
            with database.write() as connection:
                claimed = claim(connection, now, LEASE, min(left, CHUNK))
            left -= len(claimed)
            done, reachable = _send(database, now, channel, claimed, done)
            if not claimed or not reachable:
                break
    finally:
        channel.close()
    return done


def _send(
    database: Database, now: datetime, channel: Channel, claimed: list[Delivery], done: Delivered
) -> tuple[Delivered, bool]:
    """Send these one after another; when nobody answers, the rest is put back and False returned."""
    for number, delivery in enumerate(claimed):
        if _is_superseded(database, delivery):
            done = done.plus(superseded=1)
            continue
        try:
            (InboxChannel() if delivery.letter.channel == InboxChannel.name else channel).send(delivery.letter)
        except Exception as failure:  # whatever is wrong with one letter must not keep the others
            error = _explained(failure)
            done = done.plus(**{_failed(database, now, delivery, error): 1})
            if error.unreachable or error.silent:
                rest = claimed[number + 1 :]
                _put_back(database, now + NEXT_TRY if error.unreachable else now, rest, str(error))
                return done.plus(retried=len(rest)), False
        else:
            with database.write() as connection:
                done = done.plus(sent=int(finish(connection, delivery, now)))
                note_sent(connection, delivery, now)
    return done, True


def _explained(failure: Exception) -> ChannelError:
    return failure if isinstance(failure, ChannelError) else ChannelError(f"{type(failure).__name__}: {failure}")


def _is_superseded(database: Database, delivery: Delivery) -> bool:
    """A letter about a task that was closed meanwhile is not sent, but the link that somebody asked for is."""
    with database.read() as connection:
        occasion = telling.occasion(connection, delivery.letter.outbox_id)
        task_id = occasion.task_id if occasion is not None and occasion.kind in TASK_KINDS else None
        task = worklist.task(connection, task_id) if task_id is not None else None
    if task is None or task.status == "open" or (occasion is not None and occasion.kind == "new_link"):
        return False
    with database.write() as connection:
        retry(connection, delivery, delivery.next_at, "superseded")
        supersede(connection, task.id)
    return True


def _failed(database: Database, now: datetime, delivery: Delivery, error: ChannelError) -> str:
    """Try again later, or give up: at once when it never will be taken, else after three days of answers."""
    with database.write() as connection:
        occasion = telling.occasion(connection, delivery.letter.outbox_id)
        since = occasion.addressed_at if occasion is not None and occasion.addressed_at is not None else now
        given_up = error.permanent or (not error.unreachable and now - since >= GIVE_UP)
        if not given_up:
            wait = NEXT_TRY if error.unreachable else back_off(delivery.attempts)
            retry(connection, delivery, now + wait, str(error))
            return "retried"
        if dead(connection, delivery, str(error)) and occasion is not None:
            note_dead(connection, delivery, str(error))
            _tell_clerks(connection, occasion, now)
        return "dead"


def back_off(attempts: int) -> timedelta:
    """How long to wait after this many attempts: 1, 2, 4 … and at most 60 minutes."""
    return min(timedelta(minutes=2 ** min(attempts - 1, 10)), LONGEST_WAIT)


def _tell_clerks(connection: Connection, occasion: Occasion, now: datetime) -> None:
    """Once a day; a letter about dead letters that dies itself is not told of."""
    if occasion.kind != "undelivered":
        key = f"undelivered:{occasion.office_id}:{day_of(now).isoformat()}"
        telling.tell(connection, "undelivered", key, now, office_id=occasion.office_id)


def _put_back(database: Database, next_at: datetime, rest: list[Delivery], error: str) -> None:
    """Letters that were claimed and not tried; after a silence they come before the letter that caused it."""
    with database.write() as connection:
        for delivery in rest:
            retry(connection, delivery, next_at, error)
