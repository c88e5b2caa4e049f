"""Markers at the start of a line, and what only looks like one."""

from __future__ import annotations

import pytest

from workflows.plans.paragraphs import marker_of, paragraphs_of


@pytest.mark.parametrize("line", ["93/NQ-HĐND ngày 08/12/2021 của HĐND tỉnh", "88/TTr-SNNMT ngày 18/3/2026"])
def test_the_number_of_a_document_at_the_start_of_a_wrapped_line_is_no_marker(line: str) -> None:
    assert marker_of(line) == ("none", "", line)


@pytest.mark.parametrize("line", ["1/ Mục đích", "2/Yêu cầu", "3/MỤC TIÊU"])
def test_a_number_with_a_stroke_is_a_marker(line: str) -> None:
    assert marker_of(line)[:2] == ("number", line[0])


@pytest.mark.parametrize("page", ["2", "- 2 -", "Trang 2/5"])
def test_the_number_of_a_page_does_not_part_a_sentence(page: str) -> None:
    read = paragraphs_of(["- Thực hiện tốt việc xin", "", page, "", "lỗi người dân khi trễ hạn."])
    assert [(one.text, one.last) for one in read] == [("Thực hiện tốt việc xin lỗi người dân khi trễ hạn.", 5)]


def test_a_date_goes_on_behind_the_end_of_a_page() -> None:
    read = paragraphs_of(["Thực hiện Thông tư số 05/2022/TT-BNN ngày", "", "25 tháng 7 năm 2022 của Bộ trưởng"])
    assert len(read) == 1


@pytest.mark.parametrize(
    ("line", "label"), [("- a) Công khai danh sách", "a"), ("- 2. Niêm yết", "2"), ("2.2. 100% ổ dịch", "2.2")]
)
def test_a_point_behind_a_dash_or_before_a_figure_keeps_its_label(line: str, label: str) -> None:
    assert marker_of(line)[1] == label
