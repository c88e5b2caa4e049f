from __future__ import annotations

import pytest

from workflows.plans.labels import read_labels


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Chủ trì thực hiện", "lead"),
        ("Bộ phận chủ trì tham mưu", "lead"),
        ("Cơ quan, đơn vị chủ trì", "lead"),
        ("Đơn vị thực hiện", "lead"),
        ("Người phụ trách", "lead"),
        ("Phân công thực hiện", "lead"),
        ("Cơ quan phối hợp", "coop"),
        ("Phối hợp thực hiện", "coop"),
        ("Thời hạn hoàn thành", "time"),
        ("Thời gian, tiến độ", "time"),
        ("Hoàn thành", "time"),
        ("Kết quả, sản phẩm", "product"),
        ("Sản phẩm đầu ra", "product"),
        ("Nguồn kinh phí", "budget"),
        ("Nhiệm vụ, giải pháp", "solution"),
        ("Địa điểm", "aside"),
    ],
)
def test_spellings_of_a_label(label: str, field: str) -> None:
    read = read_labels(f"- {label}: Phòng Nội vụ.")
    assert read is not None
    assert read.fields == ((field, "Phòng Nội vụ"),)


def test_one_line_with_everything() -> None:
    read = read_labels(
        "Tổ chức tập huấn. Đơn vị chủ trì: Phòng A; Đơn vị phối hợp: Phòng B, C; Thời gian: Quý II; Sản phẩm: 01 lớp."
    )
    assert read is not None
    assert read.before == "Tổ chức tập huấn."
    assert read.fields == (("lead", "Phòng A"), ("coop", "Phòng B, C"), ("time", "Quý II"), ("product", "01 lớp"))


def test_labels_in_brackets() -> None:
    read = read_labels("Kiểm tra đột xuất (Chủ trì: Thanh tra Sở; phối hợp: Phòng B; thời gian: 02 cuộc/tháng).")
    assert read is not None
    assert [field for field, _ in read.fields] == ["lead", "coop", "time"]
    assert read.fields[2][1] == "02 cuộc/tháng"


@pytest.mark.parametrize(
    "text", ["Nâng cao chất lượng: ba khâu", "Phòng Nội vụ chủ trì, phối hợp với Phòng B", "Gồm: thời gian", ""]
)
def test_running_text_has_none(text: str) -> None:
    assert read_labels(text) is None
