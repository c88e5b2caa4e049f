"""A plan whose line ends were lost on the way reads as the plan itself, every reading on the line where it stands."""

from __future__ import annotations

import json

import pytest

from workflows.plans.read_text import read_text
from workflows.plans.unfolded import unfold

from .score import TEXTS

ONE_LINE = (
    "UỶ BAN NHÂN DÂN CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM THÀNH PHỐ HẢI AN Độc lập - Tự do - Hạnh phúc Số: 94 /KH- "
    "UBND Hải An, ngày 28 tháng 7 năm 2015 KẾ HOẠCH Phòng, chống thiên tai năm 2015 I. Kết quả công tác năm 2014 "
    "1. Tình hình thiệt hại - Trong năm 2014, có 5 cơn bão, 3 áp thấp nhiệt đới hoạt động trên biển Đông. 2. Công "
    "tác chỉ đạo - Thực hiện các chỉ đạo của cấp trên. II. Kế hoạch năm 2015 1. Mục tiêu - Giảm 50% thiệt hại về "
    "tài sản so với năm 2014. 2. Nhiệm vụ a) Phòng Kinh tế chủ trì, phối hợp với UBND các xã, phường kiểm tra các "
    "hồ chứa, hoàn thành trước ngày 31/8/2015. b) Công an thành phố xây dựng phương án bảo đảm an ninh, hoàn "
    "thành trong tháng 8/2015. III. Tổ chức thực hiện 1. Chủ tịch UBND các xã, phường báo cáo kết quả về UBND "
    "thành phố trước ngày 15/12/2015. 2. Ban Chỉ huy thành phố theo dõi, đôn đốc./. Nơi nhận: - UBND tỉnh; - UBND "
    "các xã, phường; - Lưu: VT. TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Nguyễn Văn Dũng"
)


def test_a_plan_on_one_line() -> None:
    plan = read_text(f"14\n{ONE_LINE}")
    assert (plan.issuer.name, plan.number, plan.place) == ("Ủy ban nhân dân thành phố Hải An", 94, "Hải An")
    assert plan.title == "Phòng, chống thiên tai năm 2015"
    assert [(one.label, one.line) for one in plan.sections] == [("I", 2), ("II", 2), ("III", 2)]
    assert [(task.no, task.lead, task.first_line) for task in plan.tasks] == [
        ("2.a", ("Phòng Kinh tế",), 2),
        ("2.b", ("Công an thành phố",), 2),
    ]
    assert [one.addressee for one in plan.reports] == ["UBND thành phố"]
    assert [one.names for one in plan.recipients][1:] == [("UBND các xã, phường",), ("Văn thư (lưu)",)]
    assert (plan.signer.authority, plan.signer.name) == ("KT. CHỦ TỊCH", "Nguyễn Văn Dũng")
    assert plan.lines == ("14", ONE_LINE)


@pytest.mark.parametrize("name", ["147_xa_cchc_trong_ngoac.txt", "149_tinh_mot_cua.txt"])
def test_a_plan_that_was_put_on_one_line(name: str) -> None:
    text = (TEXTS / name).read_text(encoding="utf-8")
    whole, folded = read_text(text), read_text(" ".join(text.split()))
    assert [one.label for one in folded.sections] == [one.label for one in whole.sections]
    assert [(task.no, task.lead, task.coop, task.time) for task in folded.tasks] == [
        (task.no, task.lead, task.coop, task.time) for task in whole.tasks
    ]
    assert [one.names for one in folded.recipients] == [one.names for one in whole.recipients]
    assert folded.signer.name == whole.signer.name
    assert {line for _, line in _line_numbers(folded.to_json())} == {1}


@pytest.mark.parametrize("path", sorted(TEXTS.glob("*.txt")), ids=lambda path: path.stem)
def test_no_plan_with_its_own_lines_is_cut(path: object) -> None:
    assert unfold((TEXTS / str(path)).read_text(encoding="utf-8").split("\n")) is None


def _line_numbers(shape: object) -> list[tuple[str, int]]:
    """Every line number that stands in the JSON of a reading."""
    found: list[tuple[str, int]] = []
    json.loads(
        json.dumps(shape),
        object_hook=lambda each: found.extend(
            (key, value) for key, value in each.items() if key in ("line", "end_mark") and isinstance(value, int)
        ),
    )
    return found
