"""Working days of an office (Bộ luật Lao động Điều 112; DESIGN 6)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from workflows.engine import Calendar

NEW_YEAR = Calendar(
    holidays=frozenset({date(2026, 1, 1), date(2026, 1, 2)}),
    working=frozenset({date(2026, 1, 10)}),
    half_days=frozenset({date(2026, 1, 9)}),
)
MONDAY = datetime(2026, 1, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "due"),
    [
        (0, "2026-01-05T23:59:59+07:00"),
        (1, "2026-01-06T23:59:59+07:00"),
        (4, "2026-01-09T23:59:59+07:00"),
        (5, "2026-01-10T23:59:59+07:00"),
        (6, "2026-01-12T23:59:59+07:00"),
        (-1, "2025-12-31T23:59:59+07:00"),
    ],
)
def test_adding_working_days(days: int, due: str) -> None:
    assert NEW_YEAR.add_working_days(MONDAY, days).isoformat() == due


def test_the_day_is_the_office_day() -> None:
    late = datetime(2026, 1, 5, 18, tzinfo=UTC)  # already 06/01 in Viet Nam
    assert Calendar().add_working_days(late, 1).date() == date(2026, 1, 7)


def test_explaining_says_why_each_day_counts_or_not() -> None:
    reasons = [(item.day.day, item.counted, item.reason) for item in NEW_YEAR.explain(MONDAY, 6)]
    assert reasons == [
        (6, True, "working"),
        (7, True, "working"),
        (8, True, "working"),
        (9, True, "half_day"),
        (10, True, "swapped"),
        (11, False, "weekend"),
        (12, True, "working"),
    ]


def test_counting() -> None:
    assert NEW_YEAR.count(MONDAY, datetime(2026, 1, 12, 1, tzinfo=UTC)) == 6
    assert NEW_YEAR.count(datetime(2026, 1, 12, 1, tzinfo=UTC), MONDAY) == -6
    assert NEW_YEAR.count(MONDAY, MONDAY) == 0


def test_a_swapped_day_beats_the_weekend_and_a_calendar_without_working_days_ends() -> None:
    assert NEW_YEAR.is_working(date(2026, 1, 10)) and not NEW_YEAR.is_working(date(2026, 1, 11))
    with pytest.raises(ValueError, match="no 5000 working days"):
        Calendar().add_working_days(MONDAY, 5000)


def test_the_search_for_working_days_ends_in_both_directions() -> None:
    closed = Calendar(holidays=frozenset(date(2015, 1, 1) + timedelta(days=n) for n in range(9000)))
    for days in (1, -1):
        with pytest.raises(ValueError, match=r"^no 1 working days within 4000 days of 2026-01-05T01:00:00\+00:00$"):
            closed.explain(MONDAY, days)
    far = Calendar(
        holidays=closed.holidays - {date(2026, 1, 5) + timedelta(days=4000), date(2026, 1, 5) - timedelta(days=4000)}
    )
    assert len(far.explain(MONDAY, 1)) == len(far.explain(MONDAY, -1)) == 4000
    assert closed.explain(MONDAY, 0) == ()
