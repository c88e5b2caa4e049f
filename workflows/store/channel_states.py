"""How each way out of the house stands: since when it fails, why, and not before when it is tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from .tables.notices import channel_states
from .upsert import insert_or_change

_CHANGED = ("failing_since", "last_ok_at", "last_error", "resume_at", "failures")


@dataclass(frozen=True)
class ChannelState:
    """One way out; `failing_since` is None while it works, `failures` counts the passes since then."""

    channel: str
    failing_since: datetime | None = None
    last_ok_at: datetime | None = None
    last_error: str | None = None
    resume_at: datetime | None = None
    failures: int = 0

    def is_open(self, now: datetime) -> bool:
        """Whether it may be tried now."""
        return self.resume_at is None or self.resume_at <= now


def channel_state(connection: Connection, channel: str) -> ChannelState:
    """How this way stands; one that was never used works."""
    row = connection.execute(select(channel_states).where(channel_states.c.channel == channel)).one_or_none()
    return ChannelState(**row._mapping) if row else ChannelState(channel)


def all_channel_states(connection: Connection) -> list[ChannelState]:
    """Every way that was ever used, by name."""
    return [ChannelState(**row._mapping) for row in connection.execute(select(channel_states).order_by("channel"))]


def note_working(connection: Connection, channel: str, now: datetime) -> None:
    """Something went out."""
    _keep(connection, ChannelState(channel, last_ok_at=now))


def note_failing(connection: Connection, channel: str, now: datetime, error: str, resume_at: datetime | None) -> None:
    """A pass went by in which nothing went out and something failed."""
    before = channel_state(connection, channel)
    since = before.failing_since or now
    _keep(connection, ChannelState(channel, since, before.last_ok_at, error, resume_at, before.failures + 1))


def _keep(connection: Connection, state: ChannelState) -> None:
    connection.execute(insert_or_change(connection, channel_states, ("channel",), _CHANGED).values(vars(state)))
