"""How a deadline was counted, in words."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from service.words.deadline_words import SPELLED_OUT, counted_words
from workflows.engine.calendar import VIETNAM, Calendar

MONDAY = datetime(2026, 8, 17, 9, tzinfo=VIETNAM)
CALENDAR = Calendar(
    holidays=frozenset({date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2)}),
    working=frozenset({date(2026, 8, 22)}),
    half_days=frozenset({date(2026, 8, 28)}),
)


def test_the_swapped_saturday_of_august_2026() -> None:
    said = counted_words(CALENDAR, MONDAY, 5)
    assert said == "5 ngày làm việc từ thứ Hai 17/08/2026: 18, 19, 20, 21, 22/08 (làm bù)"


def test_holidays_on_the_way_and_half_days_are_named() -> None:
    friday = datetime(2026, 8, 27, 9, tzinfo=VIETNAM)
    said = counted_words(CALENDAR, friday, 2)
    assert said == "2 ngày làm việc từ thứ Năm 27/08/2026: 28/08 (nửa ngày), 03/09; nghỉ lễ 31/08, 01, 02/09"


@given(st.integers(1, 60), st.integers(0, 400))
def test_it_ends_with_the_day_that_the_deadline_is(days: int, later: int) -> None:
    start = MONDAY + timedelta(days=later)
    due = CALENDAR.add_working_days(start, days).date()
    counted = counted_words(CALENDAR, start, days).split(": ", 1)[1].split("; ")[0]
    assert f"{due:%d/%m}" in counted.rsplit(", ", 1)[-1]
    if days <= SPELLED_OUT:
        assert counted.count(",") == days - 1
