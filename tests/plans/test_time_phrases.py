"""Words about time as authorities write them, each with the days that were worked out by hand."""

from __future__ import annotations

import pytest

from workflows.plans.document_parts import Period
from workflows.plans.time_words import read_time
from workflows.plans.times import occurrences

ONE, MANY = Period(2026, 2026), Period(2025, 2026)


# For each time: the day on which it opens and the last day; "-" for what goes on all along.
@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Trước ngày 15/01 năm sau", "2027-01-01 2027-01-14"),
        ("Quý I năm sau", "2027-01-01 2027-03-31"),
        ("Trong năm 2026 và các năm tiếp theo", "2026-01-01 2026-12-31"),
        ("Từ ngày 01/7/2026", "2026-07-01 2026-12-31"),
        ("Sau quý II", "2026-07-01 2026-12-31"),
        ("Bắt đầu từ 01/6/2026 và duy trì thường xuyên", "2026-06-01 -"),
        ("Từ ngày 01/3/2026, kết thúc trước 30/6/2026", "2026-03-01 2026-06-29"),
        ("Thứ tư ngày 15/4/2026", "2026-01-01 2026-04-15"),
        ("Trước 17 giờ 00 ngày 20/6/2026", "2026-01-01 2026-06-20"),
        ("Trước khi kết thúc năm 2026", "2026-01-01 2026-12-31"),
        ("Từ 15-30/6/2026", "2026-06-15 2026-06-30"),
        ("Từ ngày 10 đến ngày 20/5", "2026-05-10 2026-05-20"),
        ("Tháng 01-02/2026", "2026-01-01 2026-02-28"),
        ("Tuần đầu tháng 3/2026", "2026-03-02 2026-03-08"),
        ("Tuần cuối tháng 6", "2026-06-22 2026-06-28"),
        ("Nửa cuối năm", "2026-07-01 2026-12-31"),
        ("Q.III/2026", "2026-07-01 2026-09-30"),
        ("Q1-Q2/2026", "2026-01-01 2026-06-30"),
        ("Quí II", "2026-04-01 2026-06-30"),
        ("Quý I đến quý III", "2026-01-01 2026-09-30"),
        ("Quý IV/2025 - Quý I/2026", "2025-10-01 2026-03-31"),
        ("Năm học 2026-2027", "2026-09-01 2027-05-31"),
        ("Trực 24/7", "2026-01-01 -"),
        ("Tháng 3/2026 và tháng 9/2026", "2026-03-01 2026-03-31; 2026-09-01 2026-09-30"),
        ("Khởi công 01/3, hoàn thành 30/11/2026", "2026-01-01 2026-03-01; 2026-01-01 2026-11-30"),
        ("Đợt 1 trước 30/4/2026, đợt 2 trước 30/10/2026", "2026-01-01 2026-04-29; 2026-01-01 2026-10-29"),
        ("6 tháng (trước 10/6), năm (trước 10/12)", "2026-01-01 2026-06-09; 2026-01-01 2026-12-09"),
        ("Trước ngày 20 các tháng 6, 12", "2026-01-01 2026-06-19; 2026-01-01 2026-12-19"),
    ],
)
def test_of_a_plan_of_one_year(words: str, days: str) -> None:
    found = occurrences(read_time(words, ONE), ONE)
    assert "; ".join(f"{each.opens} {each.due or '-'}" for each in found) == days


# For each time of 2025: opens, last day, how often; then how many times there are in both years.
@pytest.mark.parametrize(
    ("words", "first", "number"),
    [
        ("Trước ngày 05 hằng tháng", "2025-01-01 2025-01-04 1", 24),
        ("Định kỳ hằng tháng, trước ngày 20", "2025-01-01 2025-01-19 1", 24),
        ("Ngày 1 và 15 hằng tháng", "2025-01-01 2025-01-01 1", 48),
        ("Tuần đầu tháng", "2025-01-01 2025-01-07 1", 24),
        ("Vào ngày cuối tháng", "2025-01-01 2025-01-31 1", 24),
        ("Mỗi tháng 2 lần vào ngày 1 và 15", "2025-01-01 2025-01-31 2", 24),
        ("Hai tuần một lần", "2025-01-01 2025-01-31 2", 24),
        ("Hằng quý (trước ngày 15 của tháng cuối quý)", "2025-01-01 2025-03-14 1", 8),
        ("Hằng quý, 6 tháng, năm", "2025-01-01 2025-03-31 1", 8),
        ("03 tháng một lần", "2025-01-01 2025-03-31 1", 8),
        ("Tối thiểu 01 lần/6 tháng", "2025-01-01 2025-06-30 1", 4),
        ("02 tháng/lần", "2025-01-01 2025-12-31 6", 2),
        ("Hai lần mỗi năm", "2025-01-01 2025-12-31 2", 2),
        ("Ít nhất 01 lần trong năm", "2025-01-01 2025-12-31 1", 2),
        ("02 đợt/năm (tháng 5 và tháng 11)", "2025-05-01 2025-05-31 1", 4),
        ("04 cuộc/năm, vào quý II và quý IV", "2025-04-01 2025-06-30 2", 4),
        ("Tháng 6, tháng 12 hằng năm", "2025-06-01 2025-06-30 1", 4),
        ("Ngày 15/6 và 15/12 hằng năm", "2025-01-01 2025-06-15 1", 4),
        ("Hằng năm (quý III)", "2025-01-01 2025-09-30 1", 2),
        ("12 cuộc/năm (mỗi tháng 01 cuộc)", "2025-01-01 2025-01-31 1", 24),
        ("Hằng tháng (trước ngày 18), hằng quý", "2025-01-01 2025-01-17 1", 32),
        ("Mỗi ngày 2 lần", "2025-01-06 2025-01-12 14", 104),
    ],
)
def test_of_a_plan_of_several_years(words: str, first: str, number: int) -> None:
    found = occurrences(read_time(words, MANY), MANY)
    assert f"{found[0].opens} {found[0].due} {found[0].count}" == first
    assert len(found) == number


@pytest.mark.parametrize(
    "words",
    [
        "Trước, trong và sau ngày bầu cử 15/3/2026",
        "Chậm nhất ngày 10 tháng đầu của quý sau",
        "02 năm/lần",
        "Trong vòng 15 ngày kể từ ngày ban hành Kế hoạch",
        "Trước Tết Nguyên đán",
        "Theo tiến độ",
    ],
)
def test_what_names_no_day_of_the_plan_is_left_to_people(words: str) -> None:
    """Such a duty stands in the list of those whose time is not clear; nobody guesses."""
    assert read_time(words, ONE) == ()


def test_next_year_of_a_plan_of_several_years_is_left_to_people() -> None:
    assert read_time("Trước ngày 15/01 năm sau", MANY) == ()
