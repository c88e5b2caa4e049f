from __future__ import annotations

import pytest

from workflows.plans.read_text import read_text

TITLE = "\nKẾ HOẠCH\nTuyên truyền năm 2026\n\nI. NHIỆM VỤ\n"


@pytest.mark.parametrize(
    ("head", "name", "level"),
    [
        ("ỦY BAN NHÂN DÂN\nXÃ ĐỨC TÂN\nSố: 1/KH-UBND", "Ủy ban nhân dân xã Đức Tân", "xã"),
        ("UBND TỈNH AN HÒA\nSỞ NỘI VỤ", "Sở Nội vụ", "sở"),
        ("UBND HUYỆN LỘC HÀ\nTRUNG TÂM Y TẾ", "Trung tâm Y tế", None),
        (
            "ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n   TỈNH THÀNH AN          Độc lập - Tự do",
            "Ủy ban nhân dân tỉnh Thành An",
            "tỉnh",
        ),
        ("UBND PHƯỜNG 14\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Ủy ban nhân dân phường 14", "phường"),
    ],
)
def test_issuers_in_the_head(head: str, name: str, level: str | None) -> None:
    issuer = read_text(head + TITLE).issuer
    assert (issuer.name, issuer.level, issuer.source) == (name, level, "header")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "KẾ HOẠCH\nTuyên truyền\n\nUBND xã Hồng Phong xây dựng kế hoạch như sau:\nI. A",
            "Ủy ban nhân dân xã Hồng Phong",
        ),
        ("KẾ HOẠCH\nTuyên truyền của phường Tân Lập\n\nI. A", "Ủy ban nhân dân phường Tân Lập"),
        ("KẾ HOẠCH\nTuyên truyền\n\nSở Y tế ban hành Kế hoạch như sau:\nI. A", "Sở Y tế"),
    ],
)
def test_issuers_in_the_text(text: str, name: str) -> None:
    assert read_text(text).issuer.name == name


def test_nobody_is_said_to_be_nobody() -> None:
    document = read_text("KẾ HOẠCH\nTuyên truyền\n")
    assert document.issuer.name is None
    assert "NO_ISSUER" in {doubt.code for doubt in document.doubts}
