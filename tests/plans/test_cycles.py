"""Windows and last days of report cycles (Nghị định 09/2019/NĐ-CP Điều 12)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.engine.calendar import Calendar
from workflows.plans.cycles import MONTHS, NOTICE_DAYS, CyclePlan, key_a_year_before, period_words, plan_cycles
from workflows.plans.document_parts import Period

YEARS = Period(2022, 2025)
CALENDAR = Calendar(holidays=frozenset({date(2022, 9, 2), date(2023, 1, 2), date(2024, 4, 30), date(2024, 5, 1)}))

Due = dict[str, Any] | None
periods = st.builds(lambda first, more: Period(first, first + more), st.integers(2019, 2035), st.integers(0, 5))
dues: st.SearchStrategy[Due] = st.none() | st.fixed_dictionaries(
    {"day": st.integers(1, 31), "rel": st.sampled_from(["before", "by"])}, optional={"month": st.integers(1, 12)}
)


def planned(every: str, unit: Due = None, office: Due = None, period: Period = YEARS) -> list[CyclePlan]:
    return plan_cycles(every, unit, office, period, CALENDAR)


def before(day: int, month: int | None = None) -> Due:
    return {"day": day, "month": month, "rel": "before"}


def by(day: int, month: int | None = None) -> Due:
    return {"day": day, "month": month, "rel": "by"}


@pytest.mark.parametrize(
    ("every", "key", "first", "last"),
    [
        ("year", "2023", date(2022, 12, 15), date(2023, 12, 14)),
        ("half", "2023-H1", date(2022, 12, 15), date(2023, 6, 14)),
        ("half", "2023-H2", date(2023, 6, 15), date(2023, 12, 14)),
        ("six", "2023-6T", date(2022, 12, 15), date(2023, 6, 14)),
        ("nine", "2023-9T", date(2022, 12, 15), date(2023, 9, 14)),
        ("quarter", "2023-Q1", date(2022, 12, 15), date(2023, 3, 14)),
        ("quarter", "2023-Q4", date(2023, 9, 15), date(2023, 12, 14)),
        ("month", "2023-01", date(2022, 12, 15), date(2023, 1, 14)),
        ("month", "2023-03", date(2023, 2, 15), date(2023, 3, 14)),
    ],
)
def test_windows_are_those_of_the_decree(every: str, key: str, first: date, last: date) -> None:
    (cycle,) = [one for one in planned(every) if one.key == key]
    assert (cycle.window_from, cycle.window_to) == (first, last)


def test_before_16_november_means_that_15_november_is_the_last_day() -> None:
    cycle = planned("year", before(16, 11), before(20, 11))[0]
    assert (cycle.unit_due, cycle.office_due) == (date(2022, 11, 15), date(2022, 11, 19))


def test_by_a_day_means_that_day() -> None:
    assert planned("year", by(16, 11), by(20, 11))[0].unit_due == date(2022, 11, 16)


def test_before_the_first_of_a_month_is_the_last_day_of_the_one_before() -> None:
    assert planned("year", before(1, 12))[0].unit_due == date(2022, 11, 30)
    assert planned("year", before(1, 3))[1].unit_due == date(2024, 2, 29)


def test_a_day_early_in_the_year_is_that_of_the_following_year() -> None:
    cycle = planned("year", before(10, 1), before(15, 1))[0]
    assert (cycle.key, cycle.unit_due, cycle.office_due) == ("2022", date(2023, 1, 9), date(2023, 1, 14))


def test_a_month_named_for_a_shorter_rhythm_recurs_with_it() -> None:
    dues = [one.unit_due for one in planned("quarter", by(15, 3), period=Period(2024, 2024))]
    assert dues == [date(2024, 3, 15), date(2024, 6, 15), date(2024, 9, 15), date(2024, 12, 15)]


def test_day_31_is_the_last_day_of_a_shorter_month() -> None:
    dues = [one.unit_due for one in planned("month", by(31)) if one.key.startswith("2024")]
    assert dues == [date(2024, month, monthrange(2024, month)[1]) for month in range(1, 13)]


def test_without_any_day_units_report_at_the_end_of_the_window_and_the_office_three_working_days_later() -> None:
    cycle = planned("year")[0]
    assert cycle.unit_due == cycle.window_to == date(2022, 12, 14)
    assert cycle.office_due == date(2022, 12, 19)  # Thursday, Friday, Monday


def test_where_only_the_offices_day_is_named_the_units_have_three_working_days_less() -> None:
    cycle = planned("year", None, by(6, 9))[0]
    assert (cycle.unit_due, cycle.office_due) == (date(2022, 8, 31), date(2022, 9, 6))  # 02/09 is a holiday


def test_an_office_day_before_the_units_day_is_put_after_it() -> None:
    cycle = planned("year", by(20, 11), by(10, 11))[0]
    assert (cycle.unit_due, cycle.office_due) == (date(2022, 11, 20), date(2022, 11, 23))


@pytest.mark.parametrize(
    ("every", "number"), [("year", 4), ("half", 8), ("six", 4), ("nine", 4), ("quarter", 16), ("month", 48)]
)
def test_only_the_last_cycle_of_the_period_is_the_last_one(every: str, number: int) -> None:
    cycles = planned(every)
    assert len(cycles) == number
    assert [one.last for one in cycles] == [False] * (number - 1) + [True]


def test_a_cycle_opens_so_long_before_the_units_day_that_nobody_is_surprised() -> None:
    assert planned("year", before(16, 11))[0].opens_on == date(2022, 10, 16)
    assert planned("month", by(20))[1].opens_on == date(2022, 2, 13)


@given(st.sampled_from(sorted(MONTHS)), dues, dues, periods)
def test_units_are_never_due_after_their_office_and_nothing_opens_after_it_is_due(
    every: str, unit: Due, office: Due, period: Period
) -> None:
    for cycle in planned(every, unit, office, period):
        assert cycle.unit_due <= cycle.office_due
        assert cycle.opens_on <= cycle.unit_due
        assert cycle.unit_due - cycle.opens_on <= timedelta(days=NOTICE_DAYS[every])


@given(st.sampled_from(["year", "half", "quarter", "month"]), periods, st.integers(1, 31))
def test_windows_adjoin_without_gap_and_cover_the_whole_period(every: str, period: Period, cutoff: int) -> None:
    cycles = plan_cycles(every, None, None, period, CALENDAR, cutoff)
    for earlier, later in pairwise(cycles):
        assert later.window_from == earlier.window_to + timedelta(days=1)
    assert cycles[0].window_from == date(period.first - 1, 12, cutoff) + timedelta(days=1)
    assert cycles[-1].window_to == date(period.last, 12, cutoff)
    assert len({one.key for one in cycles}) == len(cycles)


@given(st.sampled_from(sorted(MONTHS)), dues, dues, periods)
def test_the_columns_are_those_of_the_table(every: str, unit: Due, office: Due, period: Period) -> None:
    for cycle in planned(every, unit, office, period):
        assert CyclePlan(**cycle.columns()) == cycle


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("2026", "năm 2026"),
        ("2026-H1", "6 tháng đầu năm 2026"),
        ("2026-9T", "9 tháng năm 2026"),
        ("2026-Q3", "quý III/2026"),
        ("2026-04", "tháng 4/2026"),
    ],
)
def test_a_period_in_words_and_a_year_before(key: str, words: str) -> None:
    assert period_words(key) == words
    assert key_a_year_before(key) == key.replace("2026", "2025")
