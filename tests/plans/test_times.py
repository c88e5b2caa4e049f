from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.engine.calendar import Calendar
from workflows.plans.document_parts import Due, Period
from workflows.plans.time_shapes import Continuous, Deadline, Every, Milestone, Milestones, Recurring, TimeShape, Window
from workflows.plans.time_words import read_time
from workflows.plans.times import last_day, last_working_day, occurrences

PLAN = Period(2022, 2025)


def test_before_a_day_ends_on_the_day_before() -> None:
    assert last_day(Due(11, 16, "before"), 2024) == date(2024, 11, 15)
    assert last_day({"month": 3, "day": 1, "rel": "before"}, 2024) == date(2024, 2, 29)
    assert last_day(Due(11, 20, "by"), 2024) == date(2024, 11, 20)
    assert last_day(Due(2, 31, "by"), 2023) == date(2023, 2, 28)
    assert last_day(Due(text="cuối năm"), 2024) is None


@pytest.mark.parametrize(
    ("every", "number", "first_key", "last_key"),
    [
        ("year", 4, "2022", "2025"),
        ("half", 8, "2022-H1", "2025-H2"),
        ("quarter", 16, "2022-Q1", "2025-Q4"),
        ("month", 48, "2022-01", "2025-12"),
    ],
)
def test_recurrences_stand_on_the_grid(every: str, number: int, first_key: str, last_key: str) -> None:
    found = occurrences(Recurring(every, 4), PLAN)  # type: ignore[arg-type]
    assert (len(found), found[0].key, found[-1].key) == (number, first_key, last_key)
    assert {one.count for one in found} == {4}


def test_weeks_of_a_year_begin_on_its_mondays() -> None:
    found = occurrences(Recurring("week"), Period(2026, 2026))
    assert len(found) == 52
    assert all(one.opens.weekday() == 0 and one.opens.year == 2026 for one in found)
    assert occurrences(Recurring("day", 2), Period(2026, 2026))[0].count == 14


def test_a_yearly_day_of_its_own() -> None:
    found = occurrences(Recurring("year", due=(12, 15), rel="before"), PLAN, year=2023)
    assert [(one.key, one.opens, one.due) for one in found] == [("2023", date(2023, 1, 1), date(2023, 12, 14))]


def test_once_by_a_day_or_within_a_span() -> None:
    period = Period(2023, 2023)
    assert occurrences(Deadline(date(2023, 11, 30), "before"), period)[0].due == date(2023, 11, 29)
    assert occurrences(Deadline(None, "by", None, (6, 30)), PLAN)[0].due == date(2022, 6, 30)
    span = occurrences(Window(date(2024, 7, 1), date(2024, 9, 30)), Period(2024, 2024))
    assert [(one.opens, one.due, one.count) for one in span] == [(date(2024, 7, 1), date(2024, 9, 30), 1)]


def test_all_along_is_looked_at_each_year_and_never_due() -> None:
    found = occurrences(Continuous(None, None), PLAN)
    assert [(one.key, one.due, one.ends) for one in found][-1] == ("2025", None, date(2025, 12, 31))
    assert len(found) == 4


def test_steps_and_several_times_keep_their_keys_apart() -> None:
    steps = Milestones((Milestone("a", Window(date(2026, 1, 1), date(2026, 3, 31))), Milestone("b", Recurring("year"))))
    assert {one.key for one in occurrences(steps, Period(2026, 2026))} == {"m1:once", "m2:2026"}
    both = occurrences((Continuous(), Recurring("month")), Period(2026, 2026))
    assert {one.key for one in both} >= {"1:2026", "2:2026-01", "2:2026-12"}


