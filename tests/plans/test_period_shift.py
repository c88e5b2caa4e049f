from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.nightly import size
from workflows.plans.document import PlanDocument
from workflows.plans.duties import duties_of
from workflows.plans.period_shift import carry_forward
from workflows.plans.read_text import read_text
from workflows.plans.times import occurrences

from .score import TEXTS

TEXT = {path.name[:3]: path.read_text(encoding="utf-8") for path in sorted(TEXTS.glob("*.txt"))}


@cache
def read(name: str) -> PlanDocument:
    """The plan of this name as it is read; when a test first asks, for every worker loads this module."""
    return read_text(TEXT[name])


def times(document: PlanDocument, years: int) -> list[tuple[int, int | None, int]]:
    """The years and months of every occasion, moved back by so many years."""
    assert document.period is not None
    found = [
        one for duty in duties_of(document) for one in occurrences(duty.time, document.period) if "W" not in one.key
    ]
    return [(one.opens.year - years, one.due and one.due.month, one.opens.month) for one in found]


# 131 begins in the year before its period, 134 names its period behind a cited document, 145 breaks a citation in two,
# 155 the years of its period, 168 amends a plan that its title names, 172 begins in the year before its period,
# 175 counts from a school year, which is a range of its own, 183 begins in the year before its period.
UNMOVED = {"131", "134", "145", "155", "168", "172", "175", "183"}


@settings(max_examples=size(40, 800), deadline=None)
@given(st.sampled_from(sorted(set(TEXT) - UNMOVED)), st.integers(2015, 2060))
def test_next_years_draft_reads_as_the_same_plan_at_another_time(name: str, to_year: int) -> None:
    before = read(name)
    assert before.period is not None
    after = read_text(carry_forward(TEXT[name], before, to_year))
    assert after.period is not None
    years = to_year - before.period.first
    assert (after.period.first, after.period.last) == (to_year, before.period.last + years)
    assert [(task.lead, task.coop, task.no) for task in after.tasks] == [
        (task.lead, task.coop, task.no) for task in before.tasks
    ]
    assert times(after, years) == times(before, 0)
    assert [(r.number, r.date) for r in after.references + after.legal_bases_block] == [
        (r.number, r.date) for r in before.references + before.legal_bases_block
    ]
    assert after.recipients == before.recipients
    assert (after.number, after.date) == (None, None)
    assert after.symbol == before.symbol


def test_what_moves_and_what_stays() -> None:
    text = carry_forward(TEXT["001"], read("001"), 2026)
    assert "Đức Tân, ngày     tháng 02 năm 2026" in text
    assert "trên địa bàn xã năm 2026" in text
    assert "số 35/KH-UBND ngày 05 tháng 02 năm 2024 về tuyên truyền cải cách hành chính năm 2024 trên" in text
    assert "đến năm 2025, định hướng đến năm 2030" in text
    assert re.search(r"Số:\s+/KH-UBND", text)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("000", "giai đoạn 2026 - 2029"),
        ("004", "Quý III/2026"),
        ("004", "Tháng 10/2026"),
        ("002", "Trước ngày 30 tháng 11 năm 2026"),
    ],
)
def test_ranges_quarters_months_and_days_move(name: str, words: str) -> None:
    assert words in carry_forward(TEXT[name], read(name), 2026)


def test_a_text_without_a_period_keeps_its_years() -> None:
    text = "KẾ HOẠCH\nTuyên truyền\n\nI. NHIỆM VỤ\n1. Rà soát năm 2023."
    assert carry_forward(text, PlanDocument(), 2030) == text
