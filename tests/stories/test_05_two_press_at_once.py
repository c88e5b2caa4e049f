"""Huyện Lộc Hà, 2024: two press at once, one may not act twice, a plan is stopped, bad papers are refused."""

from __future__ import annotations

import threading

import pytest

from tests.stories.both import on_both
from tests.stories.cast import Cast, day, plan_text
from workflows.actions import (
    Routing,
    act_on_task,
    confirm_reading,
    import_plan,
    start_plan,
    step_up_for_task,
    stop_plan,
    teach_name,
)
from workflows.errors import Refused
from workflows.store import directory, issuing, plans
from workflows.store.database import Database


@pytest.fixture
def cast(database: Database) -> Cast:
    cast = Cast.for_plan(database, plan_text("004_loc_ha.txt"), day(2024, 2, 5))
    cast.import_and_start()
    return cast


@on_both
def test_two_deputies_press_at_once_and_one_is_told_who_was_faster(cast: Cast) -> None:
    with cast.database.write() as connection:
        post = directory.add_post(connection, cast.office.id, "pho_chu_tich", "PHÓ CHỦ TỊCH", rank=1)
        directory.hold(connection, post, directory.add_person(connection, "Lê Thị Hai", "hai@lochd.example"))
    cast.pass_to_signature()
    (task,) = cast.open("trinh_ky")
    seen, outcomes, ready = cast.seen_hash(), [], threading.Barrier(2)

    def press(nth: int) -> None:
        desk = cast.desk("pho_chu_tich", nth=nth)
        ready.wait()
        try:
            step_up_for_task(desk, task, "simulated")
            act_on_task(desk, task.id, {"ket_qua": "ky"}, seen_hash=seen)
            outcomes.append(("signed", desk.by.name))
        except Refused as refusal:
            outcomes.append((refusal.code, str(refusal.facts.get("by"))))

    threads = [threading.Thread(target=press, args=(nth,)) for nth in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(code for code, _ in outcomes) == ["ALREADY_DONE", "signed"]
    with cast.database.read() as connection:
        signatures = [one for one in issuing.standing_approvals(connection, "plan", cast.plan_id) if one.role == "ky"]
    assert len(signatures) == 1


def test_who_drafted_may_not_check_the_form_nor_sign(cast: Cast) -> None:
    drafter = cast.actor("thu_truong", cast.office.drafting_unit_id)
    cast.act("soan_thao", {}, drafter)
    cast.act("kiem_tra_noi_dung", {"ket_qua": "dat"})
    with cast.database.write() as connection:
        post = directory.add_post(connection, cast.office.id, "the_thuc", "Kiểm tra thể thức", rank=1)
        directory.hold(connection, post, int(drafter.person or 0))
    again = cast.actor("the_thuc", nth=1)
    assert again.person == drafter.person
    with pytest.raises(Refused, match="EXCLUDED"):
        cast.act("kiem_tra_the_thuc", {"ket_qua": "dat"}, again)


def test_a_stranger_may_not_act(cast: Cast) -> None:
    with pytest.raises(Refused, match="NOT_A_CANDIDATE"):
        cast.act("soan_thao", {}, cast.actor("van_thu"))


@on_both
def test_a_stopped_plan_gives_up_its_number_and_tells_everybody(cast: Cast) -> None:
    cast.pass_to_signature()
    cast.act("trinh_ky", {"ket_qua": "ky"})
    cast.act("cap_so", {})
    with pytest.raises(Refused, match="NOT_YOURS"):
        stop_plan(cast.desk("van_thu"), cast.plan_id, "Cấp trên đã ban hành kế hoạch chung")
    stop_plan(cast.desk("chu_tich"), cast.plan_id, "Cấp trên đã ban hành kế hoạch chung")
    with cast.database.read() as connection:
        assert plans.plan(connection, cast.plan_id).status == "stopped"
        line = issuing.register_line_of(connection, "plan", cast.plan_id)
    assert line is not None
    assert (line.number, line.status) == (1, "given_up")
    assert cast.open() == []
    cast.sweep()
    assert any("dừng" in subject.lower() for subject in cast.subjects())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "EMPTY"),
        ("   \n", "EMPTY"),
        ("Danh sách mua văn phòng phẩm\nGiấy A4: 10 ram", "NOT_A_PLAN"),
        ("BÁO CÁO\n\nKết quả công tác tháng 3\n\nI. TÌNH HÌNH\n\nTốt.", "NOT_A_PLAN"),
    ],
)
def test_what_is_no_plan_is_refused_and_leaves_nothing(cast: Cast, text: str, code: str) -> None:
    with cast.database.read() as connection:
        before = plans.count_plans(connection)
    with pytest.raises(Refused, match=code):
        import_plan(cast.drafter(), office_id=cast.office.id, drafting_unit_id=cast.office.drafting_unit_id, text=text)
    with cast.database.read() as connection:
        assert plans.count_plans(connection) == before


def test_a_body_that_nobody_knows_is_named_and_can_be_taught(cast: Cast) -> None:
    text = cast.text.replace("Phòng Tư pháp", "Phòng Vũ trụ")
    office = cast.office
    plan_id = import_plan(cast.drafter(), office_id=office.id, drafting_unit_id=office.drafting_unit_id, text=text)
    with pytest.raises(Refused, match="UNKNOWN_BODY") as refusal:
        confirm_reading(cast.drafter(), plan_id)
    assert [reason.facts["name"] for reason in refusal.value.reasons] == ["Phòng Vũ trụ"]
    teach_name(cast.desk("van_thu"), office.id, "Phòng Vũ trụ", None)
    confirm_reading(cast.drafter(), plan_id)


def test_a_plan_whose_signer_is_nobody_does_not_start(database: Database) -> None:
    cast = Cast.for_plan(database, plan_text("004_loc_ha.txt"), day(2024, 2, 5))
    office = cast.office
    plan_id = import_plan(cast.drafter(), office_id=office.id, drafting_unit_id=office.drafting_unit_id, text=cast.text)
    confirm_reading(cast.drafter(), plan_id)
    chairman = cast.actor("chu_tich")
    with cast.database.write() as connection:
        directory.leave(connection, int(chairman.person or 0), day(2024, 1, 1).date())
    with pytest.raises(Refused, match="NO_HOLDER") as refusal:
        start_plan(cast.drafter(), plan_id, Routing("chu_tich"))
    assert [reason.facts["step"] for reason in refusal.value.reasons] == ["trinh_ky"]


def test_an_overdue_draft_is_told_to_its_holder_and_above(cast: Cast) -> None:
    cast.wait(day(2024, 3, 1))
    assert any(subject.startswith("[Quá hạn") for subject in cast.subjects())
    assert any(subject.startswith("[Báo cáo chậm]") for subject in cast.subjects())
