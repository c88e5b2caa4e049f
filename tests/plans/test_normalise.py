from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from workflows.plans.normalise import clean_line, low, plain, split_lines


@given(st.text())
def test_folding_keeps_places(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert len(low(text)) == len(text) == len(plain(text))


def test_tone_placement_and_marks() -> None:
    assert low("Hoà bình, uỷ ban, HÓA") == low("Hòa bình, ủy ban, hoá") == "hòa bình, ủy ban, hóa"
    assert low("hoàn toàn") == "hoàn toàn"
    assert plain("Đức Tân – Mộ Đức") == "duc tan - mo duc"


def test_a_clean_line_has_no_markdown_and_the_vietnamese_d() -> None:
    assert clean_line("**TM. ỦY BAN** ") == "TM. ỦY BAN"
    assert clean_line("## I. MỤC TIÊU") == "I. MỤC TIÊU"
    assert clean_line("*An Hòa, ngày 5*") == "An Hòa, ngày 5"
    assert clean_line("* Tiêu chí") == "* Tiêu chí"
    assert clean_line("số [04/2012/TT-BNV](#)") == "số 04/2012/TT-BNV"
    assert clean_line("Ðức\u200b Tân\u00a0x") == "Đức Tân x"


def test_only_line_ends_part_lines() -> None:
    assert split_lines("a\r\nb\rc\x0cd\u2028e") == ("a", "b", "c\x0cd\u2028e")
