from __future__ import annotations

import pytest

from workflows.plans.capacity import SigningCapacity, signature_block

XA = "Ủy ban nhân dân xã Đức Tân"


@pytest.mark.parametrize(
    ("prefix", "office", "post", "lines"),
    [
        ("TM.", XA, "Chủ tịch", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        ("KT.", XA, "Phó Chủ tịch UBND xã", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        ("KT.", XA, "", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        ("TL.", XA, "Chánh Văn phòng", ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")),
        ("TUQ.", XA, "Trưởng phòng", ("TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG")),
        ("", "Sở Nội vụ", "Giám đốc", ("GIÁM ĐỐC",)),
        ("KT.", "Sở Nội vụ", "Phó Giám đốc", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        ("Q.", "Sở Nội vụ", "", ("Q. GIÁM ĐỐC",)),
        ("TM.", "Ủy ban MTTQ Việt Nam xã", "Chủ tịch", ("TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH")),
    ],
)
def test_blocks_of_the_decree(prefix: str, office: str, post: str, lines: tuple[str, ...]) -> None:
    assert signature_block(SigningCapacity(prefix), office, post, "Trần Lê Vương Vũ") == (
        *lines,
        "",
        "Trần Lê Vương Vũ",
    )


def test_there_is_no_other_capacity() -> None:
    with pytest.raises(ValueError, match="no such signing capacity"):
        SigningCapacity("TH.")
