"""Working days of an office: its week, public holidays, swapped days, half days and hours (Bộ luật Lao động Điều 112,
in Asia/Ho_Chi_Minh)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo

from .office_week import ORDINARY_WEEK, OfficeWeek

VIETNAM: tzinfo = timezone(
    timedelta(hours=7), "Asia/Ho_Chi_Minh"
)  # no daylight saving since 1975, so no time zone data is needed
END_OF_DAY = time(23, 59, 59)
LONGEST_SEARCH = timedelta(days=4000)


@dataclass(frozen=True, slots=True)
class DayCounted:
    """One day passed on the way to a deadline: whether it counted, and why (working, half_day, swapped, holiday,
    weekend; after_hours: it is the day of arrival, because what came earlier came after closing time)."""

    day: date
    counted: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """An office's calendar. `working` are weekend days worked by a swap; a half day is a working day; `week` is the
    ordinary week; the zone is the office's."""

    holidays: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()
    half_days: frozenset[date] = frozenset()
    zone: tzinfo = VIETNAM
    week: OfficeWeek = ORDINARY_WEEK

    def reason(self, day: date) -> str:
        """Why a day counts or does not: swapped beats holiday, holiday beats weekend."""
        if day in self.working:
            return "swapped"
        if day in self.holidays:
            return "holiday"
        kind = self.week.kind(day)
        if kind == "off":
            return "weekend"
        return "half_day" if kind == "half" or day in self.half_days else "working"

    def is_working(self, day: date) -> bool:
        """Whether the office works on this day, wholly or for half of it."""
        return self.reason(day) not in {"holiday", "weekend"}

    def explain(self, start: datetime, days: int) -> tuple[DayCounted, ...]:
        """The days passed when counting `days` working days from the day after `start` (before it when negative)."""
        step = timedelta(days=1 if days > 0 else -1)
        day, left, passed = self.local_day(start), abs(days), []
        last = day + step * LONGEST_SEARCH.days
        if days > 0 and self._is_after_hours(start):
            day = self._next_working(day)
            passed.append(DayCounted(day, False, "after_hours"))
        while left and day != last:
            day += step
            counted = self.is_working(day)
            passed.append(DayCounted(day, counted, self.reason(day)))
            left -= counted
        if left:
            raise ValueError(f"no {abs(days)} working days within {LONGEST_SEARCH.days} days of {start.isoformat()}")
        return tuple(passed)

    def add_working_days(self, start: datetime, days: int) -> datetime:
        """The end of the `days`-th working day after the day of `start` (before it when negative): its last second
        (23:59:59 local), or closing time where the office says so."""
        passed = self.explain(start, days)
        day = passed[-1].day if passed else self.local_day(start)
        closing = self.closing(day) if self.week.closes and days > 0 else None
        return self.end_of(day) if closing is None else datetime.combine(day, closing, self.zone)

    def closing(self, day: date) -> time | None:
        """When the office closes on this day; None where it does not work, or hours do not matter."""
        return self.week.closing(self.reason(day) == "half_day") if self.is_working(day) else None

    def count(self, start: datetime, end: datetime) -> int:
        """Working days after the day of `start` up to and including the day of `end`; negative when `end` is
        earlier."""
        first, last = self.local_day(start), self.local_day(end)
        if last < first:
            return -self.count(end, start)
        return sum(self.is_working(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))

    def local_day(self, instant: datetime) -> date:
        """The office's calendar day of an instant."""
        return instant.astimezone(self.zone).date()

    def _is_after_hours(self, start: datetime) -> bool:
        """Whether this instant comes after the office has closed; the last second of a day stands for the day."""
        here = start.astimezone(self.zone)
        if not self.week.hours or here.time().replace(microsecond=0) == END_OF_DAY:
            return False
        closing = self.closing(here.date())
        return closing is None or here.time() > closing

    def _next_working(self, day: date) -> date:
        for ahead in range(1, LONGEST_SEARCH.days):
            if self.is_working(day + timedelta(days=ahead)):
                return day + timedelta(days=ahead)
        raise ValueError(f"no working day within {LONGEST_SEARCH.days} days of {day}")

    def end_of(self, day: date) -> datetime:
        """The last second of a day in the office's zone."""
        return datetime.combine(day, END_OF_DAY, self.zone)
