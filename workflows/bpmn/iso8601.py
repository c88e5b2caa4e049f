"""ISO 8601 texts of timers and due dates: durations with calendar arithmetic, instants, repeating intervals (or cron).

Calendar arithmetic is done in Viet Nam's zone: 31/01 + P1M is the last day of February, on the clock of the office.
The zone is a fixed +07:00 (unchanged since 1975), so that nothing here reads a file. Every error is a `ValueError`.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

from .cron import Cron

ZONE = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")

_DURATION = re.compile(
    r"(?P<sign>-)?P(?=[\dT])(?:(?P<years>\d{1,6})Y)?(?:(?P<months>\d{1,6})M)?(?:(?P<weeks>\d{1,6})W)?(?:(?P<days>\d{1,7})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,9})H)?(?:(?P<minutes>\d{1,9})M)?(?:(?P<seconds>\d{1,11})(?:[.,](?P<fraction>\d{1,9}))?S)?)?",
    re.ASCII,
)
_INSTANT = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})"
    r"(?:T(?P<time>\d{2}:\d{2}(?::\d{2})?)(?:[.,](?P<fraction>\d{1,9}))?(?P<zone>Z|[+-]\d{2}(?::?\d{2})?|@[A-Za-z/_]{1,40})?)?",
    re.ASCII,
)
_NAMED_ZONES = {"@Asia/Ho_Chi_Minh": "+07:00", "@Asia/Saigon": "+07:00", "@UTC": "+00:00", "@Etc/UTC": "+00:00"}
_REPEAT = re.compile(r"R(?P<count>-1|\d{1,9})?", re.ASCII)


@dataclass(frozen=True)
class Duration:
    """A length of time in three units that do not convert into each other: months, days and clock time."""

    months: int = 0
    days: int = 0
    clock: timedelta = timedelta()

    def add_to(self, instant: datetime) -> datetime:
        """The instant this much later, counted on Viet Nam's calendar; it keeps the zone of `instant` (aware)."""
        if instant.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        try:
            local = instant.astimezone(ZONE)
            moved = datetime.combine(self.add_to_day(local.date()), local.timetz())
            return (moved + self.clock).astimezone(instant.tzinfo)
        except OverflowError as problem:
            raise ValueError("the instant is beyond the calendar") from problem

    def add_to_day(self, day: date) -> date:
        """The day this many months (clamped to the end of the month) and days later; clock time is left out."""
        month = day.year * 12 + day.month - 1 + self.months
        year, month = divmod(month, 12)
        if not 1 <= year <= 9999:
            raise ValueError("the day is beyond the calendar")
        last = calendar.monthrange(year, month + 1)[1]
        try:
            return date(year, month + 1, min(day.day, last)) + timedelta(days=self.days)
        except OverflowError as problem:
            raise ValueError("the day is beyond the calendar") from problem

    def times(self, factor: int) -> Duration:
        """This duration `factor` times, unit by unit, so that an anchor on day 31 stays on day 31."""
        try:
            return Duration(self.months * factor, self.days * factor, self.clock * factor)
        except OverflowError as problem:
            raise ValueError("the duration is beyond the calendar") from problem

    def plus(self, other: Duration) -> Duration:
        """The sum, unit by unit."""
        try:
            return Duration(self.months + other.months, self.days + other.days, self.clock + other.clock)
        except OverflowError as problem:
            raise ValueError("the duration is beyond the calendar") from problem

    @property
    def is_zero(self) -> bool:
        """Whether adding it changes nothing."""
        return not self.months and not self.days and not self.clock

    def __str__(self) -> str:
        """The ISO text; a mixed sign is written unit by unit and does not read back."""
        if self.months <= 0 and self.days <= 0 and self.clock <= timedelta() and not self.is_zero:
            return "-" + str(self.times(-1))
        seconds, micros = divmod(self.clock // timedelta(microseconds=1), 1_000_000)
        hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
        fraction = f".{micros:06}".rstrip("0") if micros else ""
        day = _parts((self.months // 12, "Y"), (self.months % 12, "M"), (self.days, "D"))
        clock = _parts((hours, "H"), (minutes, "M")) + (f"{seconds}{fraction}S" if seconds or micros else "")
        return f"P{day}{'T' + clock if clock else ''}" if day or clock else "PT0S"


def _parts(*units: tuple[int, str]) -> str:
    return "".join(f"{amount}{unit}" for amount, unit in units if amount)


def parse_duration(text: str, *, signed: bool = False) -> Duration:
    """Read PnYnMnWnDTnHnMnS (ISO 8601-1 5.5.2; a fraction only of seconds); a leading minus only where `signed`."""
    found = _DURATION.fullmatch(text.strip())
    if found is None or (found["sign"] and not signed):
        raise ValueError(f"not an ISO 8601 duration: {text[:80]!r}")
    years, months, weeks, days, hours, minutes, seconds = (
        int(found[unit] or 0) for unit in ("years", "months", "weeks", "days", "hours", "minutes", "seconds")
    )
    micros = int((found["fraction"] or "0").ljust(6, "0")[:6])
    clock = timedelta(hours=hours, minutes=minutes, seconds=seconds, microseconds=micros)
    duration = Duration(years * 12 + months, weeks * 7 + days, clock)
    return duration.times(-1) if found["sign"] else duration


def parse_instant(text: str) -> datetime:
    """Read an ISO date-time (or a date: its midnight); without an offset it is on Viet Nam's clock."""
    found = _INSTANT.fullmatch(text.strip())
    offset = _NAMED_ZONES.get(found["zone"] or "", found["zone"] or "") if found else ""
    if found is None or offset.startswith("@"):
        raise ValueError(f"not an ISO 8601 instant: {text[:80]!r}")
    fraction = "." + (found["fraction"] or "0")[:6].ljust(6, "0")
    clock = found["time"] or "00:00:00"
    whole = f"{found['date']}T{clock if len(clock) == 8 else clock + ':00'}{fraction}{offset}"
    instant = datetime.fromisoformat(whole)
    instant = instant if instant.tzinfo is not None else instant.replace(tzinfo=ZONE)
    try:
        for zone in (UTC, ZONE):
            instant.astimezone(zone)
    except OverflowError as problem:
        raise ValueError(f"an instant beyond the calendar: {text[:80]!r}") from problem
    return instant


def parse_day(text: str) -> date:
    """Read a calendar day, YYYY-MM-DD."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise ValueError(f"not an ISO 8601 date: {text[:80]!r}")
    return date.fromisoformat(text)


def parse_clock(text: str) -> time:
    """Read a time of day, hh:mm[:ss] with an optional offset."""
    if not re.fullmatch(r"\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?", text, re.ASCII):
        raise ValueError(f"not an ISO 8601 time: {text[:80]!r}")
    return time.fromisoformat(text)


@dataclass(frozen=True)
class Cycle:
    """A repeating timer: how often (None = for ever), from when, every how long (or by cron), ending when."""

    repetitions: int | None
    start: datetime | None
    period: Duration | Cron
    end: datetime | None = None

    def due(self, index: int, arrival: datetime, previous: datetime | None = None) -> datetime | None:
        """When fire number `index` (0 = the first) of a timer armed at `arrival` is due; None when there is none.

        `previous` is the due time of the fire before it, which only cron needs. Fires are counted from the anchor
        (start, end or arrival), not from the fire before, so a monthly cycle on day 31 comes back to day 31.
        """
        if self.repetitions is not None and index >= self.repetitions:
            return None
        if isinstance(self.period, Cron):
            after = self.period.next_after((previous or arrival).astimezone(ZONE))
            return after.astimezone(arrival.tzinfo) if after else None
        if self.start is not None:
            return self.period.times(index).add_to(self.start)
        if self.end is not None:
            back = self._periods_before_end(arrival, self.end) - index
            return self.period.times(-back).add_to(self.end) if back >= 0 else None
        return self.period.times(index + 1).add_to(arrival)

    def _periods_before_end(self, arrival: datetime, end: datetime) -> int:
        """How many periods before the end the first fire lies, as the count and the arrival allow; -1 for none."""
        assert isinstance(self.period, Duration)
        if end <= arrival:
            return -1
        low, high = 0, 1 if self.repetitions is None else self.repetitions
        if self.repetitions is None:
            while high < 1 << 40 and self._is_after(arrival, end, high):
                high *= 2
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._is_after(arrival, end, middle) else (low, middle)
        return low

    def _is_after(self, arrival: datetime, end: datetime, back: int) -> bool:
        assert isinstance(self.period, Duration)
        try:
            return self.period.times(-back).add_to(end) > arrival
        except ValueError:
            return False


def parse_cycle(text: str) -> Cycle:
    """Read R[n]/duration, R[n]/start/duration, R[n]/duration/end (R and R-1 = for ever) or a six-field Quartz cron."""
    text = text.strip()
    head, *rest = text.split("/")
    repeat = _REPEAT.fullmatch(head)
    if repeat is None:
        return Cycle(None, None, Cron.parse(text))
    count = None if repeat["count"] in (None, "-1") else int(repeat["count"])
    if len(rest) == 1:
        cycle = Cycle(count, None, parse_duration(rest[0]))
    elif len(rest) == 2 and rest[0].startswith("P"):
        cycle = Cycle(count, None, parse_duration(rest[0]), parse_instant(rest[1]))
    elif len(rest) == 2:
        cycle = Cycle(count, parse_instant(rest[0]), parse_duration(rest[1]))
    else:
        raise ValueError(f"not an ISO 8601 repeating interval: {text[:80]!r}")
    if isinstance(cycle.period, Duration) and cycle.period.is_zero:
        raise ValueError("a repeating interval needs a period longer than nothing")
    return cycle


def to_text(instant: datetime) -> str:
    """The instant as the engine stores it: UTC with a Z, microseconds only where there are some."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")
