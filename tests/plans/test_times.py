from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.plans.document_parts import Due, Period
from workflows.plans.time_shapes import Continuous, Deadline, Milestone, Milestones, Recurring, TimeShape, Window
from workflows.plans.times import last_day, occurrences

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


def test_all_along_is_looked_at_each_year() -> None:
    found = occurrences(Continuous(None, None), PLAN)
    assert [(one.key, one.due) for one in found][-1] == ("2025", date(2025, 12, 31))
    assert len(found) == 4


def test_steps_and_several_times_keep_their_keys_apart() -> None:
    steps = Milestones((Milestone("a", Window(date(2026, 1, 1), date(2026, 3, 31))), Milestone("b", Recurring("year"))))
    assert {one.key for one in occurrences(steps, Period(2026, 2026))} == {"m1:once", "m2:2026"}
    both = occurrences((Continuous(), Recurring("month")), Period(2026, 2026))
    assert {one.key for one in both} >= {"1:2026", "2:2026-01", "2:2026-12"}


def test_no_time_is_once_a_year_of_the_plan() -> None:
    assert [one.key for one in occurrences(None, PLAN)] == ["2022", "2023", "2024", "2025"]


SHAPES = st.one_of(
    st.builds(Recurring, st.sampled_from(["year", "half", "quarter", "month", "week", "day"]), st.integers(1, 9)),
    st.just(Continuous()),
    st.builds(Deadline, st.dates(date(2022, 1, 1), date(2025, 12, 31)), st.sampled_from(["before", "by"])),
)


@given(SHAPES, st.integers(2022, 2025))
def test_each_occasion_is_in_order_and_its_own(shape: TimeShape, year: int) -> None:
    every = occurrences(shape, PLAN)
    assert len({one.key for one in every}) == len(every) >= 1
    assert all(one.due is None or one.opens <= one.due for one in every)
    assert set(occurrences(shape, PLAN, year)) <= set(every)
    assert occurrences(shape.to_json(), PLAN) == every
