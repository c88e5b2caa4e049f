"""Dues counted from the end of a period: read in plans and as typed, told in words, and put into the calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.plans.test_reports import BEFORE, reports
from workflows.engine.calendar import Calendar
from workflows.errors import Reason
from workflows.plans.correction_fields import report_with, shown_report
from workflows.plans.cycles import plan_cycles
from workflows.plans.document_parts import Due, Period, Report
from workflows.plans.duties import report_rules_of
from workflows.plans.read_text import read_text
from workflows.plans.report_entry import due_in, due_words

HERE = Calendar()
NEXT_5 = {"day": 5, "rel": "before", "after": 1}
NEXT_10 = {"day": 10, "rel": "by", "after": 1}
FIVE_WORKING = {"rel": "by", "within": 5, "working": True}


@pytest.mark.parametrize(
    ("words", "due", "every"),
    [
        ("định kỳ hằng tháng (trước ngày 05 tháng sau)", NEXT_5, "month"),
        ("định kỳ hằng tháng, trước ngày 05 của tháng sau,", NEXT_5, "month"),
        ("hằng tháng trước ngày 05 tháng tiếp theo", NEXT_5, "month"),
        ("hằng tháng, trước ngày 05 của tháng kế tiếp", NEXT_5, "month"),
        ("hằng tháng, trước ngày 05 tháng sau liền kề", NEXT_5, "month"),
        ("hằng quý trước ngày 05 của tháng đầu tiên quý tiếp theo", NEXT_5, "quarter"),
        ("hằng quý (chậm nhất ngày 10 tháng đầu quý sau)", NEXT_10, "quarter"),
        ("hằng quý, chậm nhất là ngày 10 của tháng đầu của quý sau,", NEXT_10, "quarter"),
        ("chậm nhất ngày 10 tháng đầu quý sau", NEXT_10, "quarter"),
        ("hằng quý (trước ngày 20 tháng cuối quý)", {"day": 20, "rel": "before"}, "quarter"),
        ("trước ngày 15/12 hằng năm", {"month": 12, "day": 15, "rel": "before"}, "year"),
        ("hằng năm trước ngày 15/01 năm sau", {"month": 1, "day": 15, "rel": "before"}, "year"),
        ("trong vòng 05 ngày làm việc kể từ khi kết thúc quý", FIVE_WORKING, "quarter"),
        ("hằng tháng trong vòng 05 ngày làm việc kể từ ngày kết thúc tháng", FIVE_WORKING, "month"),
        ("hằng quý chậm nhất sau 10 ngày kể từ ngày kết thúc kỳ báo cáo", {"rel": "by", "within": 10}, "quarter"),
        (
            "hằng tháng trong thời hạn 03 ngày kể từ ngày chốt số liệu",
            {"rel": "by", "within": 3, "cutoff": True},
            "month",
        ),
        ("hằng tháng (trước ngày 25)", {"day": 25, "rel": "before"}, "month"),
    ],
)
def test_plans_say_it_in_many_ways(words: str, due: dict[str, Any], every: str) -> None:
    found = reports(f"1. Các phòng {words} gửi báo cáo kết quả thực hiện về UBND xã.")
    assert [(one[3], one[4]) for one in found] == [(due, every)]


def test_each_rhythm_of_a_list_has_its_own() -> None:
    words = "hằng tháng (trước ngày 05 tháng sau), quý (trong vòng 05 ngày làm việc kể từ khi kết thúc quý) và năm"
    found = reports(f"1. Các phòng định kỳ {words} gửi báo cáo về Phòng B.")
    assert [(one[4], one[3]) for one in found] == [("month", NEXT_5), ("quarter", FIVE_WORKING), ("year", None)]


@pytest.mark.parametrize(
    "words", ["chậm nhất 05 ngày sau khi kết thúc hội nghị", "trong 10 ngày kể từ khi kết thúc năm học"]
)
def test_the_end_of_something_else_is_no_day_of_a_period(words: str) -> None:
    (one,) = reports(f"1. Các phòng báo cáo kết quả về UBND xã {words}.")
    assert isinstance(one[3], dict)
    assert one[3].keys() <= {"text", "year"}


def days(every: str, due: dict[str, Any], year: int = 2026) -> list[date]:
    return [cycle.unit_due for cycle in plan_cycles(every, due, None, Period(year, year), HERE)]


def test_the_month_after_the_period_is_not_its_last_one() -> None:
    months = days("month", NEXT_5)
    assert (months[0], months[9], months[11]) == (date(2026, 2, 4), date(2026, 11, 4), date(2027, 1, 4))
    assert days("quarter", NEXT_10) == [date(2026, 4, 10), date(2026, 7, 10), date(2026, 10, 10), date(2027, 1, 10)]
    assert days("quarter", {"day": 20, "rel": "before"}) == [date(2026, month, 19) for month in (3, 6, 9, 12)]
    assert days("year", NEXT_10) == [date(2027, 1, 10)]
    assert days("month", {"day": 31, "rel": "by", "after": 1})[0] == date(2026, 2, 28)


def test_days_behind_the_end_are_counted_from_it() -> None:
    # The first quarter ends on Tuesday 31/03/2026, its figures are closed on Saturday the 14th.
    assert days("quarter", FIVE_WORKING)[0] == date(2026, 4, 7)
    assert days("quarter", {"rel": "by", "within": 10})[0] == date(2026, 4, 10)
    assert days("quarter", {"rel": "by", "within": 3, "cutoff": True})[0] == date(2026, 3, 17)


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        ("trước ngày 05 tháng sau", NEXT_5),
        ("Chậm nhất ngày 10 của tháng đầu quý sau", NEXT_10),
        ("trong vòng 05 ngày làm việc kể từ khi kết thúc quý", FIVE_WORKING),
        ("sau 3 ngày kể từ ngày chốt số liệu", {"rel": "by", "within": 3, "cutoff": True}),
    ],
)
def test_typed_by_hand_and_shown_again(typed: str, due: dict[str, Any]) -> None:
    assert due_in(typed) == due == due_in(due_words(due))
    report = report_with(Report("Các phòng", "UBND xã", None, None, "month", "periodic", 3), {"han": typed})
    assert report.due == Due.from_json(due)
    assert report.due is not None
    assert report.due.to_json() == due
    assert report_with(report, shown_report(report)) == report


@pytest.mark.parametrize("typed", ["trước ngày 32 tháng sau", "ngày 0 tháng sau", "5 ngày kể từ khi kết thúc hội nghị"])
def test_what_is_none_is_refused(typed: str) -> None:
    assert isinstance(due_in(typed), Reason)


def test_a_plan_is_asked_for_its_reports_on_the_days_that_it_names() -> None:
    words = "định kỳ hằng quý (chậm nhất ngày 10 tháng đầu quý sau) báo cáo kết quả về UBND xã qua Phòng B"
    (rule,) = report_rules_of(read_text(f"{BEFORE}1. Các phòng {words}."))
    planned = plan_cycles(rule.every, rule.unit_due_json(), rule.office_due_json(), Period(2026, 2026), HERE)
    assert not rule.assumed
    assert [(each.key, each.unit_due) for each in planned][3] == ("2026-Q4", date(2027, 1, 10))
