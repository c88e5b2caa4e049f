"""A day is typed in any of the ways that people type it, day first, and one that does not exist is said back."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.words.dates import day_words, read_day
from tests.pages.conftest import Stage

FIFTH = date(2024, 2, 5)
WAYS = (
    "5/2/2024", "05/02/2024", "05-02-2024", "5.2.2024", " 5 / 2 / 2024 ", "ngày 5 tháng 2 năm 2024",
    "Ngày 05 tháng 02 năm 2024", "5 tháng 2 năm 2024", "20240205", "2024-02-05",
    unicodedata.normalize("NFD", "ngày 5 tháng 2 năm 2024"),
)  # fmt: skip
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize("typed", WAYS)
def test_a_day_is_read_day_first_in_every_way(typed: str) -> None:
    assert read_day(typed) == FIFTH


@pytest.mark.parametrize(
    "typed", ["31/02/2026", "2/13/2026", "5/2/24", "hôm nay", "", "5/2/2026 6/2/2026", "٥/2/2026x"]
)
def test_what_is_no_day_is_none(typed: str) -> None:
    assert read_day(typed) is None


@given(DAYS)
def test_a_day_that_is_written_is_read_again(day: date) -> None:
    assert read_day(day_words(day)) == day
    assert read_day(f"ngày {day.day} tháng {day.month} năm {day.year}") == day
    assert read_day(f"{day:%Y%m%d}") == day


def test_an_impossible_day_is_said_back_at_its_field(stage: Stage) -> None:
    browser = stage("drafting").browser("chu_tich")
    typed = {"ngay": "31/02/2026", "loai": "off", "ten_ngay": "Nghỉ bù", "nguon": "Công văn 5"}
    page = browser.submit(browser.get("/lich-lam-viec"), "/lich-lam-viec", typed, status=422)
    assert "“31/02/2026” không phải là một ngày có thật" in page.text
    assert page.form("/lich-lam-viec").filled()["ngay"] == "31/02/2026"
