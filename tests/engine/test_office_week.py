"""The week and the hours of an office: each setting changes what is counted, and without it nothing changes."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.engine.calendar import VIETNAM, Calendar
from workflows.engine.office_week import ORDINARY, OfficeWeek, hours_text, office_week, parse_hours, week_from_json
from workflows.errors import Refused

HOURS = "7:30-11:30, 13:30-17:00"
SATURDAY = (*ORDINARY[:5], "half", "off")


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """An instant of August 2026; the 3rd is a Monday."""
    return datetime(2026, 8, day, hour, minute, second, tzinfo=VIETNAM)


def due(week: OfficeWeek, start: datetime, days: int) -> datetime:
    return Calendar(week=week).add_working_days(start, days)


def test_saturday_morning_counts_as_a_working_day() -> None:
    friday = at(7, 9)
    assert due(OfficeWeek(), friday, 1).day == 10
    assert due(OfficeWeek(SATURDAY), friday, 1).day == 8
    assert Calendar(week=OfficeWeek(SATURDAY)).reason(date(2026, 8, 8)) == "half_day"
    assert Calendar(week=OfficeWeek(SATURDAY)).count(at(7, 9), at(14, 9)) == 6


def test_a_weekday_off_does_not_count() -> None:
    assert due(OfficeWeek(("work", "off", *ORDINARY[2:])), at(3, 9), 1).day == 5


def test_what_arrives_after_hours_arrives_on_the_next_working_day() -> None:
    week = OfficeWeek(hours=parse_hours(HOURS))
    assert due(week, at(3, 17), 1).day == 4
    assert due(week, at(3, 17, 1), 1).day == 5
    assert due(week, at(7, 18), 1).day == 11
    assert due(week, at(8, 9), 1).day == 11
    assert due(OfficeWeek(), at(3, 17, 1), 1).day == 4
    passed = Calendar(week=week).explain(at(3, 18), 2)
    assert [(each.day.day, each.counted, each.reason) for each in passed] == [
        (4, False, "after_hours"),
        (5, True, "working"),
        (6, True, "working"),
    ]


def test_of_a_half_day_the_first_period_is_worked() -> None:
    week = OfficeWeek(SATURDAY, parse_hours(HOURS), closes=True)
    assert due(week, at(8, 11, 30), 1).day == 10
    assert due(week, at(8, 12), 1).day == 11
    assert due(week, at(7, 9), 1) == at(8, 11, 30)


def test_a_due_date_ends_at_closing_time_only_where_the_office_says_so() -> None:
    hours = parse_hours(HOURS)
    assert due(OfficeWeek(hours=hours, closes=True), at(3, 9), 2) == at(5, 17)
    assert due(OfficeWeek(hours=hours), at(3, 9), 2) == at(5, 23, 59, 59)


def test_a_day_that_is_named_by_its_last_second_is_the_day() -> None:
    calendar = Calendar(week=OfficeWeek(hours=parse_hours(HOURS)))
    assert calendar.add_working_days(calendar.end_of(date(2026, 8, 3)), 1).day == 4
    assert calendar.add_working_days(calendar.end_of(date(2026, 8, 8)), 1).day == 10


@pytest.mark.parametrize(
    "bad", ["7-25", "11:30-7:30", "7:30-11:30, 11:00-17:00", "sáng", "7:30", "7-8,9-10,11-12,13-14,15-16"]
)
def test_hours_that_are_none(bad: str) -> None:
    with pytest.raises(Refused, match="BAD_HOURS"):
        parse_hours(bad)


@pytest.mark.parametrize(
    ("days", "hours", "closes", "code"),
    [
        (ORDINARY[:6], "", False, "BAD_WEEK"),
        (("off",) * 7, "", False, "BAD_WEEK"),
        ((*ORDINARY[:6], "rest"), "", False, "BAD_WEEK"),
        (ORDINARY, "", True, "HOURS_NEEDED"),
    ],
)
def test_weeks_that_are_none(days: tuple[str, ...], hours: str, closes: bool, code: str) -> None:
    with pytest.raises(Refused, match=code):
        office_week(days, hours, closes=closes)


def test_hours_as_people_type_them() -> None:
    assert parse_hours("7h30-11h30; 13.30–17h") == ((time(7, 30), time(11, 30)), (time(13, 30), time(17)))
    assert parse_hours(" ") == ()


WEEKS = st.builds(
    OfficeWeek,
    st.tuples(*[st.sampled_from(("work", "half", "off"))] * 7).filter(lambda days: set(days) != {"off"}),
    st.sampled_from([(), parse_hours("8-12"), parse_hours(HOURS)]),
)


@given(WEEKS, st.integers(0, 525_000), st.integers(1, 30))
def test_a_later_arrival_is_never_due_earlier_and_what_is_counted_is_worked(
    week: OfficeWeek, minutes: int, days: int
) -> None:
    calendar, moment = Calendar(week=week), at(1, 0) + timedelta(minutes=minutes)
    passed = calendar.explain(moment, days)
    assert sum(each.counted for each in passed) == days
    assert all(calendar.is_working(each.day) for each in passed if each.counted)
    late = moment.replace(hour=23, minute=0)
    assert late < moment or calendar.add_working_days(late, days) >= calendar.add_working_days(moment, days)
    assert week_from_json(week.to_json()) == week
    assert parse_hours(hours_text(week.hours)) == week.hours
