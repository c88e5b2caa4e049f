"""The report cycles of a rule over a plan's period: the window each covers, when it opens, and the two last days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from workflows.engine.calendar import Calendar

from .document_parts import Period
from .report_ends import day_from_end
from .report_periods import is_named

# How long before the units' day a cycle opens, so that nobody hears of it for the first time when it is due.
NOTICE_DAYS: Mapping[str, int] = {"year": 30, "half": 20, "six": 20, "nine": 20, "quarter": 15, "month": 7}
# How many months lie between two reports of a rhythm: those of six and of nine months come once a year.
MONTHS: Mapping[str, int] = {"year": 12, "half": 6, "six": 12, "nine": 12, "quarter": 3, "month": 1}
# The months in which the windows end, and how many months each covers (NĐ 09/2019/NĐ-CP Điều 12).
_ENDS: Mapping[str, tuple[int, ...]] = {
    "year": (12,),
    "half": (6, 12),
    "six": (6,),
    "nine": (9,),
    "quarter": (3, 6, 9, 12),
    "month": tuple(range(1, 13)),
}
_COVERS: Mapping[str, int] = {"year": 12, "half": 6, "six": 6, "nine": 9, "quarter": 3, "month": 1}
CUTOFF_DAY = 14  # of the last month of a window, included
# Working days that the office needs to consolidate, where the plan names only one of the two dates.
CONSOLIDATION_DAYS = 3


@dataclass(frozen=True)
class CyclePlan:
    """One cycle; both ends of the window and both dues are last days, included."""

    key: str
    window_from: date
    window_to: date
    opens_on: date
    unit_due: date
    office_due: date
    last: bool

    def columns(self) -> dict[str, Any]:
        """The columns of the table of cycles."""
        return asdict(self)


def plan_cycles(  # noqa: PLR0917 - the facts of a rule
    every: str,
    unit_due: Mapping[str, Any] | None,
    office_due: Mapping[str, Any] | None,
    period: Period,
    calendar: Calendar,
    cutoff_day: int = CUTOFF_DAY,
    only: Sequence[str] = (),
) -> list[CyclePlan]:
    """Every cycle of a rule that repeats within each year of the period (`every`: a key of MONTHS), or `only` some.

    The window of a report runs from the 15th before its period to the 14th of its last month (NĐ 09/2019/NĐ-CP), or
    from the day after `cutoff_day` to `cutoff_day`; a month without that day counts to its end.
    Dues are as `Due.to_json` has them, "before" a day meaning that the day before it is the last one; a day that would
    come before half of the window is over is that of the following one ("trước 15/01": of the next year). Without dues
    the units report at the end of the window, and the office CONSOLIDATION_DAYS working days later.
    """
    planned = []
    windows = [window for window in _windows(every, period, cutoff_day) if is_named(window[0], only)]
    for key, first, last_day in windows:
        half = first + (last_day - first) / 2
        on_time = [_on_time(due, MONTHS[every], half, last_day, calendar) for due in (unit_due, office_due)]
        units, office = _dues(on_time[0], on_time[1], last_day, calendar)
        opens = min(units, max(first, units - timedelta(days=NOTICE_DAYS[every])))
        planned.append(CyclePlan(key, first, last_day, opens, units, office, last=key == windows[-1][0]))
    return planned


def _windows(every: str, period: Period, cutoff_day: int) -> Iterator[tuple[str, date, date]]:
    length = _COVERS[every]
    for year in period.years:
        for number, end in enumerate(_ENDS[every], start=1):
            start_year, start_month = (year, end - length) if end > length else (year - 1, 12)
            before = _clamped(start_year, start_month, cutoff_day)
            yield _key(every, year, number), before + timedelta(days=1), _clamped(year, end, cutoff_day)


def _key(every: str, year: int, number: int) -> str:
    keys = {
        "year": f"{year}",
        "half": f"{year}-H{number}",
        "six": f"{year}-6T",
        "nine": f"{year}-9T",
        "quarter": f"{year}-Q{number}",
        "month": f"{year}-{number:02d}",
    }
    return keys[every]


def _dues(units_day: date | None, office_day: date | None, window_to: date, calendar: Calendar) -> tuple[date, date]:
    """Both last days, where the plan names one of them or none; the office is never due before its units."""
    if units_day is None and office_day is None:
        units_day = window_to
    if units_day is None:
        assert office_day is not None
        units_day = _working(calendar, office_day, -CONSOLIDATION_DAYS)
    if office_day is None or office_day < units_day:
        office_day = _working(calendar, units_day, CONSOLIDATION_DAYS)
    return units_day, office_day


def _on_time(
    due: Mapping[str, Any] | None, length: int, half: date, window_to: date, calendar: Calendar
) -> date | None:
    if due is None:
        return None
    return day_from_end(due, window_to, calendar) or _last_day(due, length, half, window_to)


def _last_day(due: Mapping[str, Any], length: int, half: date, window_to: date) -> date | None:
    """The first day from `half` of the window on that a due allows, its month recurring every `length` months."""
    if not due.get("day"):
        return None
    month = due.get("month")
    months = (half.year - 1) * 12 + month - 1 if month else window_to.year * 12 + window_to.month - 1
    while True:
        day = _clamped(months // 12, months % 12 + 1, due["day"])
        last = day - timedelta(days=1) if due.get("rel") == "before" else day
        if last >= half:
            return last
        months += length


def _clamped(year: int, month: int, day: int) -> date:
    """A day that the month lacks is its last one."""
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day, last))


def _working(calendar: Calendar, day: date, days: int) -> date:
    return calendar.local_day(calendar.add_working_days(calendar.end_of(day), days))


_ROMAN = ("I", "II", "III", "IV")
_PARTS_OF_YEAR = {"H1": "6 tháng đầu", "H2": "6 tháng cuối", "6T": "6 tháng", "9T": "9 tháng"}


def period_words(key: str) -> str:
    """The key of a period in words: "năm 2026", "quý III/2026", "6 tháng đầu năm 2026", "tháng 10/2026", "tuần 5/2026".

    Empty for what is done once. What stands before a colon tells several times of one duty apart and is no word.
    """
    year, _, part = key.rpartition(":")[2].partition("-")
    if not year.isdecimal():
        return ""
    kind, number = part[:1], part[1:]
    if kind == "Q" and number in ("1", "2", "3", "4"):
        return f"quý {_ROMAN[int(number) - 1]}/{year}"
    if kind == "W" and number.isdecimal():
        return f"tuần {int(number)}/{year}"
    if part in _PARTS_OF_YEAR:
        return f"{_PARTS_OF_YEAR[part]} năm {year}"
    return f"tháng {int(part)}/{year}" if part.isdecimal() else f"năm {year}"


def key_a_year_before(key: str) -> str:
    """The key of the same period one year earlier, whose figures the new ones are compared with."""
    year, dash, part = key.partition("-")
    return f"{int(year) - 1}{dash}{part}" if year.isdecimal() else ""
