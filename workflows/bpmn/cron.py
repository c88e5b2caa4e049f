"""Quartz cron expressions of six or seven fields, as Camunda 7 accepts them in timeCycle."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

_MONTH_NAMES = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
_WEEKDAYS = {name: number for number, name in enumerate(("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"), 1)}
_STEP = re.compile(r"(?P<low>\*|[0-9A-Z]+)(?:-(?P<high>[0-9A-Z]+))?(?:/(?P<step>\d{1,4}))?", re.ASCII)
_LAST_DAY = re.compile(r"L(?:-(?P<back>\d{1,2}))?(?P<work>W)?", re.ASCII)
_NEAREST = re.compile(r"(?P<day>[1-9]|[12]\d|3[01])W", re.ASCII)
_NTH = re.compile(r"(?P<weekday>[1-7A-Z]+?)(?:#(?P<nth>[1-5])|(?P<last>L))", re.ASCII)
_HORIZON_YEARS = 100


@dataclass(frozen=True)
class Cron:
    """A schedule on the calendar: second, minute, hour, day of month, month, day of week, optional year."""

    text: str
    seconds: tuple[int, ...]
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    months: frozenset[int]
    years: frozenset[int] | None
    days: str
    weekdays: str

    @classmethod
    def parse(cls, text: str) -> Cron:
        """Read a cron expression; ValueError says what is wrong with it."""
        fields = text.upper().split()
        if len(fields) not in (6, 7) or len(text) > 200:
            raise ValueError(f"not a repeating interval or a cron expression of six fields: {text[:80]!r}")
        if (fields[3] == "?") == (fields[5] == "?") and fields[5] != "*":
            raise ValueError("exactly one of day of month and day of week must be '?'")
        years = frozenset(_numbers(fields[6], 1970, 2199, {})) if len(fields) == 7 and fields[6] != "*" else None
        seconds, minutes, hours = (
            tuple(sorted(_numbers(field, 0, top, {}))) for field, top in zip(fields, (59, 59, 23), strict=False)
        )
        weekdays = "?" if fields[3] != "?" and fields[5] == "*" else fields[5]
        months = frozenset(_numbers(fields[4], 1, 12, _MONTHS))
        cron = cls(text, seconds, minutes, hours, months, years, days=fields[3], weekdays=weekdays)
        cron._days_of(2024, 2)
        return cron

    def next_after(self, instant: datetime) -> datetime | None:
        """The first time of the schedule after `instant`, in the zone of `instant`; None within a hundred years."""
        day, first = instant.date(), instant.time().replace(microsecond=0)
        for month_index in range(_HORIZON_YEARS * 12):
            year, month = divmod(day.year * 12 + day.month - 1 + month_index, 12)
            month += 1
            if year > 9999 or month not in self.months or (self.years is not None and year not in self.years):
                continue
            for number in sorted(self._days_of(year, month)):
                candidate = date(year, month, number)
                if candidate < day:
                    continue
                clock = self._clock_after(first if candidate == day else None)
                if clock is not None:
                    return datetime.combine(candidate, clock, instant.tzinfo)
        return None

    def _clock_after(self, after: time | None) -> time | None:
        for hour in self.hours:
            if after is not None and hour < after.hour:
                continue
            for minute in self.minutes:
                for second in self.seconds:
                    clock = time(hour, minute, second)
                    if after is None or clock > after:
                        return clock
        return None

    def _days_of(self, year: int, month: int) -> set[int]:
        last = calendar.monthrange(year, month)[1]
        if self.days != "?":
            return {day for part in self.days.split(",") for day in _month_days(part, year, month, last)}
        return {day for part in self.weekdays.split(",") for day in _week_days(part, year, month, last)}


def _numbers(field: str, low: int, high: int, names: dict[str, int]) -> set[int]:
    found: set[int] = set()
    for part in field.split(","):
        match = _STEP.fullmatch(part if part != "?" else "*")
        if match is None:
            raise ValueError(f"cron field {field!r} cannot be read")
        first = low if match["low"] == "*" else _number(match["low"], names)
        step = int(match["step"] or 1)
        if match["high"]:
            last = _number(match["high"], names)
        else:
            last = high if match["low"] == "*" or match["step"] else first
        if not (low <= first <= high and low <= last <= high and step > 0):
            raise ValueError(f"cron field {field!r} is outside {low}-{high}")
        wrapped = (
            range(first, last + 1, step) if first <= last else [*range(first, high + 1, step), *range(low, last + 1)]
        )
        found.update(wrapped)
    return found


def _number(text: str, names: dict[str, int]) -> int:
    if text in names:
        return names[text]
    if not text.isdigit() or len(text) > 4:
        raise ValueError(f"cron value {text!r} is not a number")
    return int(text)


def _month_days(part: str, year: int, month: int, last: int) -> set[int]:
    if match := _LAST_DAY.fullmatch(part):
        day = last - int(match["back"] or 0)
        return {_nearest_weekday(day, year, month, last) if match["work"] else day} if day >= 1 else set()
    if match := _NEAREST.fullmatch(part):
        day = int(match["day"])
        return {_nearest_weekday(day, year, month, last)} if 1 <= day <= last else set()
    return {day for day in _numbers(part, 1, 31, {}) if day <= last}


def _nearest_weekday(day: int, year: int, month: int, last: int) -> int:
    weekday = date(year, month, day).weekday()
    if weekday == 5:
        return day - 1 if day > 1 else day + 2
    if weekday == 6:
        return day + 1 if day < last else day - 2
    return day


def _week_days(part: str, year: int, month: int, last: int) -> set[int]:
    match = _NTH.fullmatch(part)
    if part == "L":
        wanted = {7}
    elif match:
        wanted = {_number(match["weekday"], _WEEKDAYS)}
    else:
        wanted = _numbers(part, 1, 7, _WEEKDAYS)
    first = date(year, month, 1)
    days = [day for day in range(1, last + 1) if (first + timedelta(days=day - 1)).isoweekday() % 7 + 1 in wanted]
    if match and match["last"]:
        return set(days[-1:])
    if match and match["nth"]:
        return set(days[int(match["nth"]) - 1 : int(match["nth"])])
    return set(days)
