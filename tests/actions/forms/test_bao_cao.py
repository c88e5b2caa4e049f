"""Forms of a report cycle: the unit's report, the consolidated one, its signature and its number."""

from __future__ import annotations

import pytest

from tests.actions.small_office import REASON, refused, stored
from tests.stories.cast import Cast, day
from workflows.actions.compose_paper import compose_report
from workflows.actions.reports.summary import report_hash
from workflows.plans.official_document import Text
from workflows.store.tables.issuing import approvals, issued, register
from workflows.store.tables.reporting import cycles, submissions
from workflows.store.tables.telling import outbox

REPORT = {"noi_dung": "Đã thực hiện.", "hoan_thanh": "1.200", "dang_lam": "1", "cham": "0"}


@pytest.fixture
def opened(cast: Cast) -> Cast:
    cast.pass_to_force()
    cast.now = day(2024, 10, 20)
    cast.sweep()
    return cast


def consolidated(cast: Cast) -> None:
    for task in cast.open("nop_bao_cao"):
        cast.do(task, REPORT)
    cast.act("tong_hop", {"noi_dung": " Báo cáo năm 2024. "})


def test_a_units_report_is_kept_with_its_figures(opened: Cast) -> None:
    (task, *_) = opened.open("nop_bao_cao")
    assert opened.do(task, REPORT).outcome == "da_gui"
    (row,) = stored(opened.database, submissions, body_id=task.variables["don_vi_nop"])
    assert (row.status, row.text, row.late, row.sent_at) == ("da_gui", "Đã thực hiện.", False, opened.now)
    assert row.figures == {"hoan_thanh": 1200, "dang_lam": 1, "cham": 0}


def test_after_the_units_day_it_is_taken_in_as_late(opened: Cast) -> None:
    opened.now = day(2024, 11, 10, 0, 1)
    (task, *_) = opened.open("nop_bao_cao")
    assert opened.do(task, REPORT).outcome == "gui_muon"
    (row,) = stored(opened.database, submissions, body_id=task.variables["don_vi_nop"])
    assert row.late


def test_a_unit_that_sent_nothing_is_named_and_never_counted_as_zero(opened: Cast) -> None:
    (first, *_) = opened.open("nop_bao_cao")
    opened.do(first, REPORT)
    opened.wait(day(2024, 11, 19))
    assert opened.open("tong_hop")
    rows = {row.body_id: row for row in stored(opened.database, submissions)}
    silent = [row for body, row in rows.items() if body != first.variables["don_vi_nop"]]
    assert {row.status for row in silent} == {"khong_gui"}
    assert all(row.figures == {} for row in silent)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "FIELD_REQUIRED"),
        (REPORT | {"noi_dung": " "}, "FIELD_REQUIRED"),
        (REPORT | {"cham": ""}, "LINE_REQUIRED"),
        (REPORT | {"cham": "-1"}, "FIGURE_OUT_OF_RANGE"),
        (REPORT | {"cham": "1,5"}, "FIGURE_NOT_WHOLE"),
        (REPORT | {"cham": "9" * 5000}, "FIGURE_UNREADABLE"),
        (REPORT | {"cham": "2 hồ sơ"}, "FIGURE_IN_OTHER_UNIT"),
        (REPORT | {"noi_dung": "a\0b"}, "BAD_TEXT"),
    ],
)
def test_figures_are_counts_and_words_are_demanded(opened: Cast, fields: dict[str, str], code: str) -> None:
    with refused(opened.database, code):
        opened.do(opened.open("nop_bao_cao")[0], fields)


def test_the_consolidated_report_is_signed_numbered_and_sent_up(opened: Cast) -> None:
    consolidated(opened)
    opened.act("ky_bao_cao", {"ket_qua": "ky"})
    signed = stored(opened.database, approvals, subject="report")[0]
    (kept,) = stored(opened.database, cycles)
    assert (signed.role, signed.content_hash) == ("ky", report_hash("Báo cáo năm 2024.", kept.summary))
    opened.act("cap_so_bao_cao", {})
    (cycle,) = stored(opened.database, cycles)
    assert (cycle.report, cycle.number, cycle.symbol) == ("Báo cáo năm 2024.", 1, "BC-UBND")
    assert cycle.sent_at == cycle.closed_at == opened.now
    line = stored(opened.database, register, subject="report")[0]
    assert (line.number, line.series) == (1, "BC-UBND")
    (frozen,) = stored(opened.database, issued, subject="report")
    assert (frozen.media_type, frozen.bytes[:5]) == ("application/pdf", b"%PDF-")
    with opened.database.read() as connection:
        paper = compose_report(connection, cycle.id, opened.now.date())
    assert (paper.number_line, paper.draft, paper.signer) == ("Số: 01/BC-UBND", False, signed.person_name)
    assert paper.body[0] == Text("Báo cáo năm 2024.")
    assert [row.data for row in stored(opened.database, outbox, kind="report_sent")] == [{"cycle_id": cycle.id}]


def test_returned_with_a_reason_it_is_written_again(opened: Cast) -> None:
    consolidated(opened)
    with refused(opened.database, "REASON_REQUIRED"):
        opened.act("ky_bao_cao", {"ket_qua": "tra_lai"})
    opened.act("ky_bao_cao", {"ket_qua": "tra_lai", "ly_do": REASON})
    opened.act("tong_hop", {"noi_dung": "Bản sửa."})
    opened.act("ky_bao_cao", {"ket_qua": "ky"})
    (kept,) = stored(opened.database, cycles)
    assert stored(opened.database, approvals, subject="report")[0].content_hash == report_hash("Bản sửa.", kept.summary)


def test_a_report_is_not_dated_before_its_signature(opened: Cast) -> None:
    consolidated(opened)
    with refused(opened.database, "FIELD_REQUIRED"):
        opened.act("ky_bao_cao", {})
    opened.act("ky_bao_cao", {"ket_qua": "ky"})
    with refused(opened.database, "DATE_BEFORE_SIGNATURE"):
        opened.act("cap_so_bao_cao", {"ngay": "19/10/2024"})


def test_an_offices_report_may_be_as_long_as_what_a_hundred_units_wrote(opened: Cast) -> None:
    for task in opened.open("nop_bao_cao"):
        opened.do(task, REPORT)
    long = "Đã thực hiện các nhiệm vụ được giao. " * 3_000
    (task,) = opened.open("tong_hop")
    with refused(opened.database, "TOO_LONG"):
        opened.do(task, {"noi_dung": long * 10})
    opened.do(task, {"noi_dung": long})
    assert stored(opened.database, cycles)[0].report == long.strip()
