"""Nothing stands in a text without being seen, and nothing turns the writing round: what is read is what is signed."""

from __future__ import annotations

import pytest

from service.auth.form import clean
from workflows.actions.reasons import note, reason_in
from workflows.errors import Refused
from workflows.letters import seen
from workflows.papers.book_csv import write_csv
from workflows.papers.bounded_text import bounded_text
from workflows.papers.read_file import read_file

# Without the soft hyphen, which is a letter of the codes before Unicode.
TURNED = "Chi \u202e000.001\u202c đồng \u2066cho\u2069 xã\u200b Đức\u2060 Phong\ufeff\U000e0041"
PLAIN = "Chi 000.001 đồng cho xã Đức Phong"


@pytest.mark.parametrize("way", [seen, clean, note, lambda text: read_file(text.encode(), "a.txt").strip()])
def test_on_every_way_in_they_are_left_out(way: object) -> None:
    assert callable(way)
    assert way(TURNED) == PLAIN


def test_the_search_of_files_reads_the_same() -> None:
    assert bounded_text(TURNED.encode())[0].strip() == PLAIN


def test_marks_that_nobody_sees_are_no_reason() -> None:
    with pytest.raises(Refused, match="REASON_REQUIRED"):
        reason_in("\u200b" * 20)


def test_writing_stays_as_it_is() -> None:
    for text in ("Ủy ban nhân dân xã Đức Phong", "👨\u200d👩\u200d👧 gia đình", "a\tb\nc"):
        assert seen(text) == text


def test_wide_marks_of_a_formula_begin_none() -> None:
    for mark in ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\n"):
        assert f"'{mark}1+1" in write_csv(["Tên"], [[f"{mark}1+1"]]).decode("utf-8-sig")
