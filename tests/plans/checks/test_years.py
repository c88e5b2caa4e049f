"""Years that are not the plan's."""

from __future__ import annotations

from .marked import COMMUNE, changed, line_of


def test_a_time_outside_the_period() -> None:
    found = changed("Trước ngày 28/02/2026", "Trước ngày 28/02/2024")
    assert list(found) == ["TIME_OUTSIDE_PERIOD"]


def test_the_last_report_may_be_due_in_the_next_year() -> None:
    assert changed("Trước ngày 28/02/2026", "Trước ngày 31/01/2027") == {}


def test_the_plan_calls_itself_by_another_year() -> None:
    line = line_of("Trên đây là Kế hoạch CCHC năm 2024", COMMUNE)
    words = ("Trên đây là Kế hoạch CCHC năm 2024", "Trên đây là Kế hoạch CCHC năm 2023")
    assert changed(*words, COMMUNE) == {"WRONG_YEAR": line}


def test_the_date_is_after_the_period() -> None:
    assert "DATE_AFTER_PERIOD" in changed("ngày 04 tháng 3 năm 2024", "ngày 04 tháng 3 năm 2025", COMMUNE)
