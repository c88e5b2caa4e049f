"""Markers at the start of a line, and what only looks like one."""

from __future__ import annotations

import pytest

from workflows.plans.paragraphs import marker_of


@pytest.mark.parametrize("line", ["93/NQ-HĐND ngày 08/12/2021 của HĐND tỉnh", "88/TTr-SNNMT ngày 18/3/2026"])
def test_the_number_of_a_document_at_the_start_of_a_wrapped_line_is_no_marker(line: str) -> None:
    assert marker_of(line) == ("none", "", line)


@pytest.mark.parametrize("line", ["1/ Mục đích", "2/Yêu cầu", "3/MỤC TIÊU"])
def test_a_number_with_a_stroke_is_a_marker(line: str) -> None:
    assert marker_of(line)[:2] == ("number", line[0])
