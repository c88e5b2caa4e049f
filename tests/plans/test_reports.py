from __future__ import annotations

import pytest

from workflows.plans.read_text import read_text

BEFORE = "KẾ HOẠCH\n\nTuyên truyền năm 2026\n\nUBND xã Đức Tân ban hành Kế hoạch như sau:\n\nI. TỔ CHỨC THỰC HIỆN\n"


def reports(text: str) -> list[tuple[object, ...]]:
    return [
        (one.sender, one.addressee, one.via, one.due.to_json() if one.due else None, one.every, one.kind)
        for one in read_text(BEFORE + text).reports
    ]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "1. Các thôn định kỳ hàng quý (trước ngày 20 tháng cuối quý) báo cáo UBND xã (qua Văn phòng).",
            [("Các thôn", "UBND xã", "Văn phòng", {"day": 20, "rel": "before"}, "quarter", "periodic")],
        ),
        (
            "1. Phòng A báo cáo kết quả về UBND xã chậm nhất ngày 05/12 hàng năm.",
            [("Phòng A", "UBND xã", None, {"month": 12, "day": 5, "rel": "by"}, "year", "periodic")],
        ),
        (
            "1. Phòng A: Tổng hợp, báo cáo UBND tỉnh theo quy định.",
            [("Phòng A", "UBND tỉnh", None, {"text": "theo quy định"}, None, "periodic")],
        ),
        (
            "1. Phòng A\n- Hàng tháng cung cấp số liệu cho Phòng B để tổng hợp.",
            [("Phòng A", "Phòng B", None, None, "month", "information")],
        ),
        (
            "Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị phản ánh về Phòng A để tổng hợp, báo cáo UBND xã.",
            [("các đơn vị", "UBND xã", "Phòng A", None, None, "issue")],
        ),
        (
            "1. Các phòng định kỳ hằng tháng (trước ngày 15), quý (trước ngày 10 của tháng cuối quý), 6 tháng, 9 tháng "
            "và năm gửi báo cáo về Phòng B.",
            [
                ("Các phòng", "Phòng B", None, {"day": 15, "rel": "before"}, "month", "periodic"),
                ("Các phòng", "Phòng B", None, {"day": 10, "rel": "before"}, "quarter", "periodic"),
                ("Các phòng", "Phòng B", None, None, "half", "periodic"),
                ("Các phòng", "Phòng B", None, None, "year", "periodic"),
            ],
        ),
        ("1. Phòng A tham dự hội nghị báo cáo viên và xây dựng báo cáo chuyên đề.", []),
    ],
)
def test_sentences_about_reports(sentence: str, found: list[tuple[object, ...]]) -> None:
    assert reports(sentence) == found


def test_several_rhythms_in_one_sentence() -> None:
    rhythms = [one[4] for one in reports("1. Phòng A báo cáo định kỳ (quý, 6 tháng, năm) gửi UBND huyện.")]
    assert rhythms == ["quarter", "half", "year"]
