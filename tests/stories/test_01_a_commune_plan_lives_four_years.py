"""Xã Đức Phong, 2022–2025: drafted, consulted on, signed, numbered, sent, carried out, and reported on each year."""

from __future__ import annotations

from datetime import date

import pytest

from tests.stories.both import on_both
from tests.stories.cast import Cast, day, plan_text
from workflows.store import directory, issuing, plans, reporting
from workflows.store.beside_log import compare_beside
from workflows.store.chain import verify_chain
from workflows.store.database import Database
from workflows.store.due import levels_told


@pytest.fixture
def cast(database: Database) -> Cast:
    cast = Cast.for_plan(database, plan_text("000_duc_phong.txt"), day(2022, 7, 18))
    cast.import_and_start()
    return cast


def test_the_draft_passes_two_checks_then_goes_to_the_bodies(cast: Cast) -> None:
    assert cast.waiting_at() == {"soan_thao"}
    cast.act("soan_thao", {})
    cast.act("kiem_tra_noi_dung", {"ket_qua": "dat"})
    cast.act("kiem_tra_the_thuc", {"ket_qua": "dat"})
    asked = {task.variables["co_quan_hoi"] for task in cast.open("lay_y_kien")}
    assert set(cast.office.bodies["front"]) <= asked


def test_a_signed_plan_is_numbered_and_reaches_every_line_of_noi_nhan(cast: Cast) -> None:
    cast.pass_to_force()
    with cast.database.read() as connection:
        plan = plans.plan(connection, cast.plan_id)
        assert (plan.number, plan.symbol, plan.status) == (1, "KH-UBND", "in_force")
        frozen = issuing.frozen(connection, "plan", cast.plan_id)
        assert frozen is not None
        assert (frozen.media_type, frozen.bytes[:5]) == (issuing.PDF, b"%PDF-")
        assert "Số: 01/KH-UBND" in (issuing.issued_text(connection, "plan", cast.plan_id) or "")
        recipients = issuing.recipients_of(connection, "plan", cast.plan_id)
    assert {one.line for one in recipients} == set(range(1, 11))
    assert [one.body_name for one in recipients if one.channel == "keep"]


def test_the_year_ends_with_the_report_to_the_district_before_20_november(cast: Cast) -> None:
    cast.pass_to_force()
    with cast.database.read() as connection:
        (rule,) = reporting.rules_of(connection, cast.plan_id)
        cycles = reporting.cycles_of_plan(connection, cast.plan_id)
    assert [cycle.key for cycle in cycles] == ["2022", "2023", "2024", "2025"]
    assert (cycles[0].unit_due, cycles[0].office_due) == (date(2022, 11, 15), date(2022, 11, 19))
    cast.wait(day(2022, 10, 20))
    units = cast.open("nop_bao_cao")
    assert len(units) == len(rule.units) > 1
    for task in units:
        cast.do(task, {"noi_dung": "Đã thực hiện.", "hoan_thanh": "2", "dang_lam": "1", "cham": "0"})
    cast.act("tong_hop", {"noi_dung": "UBND xã báo cáo kết quả năm 2022."})
    cast.check_report()
    cast.act("ky_bao_cao", {"ket_qua": "ky"})
    cast.act("cap_so_bao_cao", {})
    with cast.database.read() as connection:
        sent = reporting.cycle(connection, cycles[0].id)
        assert sent.sent_at is not None
        assert sent.number == 1
        parent = directory.body(connection, rule.parent_body_id or 0)
    assert "huyện Mộ Đức" in parent.name


def test_a_late_unit_is_reminded_then_its_head_then_the_vice_chairman(cast: Cast) -> None:
    cast.pass_to_force()
    cast.wait(day(2022, 10, 20))
    *others, late = cast.open("nop_bao_cao")
    for task in others:
        cast.do(task, {"noi_dung": "Đã thực hiện.", "hoan_thanh": "1", "dang_lam": "0", "cham": "0"})
    cast.wait(day(2022, 11, 17, 20))
    with cast.database.read() as connection:
        body = directory.body(connection, int(late.variables["don_vi_nop"]))
        deputy = directory.holders_of(connection, f"pho_chu_tich@{cast.office.id}", date(2022, 11, 17))[0]
        head = directory.head_of(connection, body.id, date(2022, 11, 17))
        told = sorted(levels_told(connection, [late.id])[late.id])
    assert head is not None
    late_levels = [(level, target) for level, target in told if level > 0]
    assert late_levels == [(1, "thu_truong"), (2, "pho_chu_tich")]
    assert deputy.name in {letter.name for letter in cast.channel.letters}
    assert head.name in {letter.name for letter in cast.channel.letters}


@on_both
def test_the_plan_closes_when_its_last_report_is_in_and_the_log_is_whole(cast: Cast) -> None:
    cast.pass_to_force()
    for year in (2022, 2023, 2024, 2025):
        cast.wait(day(year, 10, 20))
        for task in cast.open("nop_bao_cao"):
            cast.do(task, {"noi_dung": "Đã thực hiện.", "hoan_thanh": "2", "dang_lam": "0", "cham": "0"})
        cast.act("tong_hop", {"noi_dung": f"Báo cáo năm {year}."})
        cast.check_report()
        cast.act("ky_bao_cao", {"ket_qua": "ky"})
        cast.act("cap_so_bao_cao", {})
    cast.wait(day(2026, 1, 2))
    cast.act("ket_thuc_ke_hoach", {"nhan_xet": "Đủ báo cáo bốn năm."})
    with cast.database.read() as connection:
        assert plans.plan(connection, cast.plan_id).status == "closed"
        assert verify_chain(connection) == []
        assert compare_beside(connection) == []
    assert cast.open() == []
