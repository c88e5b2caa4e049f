"""The budget as plans state it: who prepares the estimate, who consolidates, from which source, by when."""

from __future__ import annotations

from pathlib import Path

import pytest

from workflows.plans.budget import budget_of
from workflows.plans.document import PlanDocument
from workflows.plans.duties import duties_of
from workflows.plans.read_text import read_text
from workflows.plans.time_shapes import Deadline, Recurring

TEXTS = Path(__file__).with_name("texts")


def document(number: str) -> PlanDocument:
    (path,) = TEXTS.glob(f"{number}_*.txt")
    return read_text(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("number", "stated"),
    [
        (
            "000",
            [
                ("nguon", None, 217),
                ("lap", "Bộ phận, ban, ngành, công chức được phân công chủ trì", 219),
                ("tong_hop", "Bộ phận Tài chính-Kế toán", 219),
                ("bo_tri", "Bộ phận Tài chính-Kế toán xã", 227),
            ],
        ),
        ("001", [("nguon", None, 123), ("bo_tri", "Tài chính - Kế toán xã", 131)]),
        ("002", []),
        ("003", [("bo_tri", "Sở Tài chính", 295), ("nguon", None, 299)]),
        ("004", [("nguon", None, 107), ("bo_tri", "Phòng Tài chính - Kế hoạch", 129)]),
    ],
)
def test_what_the_five_real_plans_state(number: str, stated: list[tuple[str, str | None, int]]) -> None:
    assert [(each.role, each.who, each.line) for each in budget_of(document(number))] == stated


PLAN = """KẾ HOẠCH
Cải cách hành chính năm 2026

I. NHIỆM VỤ
1. Tuyên truyền
- Chủ trì: Phòng Văn hóa
- Thời gian: Quý II/2026

II. KINH PHÍ
1. {0}

III. TỔ CHỨC THỰC HIỆN
1. Văn phòng theo dõi, đôn đốc.
"""


@pytest.mark.parametrize(
    ("words", "lead", "time"),
    [
        (
            "Hằng năm, các đơn vị chủ trì lập dự toán kinh phí gửi Phòng Tài chính trước ngày 15/7.",
            ("Phòng Văn hóa",),
            Recurring("year", due=(7, 15), rel="before"),
        ),
        (
            "Phòng Tài chính tổng hợp dự toán, trình UBND xã chậm nhất ngày 31/7.",
            ("Phòng Tài chính",),
            Deadline(None, "by", None, (7, 31)),
        ),
    ],
)
def test_a_day_of_its_own_makes_it_a_duty(words: str, lead: tuple[str, ...], time: object) -> None:
    duties = duties_of(read_text(PLAN.format(words)))
    found = [duty for duty in duties if duty.kind == "du_toan"]
    assert [(duty.no, duty.leads, duty.time) for duty in found] == [("KP1", lead, (time,))]
    assert next(duty.no for duty in duties if duty.kind == "nhiem_vu") == "1"
