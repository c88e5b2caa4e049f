"""Lịch làm việc của cơ quan: the year at a glance, days off and worked instead, and what a change would move."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.words import deadline_words as said
from service.words.dates import read_day
from workflows.actions.deadlines.change_calendar import (
    KEEPERS,
    DayChange,
    Preview,
    change_calendar,
    preview,
)
from workflows.errors import NotFound, Refused
from workflows.store import clockwork, directory
from workflows.store.local_days import local_day
from workflows.store.screens import sight

from .mistakes import Mistake, mistakes_of

pages = Pages()
NEAR = 6  # years before and after today that the page shows


@dataclass(frozen=True)
class Day:
    """One day of the year view; `reason` as Calendar.reason gives it, `name` where somebody entered one."""

    day: date
    reason: str
    name: str


@dataclass(frozen=True)
class Month:
    """A month in weeks that begin on Monday; None before its first and after its last day."""

    number: int
    weeks: Sequence[Sequence[Day | None]]


@pages.get("/lich-lam-viec", PERSON)
def show(visit: Guest, nam: int = 0) -> Response:
    """The calendar of the own office in a year."""
    return _page(visit, office_of(visit), nam)


@pages.post("/lich-lam-viec", PERSON)
def change(visit: Guest) -> Response:
    """First what would move, then, with that very list agreed to, the change."""
    form, office_id = visit.form, office_of(visit)
    if form.has("xem_lai"):
        return _page(visit, office_id, 0, form.fields)
    day = read_day(form.text("ngay"))
    if day is None:
        mistake = mistakes_of(Refused("BAD_DATE", field="ngay", value=form.text("ngay")))
        return _page(visit, office_id, 0, form.fields, mistake, 422)
    kind = form.text("loai")
    changed = DayChange(day, None if kind == "bo" else kind, form.text("ten_ngay"), form.text("nguon"))
    try:
        change_calendar(visit.desk(), office_id, [changed], agreed=form.text("dong_y") or None)
    except Refused as refused:
        if refused.code == "PREVIEW_STALE":
            with visit.web.database.read() as connection:
                moves = preview(connection, office_id, [changed])
            return _page(visit, office_id, day.year, form.fields, preview_of=moves)
        if status_of(refused) != 422:
            raise
        return _page(visit, office_id, day.year, form.fields, mistakes_of(refused), 422)
    return visit.go(f"/lich-lam-viec?nam={day.year}")


def office_of(visit: Visit) -> int:
    """The office that the visitor belongs to; the first one of several."""
    with visit.web.database.read() as connection:
        offices = sight.sight_of(connection, visit.person.groups).office_ids
    if not offices:
        raise NotFound("office", person=visit.person.person)
    return min(offices)


def _page(  # noqa: PLR0917 - what a form gives back
    visit: Visit,
    office_id: int,
    year: int,
    typed: Mapping[str, str] | None = None,
    wrong: list[Mistake] | None = None,
    status: int = 200,
    preview_of: Preview | None = None,
) -> Response:
    today = local_day(visit.now)
    shown = year if abs(year - today.year) <= NEAR else today.year
    with visit.web.database.read() as connection:
        office = directory.body(connection, office_id)
        entered = [each for each in clockwork.calendar_days_of(connection, office_id) if each.day.year == shown]
        calendar = clockwork.calendar_of(connection, office_id)
    names = {each.day: each.name for each in entered}
    months = [_month(shown, number, names, calendar.reason) for number in range(1, 13)]
    return visit.page(
        "calendar.html",
        status=status,
        office=office,
        year=shown,
        months=months,
        entered=entered,
        today=today,
        said=said,
        may_change=bool({f"{role}@{office_id}" for role in KEEPERS} & visit.person.groups),
        preview=preview_of,
        typed=typed or {},
        wrong=wrong or [],
    )


def _month(year: int, number: int, names: Mapping[date, str], reason: Callable[[date], str]) -> Month:
    first = date(year, number, 1)
    days: list[Day | None] = [None] * first.weekday()
    day = first
    while day.month == number:
        days.append(Day(day, reason(day), names.get(day, "")))
        day += timedelta(days=1)
    days += [None] * (-len(days) % 7)
    return Month(number, [days[at : at + 7] for at in range(0, len(days), 7)])
