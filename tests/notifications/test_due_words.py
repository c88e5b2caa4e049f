"""Relative words come with the absolute date, both of Asia/Ho_Chi_Minh."""

from datetime import UTC, datetime

import pytest

from notifications.due_words import HANOI, days_left, in_words

DUE = datetime(2026, 11, 20, 23, 59, 59, tzinfo=HANOI)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2026, 11, 18, 1, 0, tzinfo=UTC), "còn 2 ngày – 20/11/2026"),
        (datetime(2026, 11, 19, 16, 59, tzinfo=UTC), "còn 1 ngày – 20/11/2026"),
        (datetime(2026, 11, 19, 17, 0, tzinfo=UTC), "hết hôm nay – 20/11/2026"),
        (datetime(2026, 11, 20, 16, 59, 59, tzinfo=UTC), "hết hôm nay – 20/11/2026"),
        (datetime(2026, 11, 20, 17, 0, tzinfo=UTC), "quá hạn 1 ngày – 20/11/2026"),
        (datetime(2026, 12, 1, 3, 0, tzinfo=UTC), "quá hạn 11 ngày – 20/11/2026"),
    ],
)
def test_due_in_words(now: datetime, words: str) -> None:
    assert in_words(DUE, now) == words


def test_without_due_date_there_is_no_lateness() -> None:
    assert in_words(None, DUE) == "không đặt hạn"


def test_days_are_those_of_the_office_and_not_of_utc() -> None:
    assert days_left(datetime(2026, 11, 20, 16, 59, 59, tzinfo=UTC), datetime(2026, 11, 19, 17, 0, tzinfo=UTC)) == 0
