"""A person puts the reading right: each kind of item, tied to its line's words, and again in the next version."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.nightly import size
from tests.plans.score import TEXTS
from workflows.errors import Refused
from workflows.plans.correction import KINDS, Correction, Kind, at_item, checked, corrected, shown
from workflows.plans.document import PlanDocument
from workflows.plans.document_parts import Due
from workflows.plans.read_text import read_text
from workflows.plans.time_shapes import Deadline

TEXT = (TEXTS / "004_095502a10b21373e.txt").read_text(encoding="utf-8")
DOCUMENT = read_text(TEXT)


def put(kind: Kind, number: int, **words: str) -> PlanDocument:
    anchor, nth = at_item(DOCUMENT, kind, number) if kind != "head" else ("", 0)
    return checked(DOCUMENT, Correction(kind, "set", anchor, nth, words))


def test_a_task() -> None:
    task = put("task", 2, chu_tri="Phòng Nội vụ; Thanh tra huyện", thoi_gian="trước 30/6/2024", ten="Thi viết").tasks[2]
    assert (task.title, task.lead) == ("Thi viết", ("Phòng Nội vụ", "Thanh tra huyện"))
    assert task.time == (Deadline(date(2024, 6, 30), "before"),)
    assert task.products == DOCUMENT.tasks[2].products


def test_a_row_of_a_task() -> None:
    before = [row for task in DOCUMENT.tasks for row in task.rows]
    at = next(number for number, row in enumerate(before) if row.lead)
    rows = [row for task in put("row", at, chu_tri="Văn phòng HĐND và UBND huyện").tasks for row in task.rows]
    assert rows[at].lead == ("Văn phòng HĐND và UBND huyện",)
    assert [row for number, row in enumerate(rows) if number != at] == [
        row for number, row in enumerate(before) if number != at
    ]


def test_the_head_and_the_signer() -> None:
    document = put("head", 0, thoi_ky="2024-2025", ban_hanh="UBND xã Thạch Kim", ho_ten="Lê Văn An")
    assert document.period is not None and (document.period.first, document.period.last) == (2024, 2025)
    assert (document.issuer.name, document.signer.name) == ("UBND xã Thạch Kim", "Lê Văn An")
    assert "ISSUER_FROM_TEXT" not in {doubt.code for doubt in document.doubts}


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        ("trước 16/11", Due(11, 16, "before")),
        ("ngày 25", Due(None, 25, "by")),
        ("10/12/2026", Due(12, 10, "by", None, 2026)),
        ("", None),
    ],
)
def test_a_report(typed: str, due: Due | None) -> None:
    changed = checked(DOCUMENT, Correction("report", "add", "", 0, {"ben_nhan": "UBND tỉnh", "han": typed}))
    assert (changed.reports[-1].addressee, changed.reports[-1].due) == ("UBND tỉnh", due)


def test_a_recipient_is_read_as_the_reader_reads_it() -> None:
    recipient = put("recipient", 0, dong="- TT. HĐND huyện (b/c);").recipients[0]
    assert (recipient.names, recipient.qualifier) == (("Thường trực HĐND huyện",), "báo cáo")


def test_items_are_dropped_and_added() -> None:
    anchor, nth = at_item(DOCUMENT, "task", 0)
    assert checked(DOCUMENT, Correction("task", "drop", anchor, nth)).tasks == DOCUMENT.tasks[1:]
    added = checked(DOCUMENT, Correction("task", "add", "", 0, {"ten": "Tập huấn", "chu_tri": "Phòng Nội vụ"}))
    assert (added.tasks[-1].title, added.tasks[-1].lead) == ("Tập huấn", ("Phòng Nội vụ",))
    target = checked(DOCUMENT, Correction("target", "add", "", 0, {"noi_dung": "100% hồ sơ đúng hạn"}))
    assert target.targets[-1].text == "100% hồ sơ đúng hạn"


@pytest.mark.parametrize(
    ("kind", "words", "code"),
    [
        ("task", {"thoi_gian": "khi nào rảnh"}, "TIME_NOT_UNDERSTOOD"),
        ("task", {"ten": " "}, "FIELD_REQUIRED"),
        ("head", {"thoi_ky": "hai năm"}, "PERIOD_NOT_UNDERSTOOD"),
        ("head", {"thoi_ky": "2025-2024"}, "PERIOD_NOT_UNDERSTOOD"),
        ("head", {"trich_yeu": ""}, "FIELD_REQUIRED"),
        ("report", {"han": "31/2"}, "DUE_NOT_UNDERSTOOD"),
        ("report", {"chu_ky": "century"}, "BAD_FIELD"),
        ("recipient", {"dong": "-"}, "FIELD_REQUIRED"),
    ],
)
def test_what_cannot_be_understood_is_refused(kind: Kind, words: dict[str, str], code: str) -> None:
    anchor, nth = at_item(DOCUMENT, kind, 0) if kind not in ("head", "report") else ("", 0)
    deed = "add" if kind == "report" else "set"
    with pytest.raises(Refused) as caught:
        checked(DOCUMENT, Correction(kind, deed, anchor, nth, words))  # type: ignore[arg-type]  # one of the three
    assert caught.value.code == code


def test_there_is_no_such_item() -> None:
    with pytest.raises(Refused, match="NO_SUCH_ITEM"):
        at_item(DOCUMENT, "task", 99)
    with pytest.raises(Refused, match="NO_SUCH_ITEM"):
        checked(DOCUMENT, Correction("task", "drop", "không có dòng này"))


def test_it_follows_its_line_into_the_next_version() -> None:
    anchor, nth = at_item(DOCUMENT, "recipient", 3)
    correction = Correction("recipient", "set", anchor, nth, {"dong": "Hội Nông dân huyện;"})
    moved = read_text("Dòng mới trên đầu\n\n" + TEXT)
    assert corrected(moved, [correction]).recipients[3].raw == "Hội Nông dân huyện;"
    gone = read_text(TEXT.replace(DOCUMENT.recipients[3].raw, "Ban Dân vận;"))
    assert corrected(gone, [correction]).recipients == gone.recipients


def test_words_that_no_longer_have_a_time_are_passed_over() -> None:
    bad = Correction("head", "set", "", 0, {"thoi_ky": "hỏng"})
    assert corrected(DOCUMENT, [bad]).period == DOCUMENT.period


@settings(max_examples=size(60, 1200), deadline=None)
@given(kind=st.sampled_from(KINDS), number=st.integers(0, 40))
def test_setting_what_is_shown_changes_nothing_that_is_shown(kind: Kind, number: int) -> None:
    try:
        words = shown(DOCUMENT, kind, number)
    except Refused:
        return
    anchor, nth = at_item(DOCUMENT, kind, number) if kind != "head" else ("", 0)
    correction = Correction(kind, "set", anchor, nth, words)
    assert Correction.from_json(correction.to_json()) == correction
    try:
        again = checked(DOCUMENT, correction)
    except Refused as refused:
        assert refused.code == "TIME_NOT_UNDERSTOOD"  # a time that the reader itself doubts
        return
    assert shown(again, kind, number) == words
