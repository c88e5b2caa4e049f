"""The table of a đính chính: what makes a row good, and every bad row named at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.errors import Refused
from workflows.plans.slips import LONGEST_WORDS, MOST_SLIPS, Slip, checked_slips

DOCUMENT = "KẾ HOẠCH\nCải cách  hành chính\nnăm 2023\nI. MỤC TIÊU"


def test_words_are_found_over_line_ends_and_in_any_case() -> None:
    rows = [("Trang 1", "cải cách hành chính năm 2023", "Cải cách hành chính năm 2024"), ("", "", "")]
    (slip,) = checked_slips(rows, DOCUMENT)
    assert slip == Slip("Trang 1", "cải cách hành chính năm 2023", "Cải cách hành chính năm 2024")
    assert slip.told() == "Trang 1: “cải cách hành chính năm 2023” sửa lại là “Cải cách hành chính năm 2024”"
    assert Slip.of(slip.to_json()) == slip


def test_a_slip_of_case_alone_is_a_slip() -> None:
    assert checked_slips([("Mục I", "MỤC TIÊU", "Mục tiêu")], DOCUMENT)


def test_every_bad_row_is_named() -> None:
    rows = [
        ("Trang 1", "", "x"),
        ("", "", ""),
        ("Trang 1", "năm 2023", "năm 2023"),
        ("Trang 1", "năm 1999", "năm 2024"),
        ("x" * (LONGEST_WORDS + 1), "năm 2023", "y"),
        ("Mục I", "MỤC TIÊU", "MỤC ĐÍCH"),
    ]
    with pytest.raises(Refused) as refused:
        checked_slips(rows, DOCUMENT)
    assert [(each.code, each.facts["row"]) for each in refused.value.reasons] == [
        ("SLIP_INCOMPLETE", 1),
        ("SLIP_UNCHANGED", 3),
        ("SLIP_NOT_PRINTED", 4),
        ("SLIP_TOO_LONG", 5),
    ]


@pytest.mark.parametrize(
    ("rows", "code"),
    [([], "NO_SLIPS"), ([(" ", "\n", "")], "NO_SLIPS"), ([("1", "I", "II")] * (MOST_SLIPS + 1), "TOO_MANY_SLIPS")],
)
def test_a_table_is_neither_empty_nor_endless(rows: list[tuple[str, str, str]], code: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_slips(rows, DOCUMENT)
    assert refused.value.code == code


@given(st.lists(st.tuples(st.text(), st.text(), st.text()), max_size=5), st.text())
def test_whatever_is_typed_has_an_answer(rows: list[tuple[str, str, str]], document: str) -> None:
    try:
        slips = checked_slips(rows, document)
    except Refused as refused:
        assert refused.reasons
        return
    assert all(slip.place and slip.printed != slip.right for slip in slips)
