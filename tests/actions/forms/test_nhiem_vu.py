"""Forms thuc_hien and xac_nhan: the unit says what was done, its head confirms."""

from __future__ import annotations

import pytest

from tests.actions.small_office import REASON, refused, stored
from tests.stories.cast import Cast
from workflows.store.tables.plans import occurrences


@pytest.fixture
def opened(cast: Cast) -> Cast:
    cast.pass_to_force()
    cast.sweep()
    return cast


def test_what_was_done_stands_with_the_occurrence_once_it_is_confirmed(opened: Cast) -> None:
    opened.act("thuc_hien", {"noi_dung": "Đã rà soát 40 thủ tục."})
    assert stored(opened.database, occurrences)[0].done_at is None
    opened.act("xac_nhan", {"ket_qua": "dat"})
    first = stored(opened.database, occurrences)[0]
    assert (first.done_at, first.result) == (opened.now, "Đã rà soát 40 thủ tục.")


def test_returned_with_a_reason_it_is_done_again(opened: Cast) -> None:
    opened.act("thuc_hien", {"noi_dung": "Xong."})
    opened.act("xac_nhan", {"ket_qua": "tra_lai", "ly_do": REASON})
    assert [task.round for task in opened.open("thuc_hien")] == [2]
    assert stored(opened.database, occurrences)[0].done_at is None


def test_what_is_missing_or_odd_is_refused(opened: Cast) -> None:
    for fields, code in (({}, "FIELD_REQUIRED"), ({"noi_dung": "\0"}, "BAD_TEXT")):
        with refused(opened.database, code):
            opened.act("thuc_hien", fields)
    opened.act("thuc_hien", {"noi_dung": "Xong."})
    for fields, code in (({"ket_qua": "x"}, "BAD_FIELD"), ({"ket_qua": "tra_lai"}, "REASON_REQUIRED")):
        with refused(opened.database, code):
            opened.act("xac_nhan", fields)
