"""Forms of a report cycle: the unit's report, the consolidated one, its signature and its number."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions.small_office import REASON, refused, stored
from tests.stories.cast import Cast, day
from workflows.actions import Desk, deploy_definition, deploy_library
from workflows.actions.compose_paper import compose_report
from workflows.actions.reports.summary import report_hash
from workflows.engine.actor import CLOCK
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
    cast.check_report()


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
    signed = stored(opened.database, approvals, subject="report")[-1]
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
    opened.check_report()
    opened.act("ky_bao_cao", {"ket_qua": "ky"})
    (kept,) = stored(opened.database, cycles)
    assert stored(opened.database, approvals, subject="report")[-1].content_hash == report_hash(
        "Bản sửa.", kept.summary
    )


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


def test_the_head_answers_for_the_content_and_the_office_for_the_form(opened: Cast) -> None:
    """NĐ 30/2020 Điều 12: two checks stand on exactly what will be signed, and a return voids them."""
    for task in opened.open("nop_bao_cao"):
        opened.do(task, REPORT)
    opened.act("tong_hop", {"noi_dung": "Báo cáo năm 2024."})
    assert opened.open("kiem_tra_noi_dung_bao_cao")
    assert not opened.open("ky_bao_cao")
    with refused(opened.database, "REASON_REQUIRED"):
        opened.act("kiem_tra_noi_dung_bao_cao", {"ket_qua": "tra_lai"})
    opened.act("kiem_tra_noi_dung_bao_cao", {"ket_qua": "dat"})
    opened.act("kiem_tra_the_thuc_bao_cao", {"ket_qua": "tra_lai", "ly_do": REASON})
    opened.act("tong_hop", {"noi_dung": "Bản sửa thể thức."})
    opened.check_report()
    opened.act("ky_bao_cao", {"ket_qua": "ky"})
    (cycle,) = stored(opened.database, cycles)
    rows = stored(opened.database, approvals, subject="report")
    standing = [(row.role, row.content_hash) for row in rows if row.voided_at is None]
    assert standing == [(role, cycle.report_hash) for role in ("noi_dung", "the_thuc", "ky")]
    assert [row.role for row in rows if row.voided_at is not None] == ["noi_dung"]


def test_a_cycle_that_opened_before_the_checks_ends_without_them(cast: Cast) -> None:
    """A running case stays on the version that it began with."""
    earlier = Path(__file__).with_name("earlier") / "bao_cao_1.bpmn"
    deploy_definition(Desk(cast.database, cast.now, CLOCK), earlier.read_bytes())
    cast.pass_to_force()
    cast.now = day(2024, 10, 20)
    cast.sweep()
    assert ("bao_cao", 3) in deploy_library(Desk(cast.database, cast.now, CLOCK))
    for task in cast.open("nop_bao_cao"):
        cast.do(task, REPORT)
    cast.act("tong_hop", {"noi_dung": "Báo cáo năm 2024."})
    cast.act("ky_bao_cao", {"ket_qua": "ky"})
    cast.act("cap_so_bao_cao", {})
    (cycle,) = stored(cast.database, cycles)
    assert cycle.sent_at == cast.now