def test_nobody_guesses_when_a_duty_without_time_falls_due() -> None:
    assert occurrences(None, PLAN) == occurrences([], PLAN) == []


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("Trước ngày 16/11 hằng năm", date(2024, 11, 15)),
        ("Trước ngày 01/3 hằng năm", date(2024, 2, 29)),
        ("Ngày 31 hằng tháng", date(2024, 1, 31)),
        ("Trước ngày 20 của tháng cuối quý", date(2024, 3, 19)),
        ("Ngày làm việc cuối cùng của quý", date(2024, 3, 29)),
        ("Ngày làm việc cuối cùng của năm", date(2024, 12, 30)),
    ],
)
def test_the_last_day_of_the_first_occasion(words: str, due: date) -> None:
    closed_on_new_years_eve = Calendar(holidays=frozenset({date(2024, 12, 31)}))
    period = Period(2024, 2024)
    found = occurrences(read_time(words, period), period, calendar=closed_on_new_years_eve)
    assert found[0].due == due


def test_day_31_clamps_and_the_anchor_stays() -> None:
    found = occurrences(Recurring("month", due=(None, 31), rel="by"), Period(2023, 2023))
    assert [one.due.day for one in found if one.due] == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def test_the_nearest_working_day_before_a_day_off() -> None:
    tet = Calendar(
        holidays=frozenset(date(2024, 2, day) for day in range(8, 15)), working=frozenset({date(2024, 2, 3)})
    )
    assert last_working_day(date(2024, 2, 14), tet) == date(2024, 2, 7)
    assert last_working_day(date(2024, 2, 4), tet) == date(2024, 2, 3)
    assert last_working_day(date(2024, 2, 7), tet) == date(2024, 2, 7)


SHAPES = st.one_of(
    st.builds(
        Recurring,
        st.sampled_from(["year", "half", "quarter", "month", "week", "day"]),
        st.integers(1, 9),
        due=st.none() | st.tuples(st.none(), st.integers(1, 31)),
        rel=st.sampled_from(["before", "by"]),
        last_working_day=st.booleans(),
    ),
    st.just(Continuous()),
    st.builds(Deadline, st.dates(date(2022, 1, 2), date(2025, 12, 31)), st.sampled_from(["before", "by"])),
)


@given(SHAPES, st.integers(2022, 2025))
def test_each_occasion_is_in_order_its_own_and_inside_the_plan(shape: TimeShape, year: int) -> None:
    every = occurrences(shape, PLAN)
    assert len({one.key for one in every}) == len(every) >= 1
    for one in every:
        assert date(2022, 1, 1) <= one.opens <= (one.due or one.opens) <= one.ends <= date(2025, 12, 31)
    assert set(occurrences(shape, PLAN, year)) <= set(every)
    assert occurrences(shape.to_json(), PLAN) == every


@given(
    st.sampled_from([("year", 12), ("half", 6), ("quarter", 3), ("month", 1)]),
    st.integers(2000, 2030),
    st.integers(0, 4),
)
def test_the_grid_has_no_gap_and_no_overlap(every: tuple[Every, int], first: int, more: int) -> None:
    found = occurrences(Recurring(every[0]), Period(first, first + more))
    assert len(found) == 12 // every[1] * (more + 1)
    assert found[0].opens == date(first, 1, 1) and found[-1].due == date(first + more, 12, 31)
    for one, following in pairwise(found):
        assert one.due is not None and following.opens == one.due + timedelta(days=1)


@given(st.integers(1, 200), st.integers(1, 9), st.sampled_from(["half", "quarter", "month"]), st.integers(0, 3))
def test_the_total_holds_each_year_or_over_the_plan(total: int, count: int, every: Every, more: int) -> None:
    period = Period(2022, 2022 + more)
    found = occurrences(Recurring(every, count, total=total), period)
    whole = sum(one.count for one in found)
    assert whole in (total, total * len(period.years))
    assert all(one.count >= 1 for one in found)


def test_48_issues_are_four_a_month() -> None:
    found = occurrences(Recurring("month", 4, total=48, unit="số"), Period(2024, 2024))
    assert [one.count for one in found] == [4] * 12
    four_years = occurrences(Recurring("month", 4, total=48), PLAN)
    assert (len(four_years), sum(one.count for one in four_years)) == (48, 192)
