from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.plans.dates import date_line, find_dates, format_long, format_short, parse_date, parse_document_date

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@given(DAYS)
def test_both_ways_in_words_and_signs(day: date) -> None:
    assert parse_date(format_long(day)) == day
    assert parse_date(format_short(day)) == day
    assert parse_date(f"trước {day.day}-{day.month}-{day.year},") == day
    read = parse_document_date(date_line("Đức Tân", day))
    assert read is not None
    assert (read.place, read.date, read.partial) == ("Đức Tân", day, None)


def test_zeros_as_the_decree_wants_them() -> None:
    assert format_long(date(2024, 2, 5)) == "ngày 05 tháng 02 năm 2024"
    assert format_long(date(2024, 3, 20)) == "ngày 20 tháng 3 năm 2024"


@pytest.mark.parametrize(
    ("line", "partial"),
    [
        ("Hồng Phong, ngày tháng 7 năm 2023", "2023-07"),
        ("Hồng Phong, ngày … tháng 7 năm 2023", "2023-07"),
        ("Lộc Hà, ngày    /02/2024", "2024-02"),
        ("X, ngày .... tháng .... năm 2024", "2024"),
    ],
)
def test_blanks_leave_a_partial_date(line: str, partial: str) -> None:
    read = parse_document_date(line)
    assert read is not None
    assert (read.date, read.partial) == (None, partial)


def test_a_day_that_does_not_exist_is_no_date() -> None:
    assert parse_date("ngày 31 tháng 02 năm 2024") is None
    assert find_dates("31/02/2024") == [(0, None)]
    assert parse_date("điểm 3.4.5 của 12/2024") is None
