"""Times made concrete: the last day of a due date, and every occasion on which a duty falls due."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from workflows.engine.calendar import Calendar

from .document_parts import Due, Period
from .shared_totals import shared
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
_ONCE = "once"
AnyTime = TimeShape | Sequence[TimeShape] | Mapping[str, Any] | list[Mapping[str, Any]] | None


@dataclass(frozen=True)
class Occurrence:
    """One time at which a duty falls due: `key` is stable, all days are included, `count` is how often within it.

    `due` is None for what goes on all along, which is never late; `ends` is the last day that it is about.
    """

    key: str
    opens: date
    due: date | None
    count: int
    ends: date

    @property
    def once(self) -> bool:
        """Whether it does not come again: late, it is still to be done."""
        return self.key.endswith(_ONCE)


@dataclass(frozen=True)
class _Frame:
    """The years of the plan, the office's working days, and what stands before the keys of this time."""

    period: Period
    calendar: Calendar
    prefix: str = ""


def last_day(due: Due | Mapping[str, Any], year: int) -> date | None:
    """The last day that a due date allows in a year: "trước 16/11" is 15/11; a day that the month lacks is its last."""
    known = due if isinstance(due, Due) else Due.from_json(due)
    if known.month is None or known.day is None:
        return None
    day = _clamped(year, known.month, known.day)
    return day - timedelta(days=1) if known.rel == "before" else day


def last_working_day(day: date, calendar: Calendar) -> date:
    """The day itself, or the nearest one before it on which the office works: nothing is handed in on a holiday."""
    if calendar.is_working(day):
        return day
    return calendar.local_day(calendar.add_working_days(calendar.end_of(day), -1))


def occurrences(
    time: AnyTime, period: Period, year: int | None = None, calendar: Calendar | None = None
) -> list[Occurrence]:
    """Every occasion of these times within the period (or one year of it), first first.

    `time` is a shape, several, or their JSON; none at all gives none: nobody guesses when a duty falls due.
    Recurrences stand on the calendar's grid; `calendar` (Monday to Friday without one) tells its last working days. A
    daily duty is one occasion a week. A deadline without a year means the first year of the period.
    """
    shapes = _shapes(time)
    found: list[Occurrence] = []
    for number, shape in enumerate(shapes, start=1):
        frame = _Frame(period, calendar or Calendar(), f"{number}:" if len(shapes) > 1 else "")
        found.extend(_occasions(shape, frame))
    chosen = [one for one in found if year is None or one.opens.year <= year <= one.ends.year]
    return sorted(chosen, key=lambda one: (one.opens, one.due or date.max, one.key))


def _shapes(time: AnyTime) -> tuple[TimeShape, ...]:
    if time is None:
        return ()
    if isinstance(time, Recurring | Continuous | Window | Deadline | Milestones):
        return (time,)
    if isinstance(time, Mapping):
        return times_from_json(time)
    return tuple(shape for one in time for shape in _shapes(one))


def _occasions(shape: TimeShape, frame: _Frame) -> Iterator[Occurrence]:
    if isinstance(shape, Milestones):
        for number, item in enumerate(shape.items, start=1):
            yield from _simple(item.time, _Frame(frame.period, frame.calendar, f"{frame.prefix}m{number}:"))
    else:
        yield from _simple(shape, frame)


def _simple(shape: SimpleTime, frame: _Frame) -> Iterator[Occurrence]:
    match shape:
        case Recurring(months=()):
            yield from _recurring(shape, frame)
        case Recurring():
            yield from _in_months(shape, frame)
        case Continuous():
            yield from _each_year(shape.start, shape.end, frame)
        case Window():
            yield Occurrence(f"{frame.prefix}{_ONCE}", shape.start, shape.end, 1, shape.end)
        case Deadline():
            due = _deadline(shape, frame.period)
            opens = min(date(max(due.year, frame.period.first), 1, 1), due)
            yield Occurrence(f"{frame.prefix}{_ONCE}", opens, due, 1, due)


def _recurring(shape: Recurring, frame: _Frame) -> Iterator[Occurrence]:
    """The periods of the grid, each with its share of the whole number where the plan names one."""
    spans = list(_weeks(frame.period) if shape.every in ("week", "day") else _grid(shape, frame))
    per_span = shape.count * 7 if shape.every == "day" else shape.count
    shares = shared(shape.total, per_span, [opens.year for _, opens, _ in spans])
    for (key, opens, due), count in zip(spans, shares, strict=True):
        if count:
            yield Occurrence(frame.prefix + key, opens, due, count, due)


def _in_months(shape: Recurring, frame: _Frame) -> Iterator[Occurrence]:
    """The named months of each year, each with its share of the times of the year."""
    each = max(shape.count // len(shape.months), 1)
    for year in frame.period.years:
        for first, last in shape.months:
            due = _end_of(year, last)
            yield Occurrence(f"{frame.prefix}{_key('month', year, first)}", date(year, first, 1), due, each, due)


def _grid(shape: Recurring, frame: _Frame) -> Iterator[tuple[str, date, date]]:
    """Years, halves, quarters or months: key, first day, and the last day that is named or else that of the period."""
    length = _MONTHS[shape.every]
    for year in frame.period.years:
        for number, first in enumerate(range(1, 13, length), start=1):
            opens, last = date(year, first, 1), _end_of(year, first + length - 1)
            yield _key(shape.every, year, number), opens, _named_day(shape, opens, last, frame.calendar)


def _named_day(shape: Recurring, opens: date, last: date, calendar: Calendar) -> date:
    """ "Trước ngày 25 hằng tháng" of this month, "ngày làm việc cuối của quý" of this quarter, else the last day."""
    if shape.last_working_day:
        named: date | None = last_working_day(last, calendar)
    elif shape.due is None:
        return last
    else:
        month, day = shape.due
        named = last_day(Due(month or last.month, day, shape.rel or "by"), last.year)
    return named if named is not None and opens <= named <= last else last


def _weeks(period: Period) -> Iterator[tuple[str, date, date]]:
    """The weeks whose Monday lies in the period; the last one ends with it."""
    monday = date(period.first, 1, 1)
    monday += timedelta(days=-monday.weekday() % 7)
    while monday.year <= period.last:
        week = monday.isocalendar()
        yield f"{week.year}-W{week.week:02d}", monday, min(monday + timedelta(days=6), date(period.last, 12, 31))
        monday += timedelta(days=7)


def _each_year(start: date | None, end: date | None, frame: _Frame) -> Iterator[Occurrence]:
    """What goes on all along is looked at once a year."""
    first, last = start or date(frame.period.first, 1, 1), end or date(frame.period.last, 12, 31)
    for year in range(first.year, last.year + 1):
        ends = min(last, date(year, 12, 31))
        yield Occurrence(f"{frame.prefix}{year}", max(first, date(year, 1, 1)), None, 1, ends)


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
