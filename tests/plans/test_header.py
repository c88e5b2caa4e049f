"""The head of a document: which line is its kind, and which only names a body."""

from __future__ import annotations

from workflows.plans.header import read_head


def test_a_body_that_is_named_after_a_scheme_is_not_the_kind() -> None:
    lines = [
        "TỔ CÔNG TÁC TRIỂN KHAI",
        "ĐỀ ÁN 06 PHƯỜNG NAM CẢNG",
        "Số: 03/KH-TCT",
        "",
        "KẾ HOẠCH",
        "Triển khai Đề án 06",
    ]
    head = read_head(lines)
    assert (head.doc_type, head.type_line) == ("KẾ HOẠCH", 5)
    assert head.number is not None and head.number.number == 3


def test_a_scheme_is_a_scheme_where_no_plan_stands_below() -> None:
    assert read_head(["ỦY BAN NHÂN DÂN", "XÃ AN PHÚ", "ĐỀ ÁN 06 PHƯỜNG NAM CẢNG", "Nội dung"]).doc_type == "ĐỀ ÁN"
