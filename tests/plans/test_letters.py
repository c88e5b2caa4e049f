"""Text is composed as Unicode says, and a heap of marks costs no more than other letters."""

from __future__ import annotations

import unicodedata
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.letters import JOINER, MOST_MARKS, composed


@given(st.text(max_size=MOST_MARKS))
def test_what_people_write_is_composed_as_unicode_says(text: str) -> None:
    assert composed(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("marks", ["\u0301\u0323", "\u0f73", "\u0344\u0323"])
def test_a_heap_of_marks_is_parted_in_no_time_and_nothing_is_lost(marks: str) -> None:
    began = perf_counter()
    found = composed("a" + marks * 200_000)
    assert perf_counter() - began < 4  # minutes, before
    assert unicodedata.is_normalized("NFC", found)
    whole = unicodedata.normalize("NFD", found)
    assert (
        sum(each != JOINER for each in whole)
        == 1 + sum(len(unicodedata.normalize("NFD", each)) for each in marks) * 200_000
    )
    assert max(len(run) for run in whole.split(JOINER)) <= 2 * MOST_MARKS + 1
