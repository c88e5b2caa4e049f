"""Lines of a report's form: figures as offices write them, checked where they are typed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.errors import Reason
from workflows.plans.report_form import (
    DEFAULT_FORM,
    WORDS,
    Line,
    faults_of,
    form_of,
    kept,
    number_in,
    read_figure,
    read_report,
    written,
)

MONEY = Line("d1", "Vốn đã giải ngân", unit="triệu đồng", most=Decimal(1000))
figures = st.decimals(min_value=-(10**12), max_value=10**12, places=4)


@pytest.mark.parametrize(
    ("typed", "number", "unit"),
    [
        ("1.234.567,5", "1234567.5", ""),
        ("1234567", "1234567", ""),
        ("12,5%", "12.5", "%"),
        ("  −3,25 triệu  đồng ", "-3.25", "triệu đồng"),
        ("007", "7", ""),
    ],
)
def test_numbers_are_read_as_offices_write_them(typed: str, number: str, unit: str) -> None:
    assert number_in(typed) == (Decimal(number), unit)


@pytest.mark.parametrize("typed", ["1.5", "1,234,567", "mười", "1.23.4", "--1", "٣", "9" * 40, "5-6", ""])
def test_what_could_mean_two_things_is_not_read(typed: str) -> None:
    assert number_in(typed) is None


@given(figures)
def test_what_is_written_is_read_as_the_same_figure(figure: Decimal) -> None:
    assert number_in(written(figure)) == (figure, "")
    assert Decimal(str(kept(figure))) == figure


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1,5 tỷ đồng", "FIGURE_IN_OTHER_UNIT"),
        ("1001", "FIGURE_OUT_OF_RANGE"),
        ("-1", "FIGURE_OUT_OF_RANGE"),
        ("1.5", "FIGURE_UNREADABLE"),
    ],
)
def test_a_wrong_figure_is_refused_at_its_line(typed: str, code: str) -> None:
    refused = read_figure(MONEY, typed)
    assert isinstance(refused, Reason)
    assert (refused.code, refused.facts["field"], refused.facts["value"]) == (code, "d1", typed)


def test_the_own_unit_may_be_written_and_a_count_is_whole() -> None:
    assert read_figure(MONEY, "12,5 Triệu đồng") == Decimal("12.5")
    refused = read_figure(DEFAULT_FORM[0], "1,5")
    assert isinstance(refused, Reason)
    assert refused.code == "FIGURE_NOT_WHOLE"


def test_an_empty_line_is_absent_never_zero_and_all_mistakes_are_told_at_once() -> None:
    optional = Line("d2", "Hồ sơ trực tuyến", required=False)
    words = Line("d3", "Kiến nghị", kind=WORDS)
    assert read_report([optional, words], {"d2": " ", "d3": "Không"}) == ({}, {"d3": "Không"}, [])
    figures_read, _, reasons = read_report([MONEY, optional, words], {"d1": "x", "d2": "0"})
    assert figures_read == {"d2": 0}
    assert [(each.code, each.facts["field"]) for each in reasons] == [
        ("FIGURE_UNREADABLE", "d1"),
        ("LINE_REQUIRED", "d3"),
    ]


def test_a_form_comes_back_from_the_store_and_its_faults_are_named() -> None:
    form = (MONEY, Line("d2", "Kiến nghị", kind=WORDS, required=False))
    assert form_of([each.to_json() for each in form]) == form
    assert form_of(None) == form_of([]) == DEFAULT_FORM
    bad = [Line("a", ""), MONEY, Line("b", "VỐN  đã giải ngân"), Line("c", "x", least=Decimal(2), most=Decimal(1))]
    assert [each.facts["line"] for each in faults_of(bad)] == [1, 3, 4]
    assert faults_of(form) == []
