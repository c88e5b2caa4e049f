"""Dates and due dates as the office writes them: dd/mm/yyyy of Asia/Ho_Chi_Minh, no relative word without the date."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

# Viet Nam has had no summer time since 1975, so a fixed offset is exact for every date that a plan can hold.
HANOI = timezone(timedelta(hours=7), "+07:00")


def day_of(instant: datetime) -> date:
    """The calendar day of an instant in Asia/Ho_Chi_Minh."""
    return instant.astimezone(HANOI).date()


def days_left(due: datetime, now: datetime) -> int:
    """Calendar days from today to the last day: 0 today, negative when the last day is over."""
    return (day_of(due) - day_of(now)).days


def full(day: date) -> str:
    """A date as dd/mm/yyyy."""
    return f"{day:%d/%m/%Y}"


def short(day: date) -> str:
    """A date as dd/mm, for subjects."""
    return f"{day:%d/%m}"


def in_words(due: datetime | None, now: datetime) -> str:
    """ "còn 2 ngày – 20/11/2026", "hết hôm nay – …", "quá hạn 2 ngày – …", or "không đặt hạn"."""
    if due is None:
        return "không đặt hạn"
    return f"{relative(due, now)} – {full(day_of(due))}"


def relative(due: datetime, now: datetime) -> str:
    """The relative part alone: "còn 1 ngày", "hết hôm nay", "quá hạn 2 ngày"."""
    left = days_left(due, now)
    if left > 0:
        return f"còn {left} ngày"
    return "hết hôm nay" if left == 0 else f"quá hạn {-left} ngày"
