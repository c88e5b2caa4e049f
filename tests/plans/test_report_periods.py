"""Reports of named periods: which words name them, and which cycles come of them."""

from __future__ import annotations

from datetime import date

import pytest

from workflows.engine.calendar import Calendar
from workflows.plans.cycles import plan_cycles
from workflows.plans.document_parts import Period
from workflows.plans.duties import report_rules_of
from workflows.plans.read_text import read_text
from workflows.plans.report_periods import named_periods, periods_words, rhythms_named

PLAN = """ỦY BAN NHÂN DÂN
XÃ HỒNG PHONG

KẾ HOẠCH
Tuyên truyền cải cách hành chính năm 2023

II. NHIỆM VỤ
1. Tuyên truyền
- Chủ trì: Công chức Văn hóa – xã hội
- Thời gian: Trong năm 2023

III. TỔ CHỨC THỰC HIỆN
1. Công chức Văn phòng – Thống kê
- {}
"""


def rules(words: str) -> dict[str, tuple[str, ...]]:
    return {rule.every: rule.only for rule in report_rules_of(read_text(PLAN.format(words)))}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (
            "Báo cáo kết quả trong Báo cáo CCHC Quý III và báo cáo năm 2023.",
            {"quarter": ("2023-Q3",), "year": ("2023",)},
        ),
        ("Báo cáo kết quả thực hiện Quý I, Quý II về UBND xã.", {"quarter": ("2023-Q1", "2023-Q2")}),
        ("Báo cáo kết quả quý 3 về UBND xã trước ngày 15/9.", {"quarter": ("2023-Q3",)}),
        ("Báo cáo kết quả hằng quý về UBND xã.", {"quarter": ()}),
        ("Báo cáo kết quả về UBND xã trước ngày 15/12 hằng năm.", {"year": ()}),
    ],
)
def test_a_plan_that_names_periods_is_reported_on_for_those_only(words: str, found: dict[str, tuple[str, ...]]) -> None:
    assert rules(words) == found


def test_a_named_quarter_has_one_cycle_with_its_own_window_and_day() -> None:
    due = {"month": 9, "day": 15, "rel": "before"}
    (cycle,) = plan_cycles("quarter", due, None, Period(2023, 2023), Calendar(), only=("2023-Q3",))
    assert (cycle.key, cycle.window_from, cycle.window_to) == ("2023-Q3", date(2023, 6, 15), date(2023, 9, 14))
    assert (cycle.unit_due, cycle.last) == (date(2023, 9, 14), True)


def test_a_quarter_without_a_year_comes_each_year() -> None:
    found = plan_cycles("quarter", None, None, Period(2022, 2023), Calendar(), only=("Q3",))
    assert [each.key for each in found] == ["2022-Q3", "2023-Q3"]


@pytest.mark.parametrize("words", ["quý I/2024; quý III/2024", "quý IV", "6 tháng/2025", "9 tháng", "năm 2026"])
def test_what_a_person_reads_is_read_again(words: str) -> None:
    (only,) = rhythms_named([words], None).values()
    assert periods_words(only) == words


def test_words_that_name_no_period_name_none() -> None:
    assert named_periods("Báo cáo định kỳ hằng quý, năm") == ()
    assert rhythms_named(["quy định"], None) == {}
