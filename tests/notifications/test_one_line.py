"""What people typed becomes one safe line, and a long line is cut between words."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from notifications.one_line import one_line, trimmed


@given(st.text())
def test_one_line_holds_no_control_or_direction_character(text: str) -> None:
    line = one_line(text)
    assert not {unicodedata.category(character) for character in line} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert line == " ".join(line.split())
    assert one_line(line) == line


def test_line_breaks_become_one_space() -> None:
    assert one_line("Kế hoạch\r\nBcc: moi@nguoi.vn\u2028 năm\t2026 ") == "Kế hoạch Bcc: moi@nguoi.vn năm 2026"


def test_decomposed_marks_are_composed() -> None:
    assert one_line(unicodedata.normalize("NFD", "Mặt trận")) == "Mặt trận"


@given(st.text(), st.integers(0, 100))
def test_trimmed_never_exceeds_the_limit(text: str, limit: int) -> None:
    cut = trimmed(text, limit)
    assert len(cut) <= limit or cut == text
    assert len(text) > limit or cut == text


def test_trimmed_cuts_between_words() -> None:
    assert trimmed("Truyền thông nâng cao chỉ số cải cách", 22) == "Truyền thông nâng cao…"
    assert trimmed("Truyền thông nâng cao chỉ số cải cách", 20) == "Truyền thông nâng…"
    assert trimmed("Chỉ-số-hài-lòng-về-sự-phục-vụ", 12) == "Chỉ-số-hài…"
