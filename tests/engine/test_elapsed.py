"""Working days that went by, net of those on which the clock stood still."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workflows.engine.calendar import VIETNAM, Calendar
from workflows.engine.elapsed import Elapsed, Span, elapsed

START = datetime(2026, 8, 17, 9, tzinfo=VIETNAM)  # a Monday
CALENDAR = Calendar(holidays=frozenset({date(2026, 8, 31), date(2026, 9, 2)}), working=frozenset({date(2026, 8, 22)}))
HOURS = st.integers(0, 24 * 60)


def at(hours: int) -> datetime:
    return START + timedelta(hours=hours)


SPANS = st.lists(st.tuples(HOURS, HOURS).map(lambda pair: Span(at(min(pair)), at(max(pair)))), max_size=5)


@given(HOURS, SPANS)
def test_net_is_gross_less_what_stood_still_and_never_negative(hours: int, standing: list[Span]) -> None:
    found = elapsed(CALENDAR, Span(START, at(hours)), standing, at(9999))
    assert found.gross == CALENDAR.count(START, at(hours))
    assert 0 <= found.standing <= found.gross
    assert found.net == found.gross - found.standing


@given(HOURS, SPANS, SPANS)
def test_more_standing_never_makes_more_days_and_the_same_twice_counts_once(
    hours: int, some: list[Span], more: list[Span]
) -> None:
    span = Span(START, at(hours))
    assert elapsed(CALENDAR, span, [*some, *more], at(9999)).net <= elapsed(CALENDAR, span, some, at(9999)).net
    assert elapsed(CALENDAR, span, [*some, *some], at(9999)) == elapsed(CALENDAR, span, some, at(9999))


def test_what_is_open_lasts_until_now() -> None:
    friday = datetime(2026, 8, 21, 17, tzinfo=VIETNAM)
    assert elapsed(CALENDAR, Span(START), [Span(at(24))], friday) == Elapsed(gross=4, standing=3)


def test_a_saturday_that_is_worked_counts() -> None:
    assert elapsed(CALENDAR, Span(START, datetime(2026, 8, 22, 12, tzinfo=VIETNAM)), [], at(9999)).net == 5
