"""Sending what is due, each way out on its own: a way that is dead delays no other, and everybody can see it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Literal

from sqlalchemy import Connection

from workflows.store import channel_states, notices, telling
from workflows.store.channel_states import ChannelState
from workflows.store.database import Database
from workflows.store.deliveries import Delivery, claim, dead, finish, is_held, retry, superseded
from workflows.store.telling import Occasion
from workflows.store.tried_ways import TRIED

from .channels.channel import Channel
from .channels.error import ChannelError
from .channels.inbox import InboxChannel
from .digests import is_true
from .due_words import day_of
from .receipts import note_dead, note_sent
from .retries import NEXT_TRY, wait_after

LIMIT = 500
CHUNK = 20  # letters claimed at a time: what a sender that dies keeps from the others
LEASE = timedelta(minutes=10)
SAID_AGAIN = timedelta(minutes=10)  # that a way works is noted at most this often
MAIL = "mail"


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


def send_due(
    database: Database,
    now: datetime,
    channel: Channel | None,
    *,
    limit: int = LIMIT,
    others: Sequence[Channel] = (),
    stopwatch: Callable[[], float] = monotonic,
) -> Delivered:
    """Send up to `limit` letters by each way that is due; no transaction is open while a channel works.

    `stopwatch` tells the seconds that the pass itself takes, counted from any instant: they are added to `now`.
    """
    done, began = Delivered(), stopwatch()
    for each in (InboxChannel(), *([channel] if channel is not None else []), *others):
        sending = _Sending(database, each, lambda: now + timedelta(seconds=int(stopwatch() - began)))
        done = done.plus(**vars(sending.send(limit)))
    return done


class _Sending:
    """One pass of one way out; `clock` tells the instant that the pass has reached."""

    def __init__(self, database: Database, channel: Channel, clock: Callable[[], datetime]) -> None:
        self.database, self.channel, self._clock = database, channel, clock
        self.done = Delivered()
        self.trouble: ChannelError | None = None
        self.state = ChannelState(channel.name)

    @property
    def now(self) -> datetime:
        """By now: a pass over a slow way lasts longer than a lease, which would be over if it began with it."""
        return self._clock()

    def send(self, limit: int) -> Delivered:
        """Send until nothing is due, the limit is reached or nobody answers; then note how this way stands."""
        with self.database.read() as connection:
            self.state = channel_states.channel_state(connection, self.channel.name)
        if not self.state.is_open(self.now):
            return self.done
        left = limit
        try:
            while left > 0:
                with self.database.write() as connection:
                    claimed = claim(connection, self.now, LEASE, min(left, CHUNK), self.channel.name)
                left -= len(claimed)
                if not claimed or not self._send(claimed):
                    break
        finally:
            self.channel.close()
        self._note_state()
        return self.done

    def _send(self, claimed: list[Delivery]) -> bool:
        """Send these one after another; when nobody answers, the rest is put back and False returned."""
        for number, delivery in enumerate(claimed):
            fate = self._fate(delivery)
            if fate == "superseded":
                self._supersede(delivery)
            if fate != "due":
                continue
            try:
                self.channel.send(delivery.letter)
            except Exception as failure:  # whatever is wrong with one letter must not keep the others
                error = _explained(failure)
                self.trouble = error
                self.done = self.done.plus(**{self._failed(delivery, error): 1})
                if error.unreachable or error.silent:
                    rest = claimed[number + 1 :]
                    self._put_back(self.now + NEXT_TRY if error.unreachable else self.now, rest, str(error))
                    self.done = self.done.plus(retried=len(rest))
                    return False
            else:
                with self.database.write() as connection:
                    self.done = self.done.plus(sent=int(finish(connection, delivery, self.now)))
                    note_sent(connection, delivery, self.now)
        return True

    def _fate(self, delivery: Delivery) -> Literal["due", "left", "superseded"]:
        """Whether it is to be sent, in one look at the database.

        A pass that stood still for longer than its lease leaves the rest. A letter of which nothing is true any more is
        superseded; a link that somebody asked for is not. A gathered letter goes as long as one of its lines holds. A
        bell has no notice of its own: its occasion decides.
        """
        with self.database.read() as connection:
            if not is_held(connection, delivery):
                return "left"
            said = notices.notices_of_delivery(connection, delivery.id)
            if not said and delivery.letter.person_id is not None:
                said = notices.notices_of_occasion(connection, delivery.letter.outbox_id, delivery.letter.person_id)
            if not said or any(is_true(connection, each) for each in said if each.fate != "superseded"):
                return "due"
        return "superseded"

    def _supersede(self, delivery: Delivery) -> None:
        with self.database.write() as connection:
            superseded(connection, delivery)
            notices.supersede_letter(connection, delivery.id, self.now)
        self.done = self.done.plus(superseded=1)

    def _failed(self, delivery: Delivery, error: ChannelError) -> str:
        """Try again later, or give up: at once when it never will be taken, else when its ladder is at its end."""
        with self.database.write() as connection:
            occasion = telling.occasion(connection, delivery.letter.outbox_id)
            since = delivery.made_at or (occasion.addressed_at if occasion is not None else None) or self.now
            wait = wait_after(self.channel.name, delivery.attempts, self.now - since, unreachable=error.unreachable)
            if not error.permanent and wait is not None:
                retry(connection, delivery, self.now + wait, str(error))
                return "retried"
            if dead(connection, delivery, str(error)) and occasion is not None and self.channel.name == MAIL:
                note_dead(connection, delivery, str(error))
                _tell_clerks(connection, occasion, self.now)
            return "dead"

    def _put_back(self, next_at: datetime, rest: list[Delivery], error: str) -> None:
        """Letters that were claimed and not tried; after a silence they come before the letter that caused it."""
        with self.database.write() as connection:
            for delivery in rest:
                retry(connection, delivery, next_at, error)

    def _note_state(self) -> None:
        """One letter that went out says that the way works; a pass of failures alone says that it does not."""
        if self.done.sent == 0 and self.trouble is None:
            return
        known = self.state.last_ok_at is not None and self.now - self.state.last_ok_at < SAID_AGAIN
        if self.done.sent and known and self.state.failing_since is None:
            return
        with self.database.write() as connection:
            if self.done.sent or self.trouble is None:
                channel_states.note_working(connection, self.channel.name, self.now)
            elif not self.trouble.permanent:
                resume = self.now + NEXT_TRY if self.trouble.unreachable else None
                channel_states.note_failing(connection, self.channel.name, self.now, str(self.trouble), resume)


def _explained(failure: Exception) -> ChannelError:
    return failure if isinstance(failure, ChannelError) else ChannelError(f"{type(failure).__name__}: {failure}")


def _tell_clerks(connection: Connection, occasion: Occasion, now: datetime) -> None:
    """Once a day; a letter about dead letters that dies itself is not told of, nor one that a person tried."""
    if occasion.kind not in ("undelivered", TRIED):
        key = f"undelivered:{occasion.office_id}:{day_of(now).isoformat()}"
        telling.tell(connection, "undelivered", key, now, office_id=occasion.office_id)
