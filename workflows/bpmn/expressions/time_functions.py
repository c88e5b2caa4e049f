"""FEEL and JUEL functions on days, times and durations; the present comes from the caller, never from the machine."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

from workflows.bpmn.iso8601 import ZONE, Duration, parse_clock, parse_day, parse_duration, parse_instant

from .arithmetic import moved
from .frame import Frame
from .problem import Mismatch
from .text_functions import text, whole
from .values import Value, kind


def now(frame: Frame) -> Value:
    """now(): the instant of this evaluation."""
    return frame.now()


def today(frame: Frame) -> Value:
    """today(): its day in Viet Nam."""
    return frame.today()


def working_day(frame: Frame, days: Value) -> Value:
    """ngay_lam_viec(n): the end of the n-th working day after now, on the office's calendar."""
    return frame.lent("ngay_lam_viec", whole(days))


def date_time_or_now(frame: Frame, value: Value = None) -> Value:
    """JUEL dateTime(): now; dateTime("2026-01-05T08:00"): that instant."""
    return frame.now() if value is None else instant_of(value)


def instant_of(value: Value) -> datetime:
    """A date-time, or the text of one; Mismatch for everything else."""
    if type(value) is datetime:
        return value
    try:
        return parse_instant(text(value))
    except ValueError as problem:
        raise Mismatch("Chuỗi này không phải là thời điểm ISO 8601.") from problem


def day(_frame: Frame, value: Value, month: Value = None, number: Value = None) -> Value:
    """date("2026-01-05"), date(2026, 1, 5), date(date-time)."""
    try:
        if month is not None or number is not None:
            return date(whole(value), whole(month), whole(number))
        if type(value) is datetime:
            return value.date()
        return value if type(value) is date else parse_day(text(value))
    except (ValueError, OverflowError) as problem:
        raise Mismatch("Không có ngày như vậy trong lịch.") from problem


def clock(_frame: Frame, value: Value, minute: Value = None, second: Value = None) -> Value:
    """time("08:00"), time(8, 0, 0), time(date-time)."""
    try:
        if minute is not None or second is not None:
            return time(whole(value), whole(minute), whole(second or 0))
        if type(value) is datetime:
            return value.timetz()
        return value if type(value) is time else parse_clock(text(value))
    except (ValueError, OverflowError) as problem:
        raise Mismatch("Không có giờ như vậy.") from problem


def date_and_time(_frame: Frame, value: Value, at: Value = None) -> Value:
    """date and time("2026-01-05T08:00:00"), date and time(date, time); without offset: Viet Nam."""
    if at is None:
        return datetime.combine(value, time(), ZONE) if type(value) is date else instant_of(value)
    if type(value) not in (date, datetime) or type(at) is not time:
        raise Mismatch("date and time() cần một ngày và một giờ.")
    return datetime.combine(value, at, at.tzinfo or ZONE)


def duration(_frame: Frame, value: Value) -> Value:
    """duration("P1M"), duration("-PT2H")."""
    if type(value) is Duration:
        return value
    try:
        return parse_duration(text(value), signed=True)
    except ValueError as problem:
        raise Mismatch("Chuỗi này không phải là khoảng thời gian ISO 8601.") from problem


def months_between(_frame: Frame, start: Value, end: Value) -> Value:
    """years and months duration(from, to): whole months between two days."""
    if type(start) not in (date, datetime) or type(end) not in (date, datetime):
        raise Mismatch("years and months duration() cần hai ngày.")
    backward = (end.year, end.month, end.day) < (start.year, start.month, start.day)
    first, last = (end, start) if backward else (start, end)
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    return Duration(months=-months if backward else months)


def day_of_week(_frame: Frame, value: Value) -> Value:
    """day of week(date) = "Monday" … "Sunday" (DMN 1.3 table 82)."""
    if type(value) not in (date, datetime):
        raise Mismatch("day of week() cần một ngày.")
    return ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[value.weekday()]


_CALENDAR_PARTS: Final = ("year", "month", "day")
_CLOCK_PARTS: Final = ("hour", "minute", "second")


def part(value: Value, name: str) -> Value:
    """A named part of a day, date-time, time or duration, as in `han.year` or `duration("P1D").days`."""
    sort = kind(value)
    if sort == "duration":
        return _duration_part(value, name)
    if sort in ("date", "date and time"):
        if name in _CALENDAR_PARTS:
            return int(getattr(value, name))
        if name == "weekday":
            return value.isoweekday()
    if sort in ("time", "date and time") and name in _CLOCK_PARTS:
        return int(getattr(value, name))
    raise Mismatch(f"{sort} không có thành phần {name}.")


def _duration_part(value: Duration, name: str) -> int:
    seconds = int(value.clock.total_seconds())
    parts = {
        "years": value.months // 12 if value.months >= 0 else -(-value.months // 12),
        "months": value.months % 12 if value.months >= 0 else -(-value.months % 12),
        "days": value.days, "hours": seconds // 3600, "minutes": seconds // 60 % 60, "seconds": seconds % 60,
    }  # fmt: skip
    if name not in parts:
        raise Mismatch(f"Khoảng thời gian không có thành phần {name}.")
    return parts[name]


def shifted(value: datetime, unit: str, amount: int) -> Value:
    """JUEL dateTime().plusDays(3) and its like: `unit` is one of years months weeks days hours minutes seconds."""
    if unit in ("hours", "minutes", "seconds"):
        letter = unit[0].upper()
        size = parse_duration(f"PT1{letter}")
    else:
        size = parse_duration(f"P1{unit[0].upper()}")
    try:
        return moved(value, size.times(amount))
    except ValueError as problem:
        raise Mismatch("Thời gian nằm ngoài lịch.") from problem
