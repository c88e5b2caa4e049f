"""Rules by hand: last days and forms as people type them, and back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.errors import Reason
from workflows.plans.report_entry import due_in, due_words, form_in, form_words
from workflows.plans.report_form import JOINS, WORDS, Line


@pytest.mark.parametrize(
    ("typed", "month", "day", "rel"),
    [
        ("trước 16/11", 11, 16, "before"),
        ("Trước ngày 20 tháng 11", 11, 20, "before"),
        ("20/11", 11, 20, "by"),
        ("ngày 15 hằng tháng", None, 15, "by"),
        ("chậm nhất 29-2", 2, 29, "by"),
    ],
)
def test_a_last_day_is_read(typed: str, month: int | None, day: int, rel: str) -> None:
    due = due_in(typed)
    assert due == {"month": month, "day": day, "rel": rel}
    assert due_in(due_words(due)) == due  # type: ignore[arg-type] # it is a due date by the line above


@pytest.mark.parametrize("typed", ["cuối năm", "31/4", "0/5", "12/13", "20/11/2026/1", "theo quy định"])
def test_what_is_no_day_is_refused_and_nothing_is_nothing(typed: str) -> None:
    assert isinstance(due_in(typed), Reason)
    assert due_in("  ") is None


def test_a_form_is_typed_a_line_each() -> None:
    typed = "Hồ sơ trực tuyến | hồ sơ | số nguyên | chỉ tiêu 1.200\n\nTỷ lệ đúng hạn | % | đến 100 | trung bình"
    typed += "\nKiến nghị | chữ"
    form, wrong = form_in(typed)
    assert wrong == []
    assert form == [
        Line("d1", "Hồ sơ trực tuyến", unit="hồ sơ", whole=True, target=Decimal(1200)),
        Line("d2", "Tỷ lệ đúng hạn", unit="%", least=None, most=Decimal(100), join="trung_binh"),
        Line("d3", "Kiến nghị", kind=WORDS),
    ]
    assert form_in(form_words(form)) == (form, [])


def test_a_column_that_means_nothing_is_named_with_its_line() -> None:
    _, wrong = form_in("Hồ sơ | hồ sơ | nguyên số\nVốn | triệu đồng | từ x đến 9")
    assert [(each.facts["line"], each.facts["value"]) for each in wrong] == [(1, "nguyên số"), (2, "từ x đến 9")]


numbers = st.none() | st.decimals(min_value=-(10**6), max_value=10**6, places=2)


@given(st.sampled_from(JOINS), st.booleans(), st.booleans(), numbers, numbers, numbers)
def test_a_written_form_is_read_as_it_was(  # noqa: PLR0917 - the fields of a line
    join: str,
    whole: bool,
    required: bool,
    least: Decimal | None,
    most: Decimal | None,
    target: Decimal | None,
) -> None:
    least = least if least is not None or most is not None else Decimal(0)
    facts = {"whole": whole, "least": least, "most": most, "required": required, "join": join, "target": target}
    line = Line("d1", "Vốn", unit="tỷ đồng", **facts)  # type: ignore[arg-type] # each has the type of its field
    assert form_in(form_words([line])) == ([line], [])
