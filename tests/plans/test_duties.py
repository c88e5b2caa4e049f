from __future__ import annotations

import pytest

from workflows.plans.document import PlanDocument
from workflows.plans.document_parts import Due
from workflows.plans.duties import duties_of, number_in_document, report_rules_of
from workflows.plans.read_text import read_text

from .score import TEXTS


def plan(number: str) -> PlanDocument:
    return read_text(next(TEXTS.glob(f"{number}_*.txt")).read_text(encoding="utf-8"))


def test_units_before_16_11_and_the_office_before_20_11_are_one_rule() -> None:
    (rule,) = report_rules_of(plan("000"))
    assert rule.units == ("Các ban, ngành xã",)
    assert (rule.via, rule.parent, rule.every, rule.assumed) == (
        "Bộ phận Văn hóa-Xã hội xã",
        "UBND huyện",
        "year",
        False,
    )
    assert rule.unit_due == Due(11, 16, "before")
    assert rule.office_due_json() == {"month": 11, "day": 20, "rel": "before"}
    assert rule.line == 223


def test_a_plan_without_a_rule_gets_the_yearly_one_assumed() -> None:
    document = plan("001")
    (rule,) = report_rules_of(document)
    assert (rule.every, rule.assumed, rule.unit_due, rule.line) == ("year", True, None, None)
    assert "Văn phòng – Thống kê xã" in rule.units
    assert "NO_REPORT_RULE" in {doubt.code for doubt in document.doubts}


EVERYBODY = """KẾ HOẠCH
Cải cách hành chính năm 2026

II. NHIỆM VỤ
1. Niêm yết thủ tục hành chính (Chủ trì: Trung tâm Phục vụ hành chính công; thời gian: Quý II/2026).
2. Rà soát quy hoạch (Chủ trì: Phòng Kinh tế; thời gian: Quý III/2026).

III. TỔ CHỨC THỰC HIỆN
1. {who} báo cáo kết quả về Phòng Kinh tế trước ngày 15/11/2026 để tổng hợp, báo cáo UBND tỉnh.
"""
CENTRE = "Trung tâm Phục vụ hành chính công"


@pytest.mark.parametrize(
    ("who", "asked"),
    [
        ("Các phòng, đơn vị", ("Các phòng, đơn vị", CENTRE)),
        ("Các cơ quan, đơn vị được giao nhiệm vụ", ("Các cơ quan, đơn vị được giao nhiệm vụ", CENTRE)),
        ("Công an xã", ("Công an xã",)),
    ],
)
def test_units_asked_as_a_whole_are_also_those_that_lead_a_duty(who: str, asked: tuple[str, ...]) -> None:
    (rule,) = report_rules_of(read_text(EVERYBODY.format(who=who)))
    assert rule.via == "Phòng Kinh tế"
    assert rule.units == asked


def test_two_rhythms_are_two_rules() -> None:
    rules = {rule.every: rule for rule in report_rules_of(plan("101"))}
    assert set(rules) >= {"six", "year"}
    assert rules["six"].unit_due == Due(6, 10, "before")


@pytest.mark.parametrize(("number", "duties"), [("000", 7), ("001", 8), ("002", 26), ("003", 42), ("004", 16)])
def test_one_duty_a_task_or_product_row(number: str, duties: int) -> None:
    found = duties_of(plan(number))
    assert len(found) == duties
    assert len({duty.no for duty in found}) == duties or number == "003"
    assert all(duty.leads and duty.line for duty in found)


def test_rows_of_a_task_have_their_own_time_and_product() -> None:
    found = {duty.no: duty for duty in duties_of(plan("004"))}
    assert found["14.1"].time_raw == "01 lần/quý"
    assert found["14.1"].products == ("Xây dựng chương trình phát thanh về CCHC theo chuyên đề",)
    assert found["2.2"].title.startswith("Tuyên truyền trên Cổng Thông tin điện tử huyện: Duy trì chuyên mục")
    assert found["13"].time_json() == {
        "kind": "recurring",
        "every": "month",
        "count": 4,
        "min": False,
        "total": 48,
        "unit": "số",
    }


def test_an_empty_document_has_no_duty_and_the_assumed_rule() -> None:
    assert duties_of(PlanDocument()) == ()
    assert report_rules_of(PlanDocument())[0].assumed


def test_numbers_that_come_again_are_told_apart() -> None:
    numbers = [duty.no for duty in duties_of(plan("101"))]
    assert len(numbers) == len(set(numbers))
    assert any(number.endswith(" (2)") for number in numbers)


def test_the_mark_between_tasks_of_one_number_is_not_printed() -> None:
    assert [number_in_document(each) for each in ("2.1.7#1", "1.2#2.3", "3 (2)", "KP1")] == [
        "2.1.7",
        "1.2.3",
        "3 (2)",
        "KP1",
    ]
