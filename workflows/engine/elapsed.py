"""Working days that went by, and those of them on which the clock stood still (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .calendar import Calendar


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time; without an end it lasts until now."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Elapsed:
    """Working days from a start to an end: all of them, and those on which the clock stood still."""

    gross: int
    standing: int = 0

    @property
    def net(self) -> int:
        """The working days that count."""
        return self.gross - self.standing


def elapsed(calendar: Calendar, span: Span, standing: Iterable[Span], now: datetime) -> Elapsed:
    """The working days of a span, as `Calendar.count` counts them (the first day not, the last one yes).

    A day stands still when a standing span counts it too; days that several of them count stand still once.
    """
    days = _days(calendar, span, now)
    still = {day for each in standing for day in _days(calendar, each, now)}
    return Elapsed(len(days), len(days & still))


def _days(calendar: Calendar, span: Span, now: datetime) -> set[date]:
    first, last = calendar.local_day(span.start), calendar.local_day(span.end or now)
    passed = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return {day for day in passed if calendar.is_working(day)}
