from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.plans.numbering import format_number, number_line, parse_number_line, plan_symbol


@given(st.integers(1, 99_999), st.sampled_from(["KH-UBND", "KH-SNV", "KH-STTTT", "KH-BCĐ"]))
def test_both_ways(number: int, symbol: str) -> None:
    read = parse_number_line(number_line(number, symbol))
    assert read is not None
    assert (read.number, read.symbol) == (number, symbol)


@pytest.mark.parametrize(
    ("line", "number", "symbol"),
    [
        ("Số: 16 /KH-UBND", 16, "KH-UBND"),
        ("Số: /KH-UBND", None, "KH-UBND"),
        ("Số:      /KH-SNV", None, "KH-SNV"),
        ("Số: …/KH-STTTT", None, "KH-STTTT"),
        ("Số 05-KH/HU", 5, "KH/HU"),
        ("Số: 12/2024/KH-UBND", 12, "KH-UBND"),
    ],
)
def test_spellings_of_a_number_line(line: str, number: int | None, symbol: str) -> None:
    read = parse_number_line(line)
    assert read is not None
    assert (read.number, read.symbol) == (number, symbol)


def test_other_lines_are_none() -> None:
    assert parse_number_line("Số lượng: 12 cuộc") is None
    assert parse_number_line("Căn cứ Kế hoạch số 12/KH-UBND") is None


def test_numbers_get_a_zero_and_start_at_one() -> None:
    assert format_number(5, "KH-UBND") == "05/KH-UBND"
    assert number_line(None, "KH-UBND") == "Số:     /KH-UBND"
    with pytest.raises(ValueError, match="start at 1"):
        format_number(0, "KH-UBND")


def test_symbol_of_a_body() -> None:
    assert plan_symbol("Ủy ban nhân dân xã Đức Tân") == "KH-UBND"
    assert plan_symbol("Sở Nội vụ") == "KH-SNV"
