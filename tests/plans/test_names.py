from __future__ import annotations

import pytest

from workflows.plans.names import body_key, expand_abbreviations, fold, same_body


def test_folding_for_search() -> None:
    assert fold("Đức Tân") == "duc tan"
    assert fold("  UỶ BAN – Nhân  dân ") == fold("Ủy ban-nhân dân")


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("BBT Công TTĐT xã", "Ban Biên tập Cổng thông tin điện tử xã"),
        ("TT. ĐU, TT. HĐND xã", "Thường trực Đảng ủy, Thường trực HĐND xã"),
        ("TT.HĐND xã", "Thường trực HĐND xã"),
        ("CT, các PCT UBND xã", "Chủ tịch, các Phó Chủ tịch UBND xã"),
        ("UBMTTQVN xã", "Ủy ban MTTQ Việt Nam xã"),
        ("UBNDTTQ huyện", "Ủy ban MTTQ huyện"),
        ("Phòng VH&TT huyện", "Phòng Văn hóa và Thông tin huyện"),
        ("VP - TK xã", "Văn phòng - Thống kê xã"),
        ("Trung tâm HCC", "Trung tâm Hành chính công"),
    ],
)
def test_office_abbreviations(short: str, full: str) -> None:
    assert expand_abbreviations(short) == full


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND xã", "Ủy ban nhân dân xã"),
        ("UBMTTQVN xã", "Ủy ban Mặt trận Tổ quốc Việt Nam xã"),
        ("Văn hóa - Xã hội xã", "Bộ phận Văn hoá–Xã hội xã"),
        ("Công chức Văn phòng – thống kê", "Văn phòng - Thống kê"),
    ],
)
def test_spellings_of_one_body(one: str, other: str) -> None:
    assert same_body(one, other)


def test_other_bodies_and_aliases() -> None:
    assert not same_body("UBND xã", "UBND huyện")
    assert not same_body("Đài truyền thanh", "Văn hóa - Xã hội xã")
    assert same_body("Đài TT", "Đài truyền thanh xã", {"Đài truyền thanh xã": ["Đài TT"]})
    assert body_key("") == ""
