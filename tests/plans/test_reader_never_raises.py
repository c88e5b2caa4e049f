"""Any text has an answer: arbitrary characters, mutilated plans, and texts made to be slow."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.nightly import size
from workflows.plans.document import PlanDocument
from workflows.plans.duties import duties_of, report_rules_of
from workflows.plans.read_text import read_text

from .score import TEXTS

PLANS = [path.read_text(encoding="utf-8") for path in sorted(TEXTS.glob("*.txt"))]
SLIPS = [
    "\t", "|", ";", "(", "\n", "Nơi nhận:", "Chủ trì:", "- ", "\x00", "²", "İ", "TM. ", "99/99/9999", "Quý ",
    "tháng 13", "31/02/2024", "<br>", "| --- |", "I. ", "9" * 30, "trước ngày 0/0", "TT\n", "Số: /", "…", "\u0301",
]  # fmt: skip


def understood(text: str) -> PlanDocument:
    document = read_text(text)
    assert PlanDocument.from_json(document.to_json()) == document
    assert len(report_rules_of(document)) >= 1
    assert len(duties_of(document)) >= len(document.tasks)
    return document


@given(st.text(max_size=600))
def test_arbitrary_text(text: str) -> None:
    understood(text)


@given(st.lists(st.sampled_from(SLIPS) | st.text(max_size=12), max_size=60))
def test_pieces_of_plans_in_any_order(pieces: list[str]) -> None:
    understood("".join(pieces))


@settings(max_examples=size(60, 1200), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_mutilated_plans(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(PLANS))
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 300))
        text = text[:at] + data.draw(st.sampled_from(SLIPS)) * data.draw(st.integers(0, 8)) + text[at + cut :]
    understood(text)


@pytest.mark.parametrize(
    "pattern",
    [
        "- ",
        "(",
        "a\t",
        "1",
        "đơn vị, cơ quan, ",
        "chủ trì, ",
        "tháng 1, ",
        "Luật ",
        "báo cáo và ",
        "*a ",
        "[",
        "|",
        "ngày ",
        "X, ngày ",
    ],
)
def test_time_grows_with_the_length_not_with_its_square(pattern: str) -> None:
    def seconds(count: int) -> float:
        text = f"KẾ HOẠCH\nI. NHIỆM VỤ\n{pattern * count}"
        begun = time.perf_counter()
        read_text(text)
        return time.perf_counter() - begun

    read_text("")
    assert seconds(4000) < 2


def test_an_empty_text_is_an_empty_document_with_a_doubt() -> None:
    document = read_text("  \n\n")
    assert document.tasks == () == document.recipients
    assert "EMPTY" in {doubt.code for doubt in document.doubts}


def test_a_text_beyond_all_bounds_is_read_in_part_and_says_so() -> None:
    document = read_text("KẾ HOẠCH\n" + "một dòng\n" * 21_000)
    assert document.doubts[0].code == "TOO_LONG"
    assert len(document.lines) == 21_002
