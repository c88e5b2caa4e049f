"""Which day it is in the office: instants are kept in UTC, days are those of Asia/Ho_Chi_Minh."""

from __future__ import annotations

from datetime import date, datetime, time

from workflows.engine.calendar import VIETNAM


def local_day(instant: datetime) -> date:
    """The day on the office's wall at this instant; a naive value is a programming error."""
    if instant.tzinfo is None:
        raise ValueError(f"an instant needs a time zone: {instant!r}")
    return instant.astimezone(VIETNAM).date()


def start_of(day: date) -> datetime:
    """Midnight with which this day begins in the office."""
    return datetime.combine(day, time(), VIETNAM)
