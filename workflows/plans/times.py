"""Times made concrete: the last day of a due date, and every occasion on which a duty falls due."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .document_parts import Due, Period
from .time_shapes import (
    Continuous,
    Deadline,
    Every,
    Milestones,
    Recurring,
    SimpleTime,
    TimeShape,
    Window,
    times_from_json,
)

_MONTHS: Mapping[Every, int] = {"year": 12, "half": 6, "quarter": 3, "month": 1}
_LETTER: Mapping[Every, str] = {"half": "H", "quarter": "Q"}
AnyTime = TimeShape | Sequence[TimeShape] | Mapping[str, Any] | list[Mapping[str, Any]] | None


@dataclass(frozen=True)
class Occurrence:
    """One time at which a duty falls due: `key` is stable, both days are included, `count` is how often within it."""

    key: str
    opens: date
    due: date | None
    count: int


def last_day(due: Due | Mapping[str, Any], year: int) -> date | None:
    """The last day that a due date allows in a year: "trước 16/11" is 15/11; a day that the month lacks is its last."""
    known = due if isinstance(due, Due) else Due.from_json(due)
    if known.month is None or known.day is None:
        return None
    day = _clamped(year, known.month, known.day)
    return day - timedelta(days=1) if known.rel == "before" else day


def occurrences(time: AnyTime, period: Period, year: int | None = None) -> list[Occurrence]:
    """Every occasion of these times within the period (or one year of it), first first.

    `time` is a shape, several, or their JSON; none at all means once a year of the period. Recurrences stand on the
    calendar's grid. A daily duty is one occasion a week. A deadline without a year means the first year of the period.
    """
    shapes = _shapes(time)
    found: list[Occurrence] = []
    for number, shape in enumerate(shapes or (Recurring("year"),), start=1):
        prefix = f"{number}:" if len(shapes) > 1 else ""
        found.extend(_occasions(shape, period, prefix))
    chosen = [one for one in found if year is None or _touches(one, year)]
    return sorted(chosen, key=lambda one: (one.opens, one.due or date.max, one.key))


def _shapes(time: AnyTime) -> tuple[TimeShape, ...]:
    if time is None:
        return ()
    if isinstance(time, Recurring | Continuous | Window | Deadline | Milestones):
        return (time,)
    if isinstance(time, Mapping):
        return times_from_json(time)
    return tuple(shape for one in time for shape in _shapes(one))


def _touches(one: Occurrence, year: int) -> bool:
    return one.opens.year <= year <= (one.due or one.opens).year


def _occasions(shape: TimeShape, period: Period, prefix: str) -> Iterator[Occurrence]:
    if isinstance(shape, Milestones):
        for number, item in enumerate(shape.items, start=1):
            yield from _simple(item.time, period, f"{prefix}m{number}:")
    else:
        yield from _simple(shape, period, prefix)


def _simple(shape: SimpleTime, period: Period, prefix: str) -> Iterator[Occurrence]:
    match shape:
        case Recurring():
            yield from _recurring(shape, period, prefix)
        case Continuous():
            yield from _each_year(shape.start, shape.end, period, prefix)
        case Window():
            yield Occurrence(f"{prefix}once", shape.start, shape.end, 1)
        case Deadline():
            due = _deadline(shape, period)
            opens = min(date(due.year if due.year > period.first else period.first, 1, 1), due)
            yield Occurrence(f"{prefix}once", opens, due, 1)


def _recurring(shape: Recurring, period: Period, prefix: str) -> Iterator[Occurrence]:
    for year in period.years:
        if shape.every in ("week", "day"):
            per_week = shape.count * 7 if shape.every == "day" else shape.count
            yield from _weeks(year, per_week, prefix)
            continue
        length = _MONTHS[shape.every]
        for number, first in enumerate(range(1, 13, length), start=1):
            opens, last = date(year, first, 1), _end_of(year, first + length - 1)
            if shape.due is not None and shape.every == "year":
                named = last_day(Due(shape.due[0], shape.due[1], shape.rel or "by"), year)
                last = named if named is not None and named >= opens else last
            yield Occurrence(prefix + _key(shape.every, year, number), opens, last, shape.count)


def _weeks(year: int, count: int, prefix: str) -> Iterator[Occurrence]:
    """The weeks whose Monday lies in the year."""
    monday = date(year, 1, 1)
    monday += timedelta(days=-monday.weekday() % 7)
    while monday.year == year:
        week = monday.isocalendar()
        yield Occurrence(f"{prefix}{week.year}-W{week.week:02d}", monday, monday + timedelta(days=6), count)
        monday += timedelta(days=7)


def _each_year(start: date | None, end: date | None, period: Period, prefix: str) -> Iterator[Occurrence]:
    """What goes on all along is looked at once a year."""
    first, last = start or date(period.first, 1, 1), end or date(period.last, 12, 31)
    for year in range(first.year, last.year + 1):
        yield Occurrence(f"{prefix}{year}", max(first, date(year, 1, 1)), min(last, date(year, 12, 31)), 1)


def _deadline(shape: Deadline, period: Period) -> date:
    day = shape.day
    if day is None and shape.month_day is not None:
        day = _clamped(period.first, *shape.month_day)
    if day is None:
        return date(period.last, 12, 31)
    return day - timedelta(days=1) if shape.rel == "before" else day


def _key(every: Every, year: int, number: int) -> str:
    if every == "year":
        return str(year)
    return f"{year}-{number:02d}" if every == "month" else f"{year}-{_LETTER[every]}{number}"


def _end_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _clamped(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
