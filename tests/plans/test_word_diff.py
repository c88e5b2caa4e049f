"""Two versions of a text: words in paragraphs, cells in rows of tables, and nothing lost on either side."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workflows.plans.word_diff import Comparison, compare

TABLE = """1 | Tuyên truyền trên đài | Văn hóa | Quý I
2 | Tập huấn cho cán bộ | Nội vụ | Quý II
3 | Kiểm tra các đơn vị | Thanh tra | Quý III"""


def said(found: Comparison) -> list[list[tuple[str, str]]]:
    """The pieces of each paragraph that changed."""
    return [[(piece.kind, piece.text) for piece in each.pieces] for each in found.paragraphs if not each.same]


def test_rows_of_a_table_are_compared_cell_by_cell() -> None:
    (row,) = said(compare(TABLE, TABLE.replace("| Nội vụ | Quý II\n", "| Văn phòng | Quý IV\n")))
    assert row == [
        ("same", "2"), ("same", "|"), ("same", "Tập huấn cho cán bộ"), ("same", "|"),
        ("removed", "Nội vụ"), ("added", "Văn phòng"), ("same", "|"),
        ("same", "Quý"), ("removed", "II"), ("added", "IV"),
    ]  # fmt: skip


def test_a_row_put_in_between_shifts_no_other() -> None:
    more = TABLE.replace("2 | Tập", "2 | Tổng kết năm | Văn phòng | Quý IV\n3 | Tập").replace("3 | Kiểm", "4 | Kiểm")
    rows = said(compare(TABLE, more))
    assert rows[0] == [("added", "2 | Tổng kết năm | Văn phòng | Quý IV")]
    assert [row[:2] for row in rows[1:]] == [
        [("removed", "2"), ("added", "3")], [("removed", "3"), ("added", "4")],
    ]  # fmt: skip
    gone = said(compare(more, TABLE))
    assert gone[0] == [("removed", "2 | Tổng kết năm | Văn phòng | Quý IV")]


def test_an_empty_cell_that_is_filled_is_an_addition() -> None:
    (row,) = said(compare("1 | Việc | ", "1 | Việc | Quý I"))
    assert row[-1] == ("added", "Quý I") and ("removed", "") not in row


@given(st.lists(st.sampled_from(["a b c", "a b d", "x | y", "x | z", "| q", "p"]), max_size=8),
       st.lists(st.sampled_from(["a b c", "a b d", "x | y", "x | z", "| q", "p"]), max_size=8))  # fmt: skip
def test_both_texts_can_be_read_off(old: list[str], new: list[str]) -> None:
    found = compare("\n".join(old), "\n".join(new))
    for text, kind in ((old, "removed"), (new, "added")):
        read = [
            " ".join(piece.text for piece in each.pieces if piece.kind in ("same", kind)) for each in found.paragraphs
        ]
        assert [line for line in read if line] == [" ".join(line.split()) for line in text]
