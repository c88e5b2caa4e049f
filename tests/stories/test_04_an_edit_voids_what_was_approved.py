"""Tỉnh Bắc Kạn, 2020: no Nơi nhận in the text, an edit between check and signature, a return to an earlier step."""

from __future__ import annotations

import pytest

from service.simulation.one_plan import routing_of
from tests.stories.both import on_both
from tests.stories.cast import Cast, day, plan_text
from workflows.actions import Routing, confirm_reading, import_plan, revise_plan, start_plan
from workflows.errors import Refused, Stale
from workflows.plans.read_text import read_text
from workflows.store import issuing, plans
from workflows.store.database import Database

EDITED = "Thường xuyên, báo cáo hằng quý |"


@pytest.fixture
def cast(database: Database) -> Cast:
    return Cast.for_plan(database, plan_text("003_bac_kan.txt"), day(2020, 2, 10))


def test_a_plan_without_addressees_starts_only_when_a_person_adds_them(cast: Cast) -> None:
    office = cast.office
    plan_id = import_plan(cast.drafter(), office_id=office.id, drafting_unit_id=office.drafting_unit_id, text=cast.text)
    with pytest.raises(Refused) as refusal:
        start_plan(cast.drafter(), plan_id, Routing())
    assert {reason.code for reason in refusal.value.reasons} == {"NOT_CONFIRMED", "NO_RECIPIENTS"}
    confirm_reading(cast.drafter(), plan_id)
    start_plan(cast.drafter(), plan_id, routing_of(office, read_text(cast.text)))


def test_the_added_lines_are_where_the_plan_goes(cast: Cast) -> None:
    cast.import_and_start()
    cast.pass_to_force()
    with cast.database.read() as connection:
        recipients = issuing.recipients_of(connection, "plan", cast.plan_id)
    assert {one.channel for one in recipients} >= {"mail", "keep"}
    assert "Sở Nội vụ" in {one.body_name for one in recipients}


@on_both
def test_an_edit_after_the_checks_voids_them_and_the_signer_must_look_again(cast: Cast) -> None:
    cast.import_and_start()
    cast.pass_to_signature()
    seen = cast.seen_hash()
    revise_plan(
        cast.drafter(), cast.plan_id, cast.text.replace("Thường xuyên |", EDITED, 1), "Sửa thời hạn", seen_version=1
    )
    with cast.database.read() as connection:
        assert issuing.standing_approvals(connection, "plan", cast.plan_id) == []
    with pytest.raises(Refused, match="CONTENT_CHANGED") as refusal:
        cast.act("trinh_ky", {"ket_qua": "ky"}, seen=seen)
    assert refusal.value.facts["version"] == 2
    cast.sweep()
    assert any(subject.startswith("[Phải duyệt lại]") for subject in cast.subjects())
    with pytest.raises(Refused, match="NOT_CHECKED"):
        cast.act("trinh_ky", {"ket_qua": "ky"})
    cast.act("trinh_ky", {"ket_qua": "tra_lai", "tra_ve": "soan_thao", "ly_do": "Dự thảo đã sửa, kiểm tra lại"})
    cast.act("soan_thao", {})
    cast.act("kiem_tra_noi_dung", {"ket_qua": "dat"})
    cast.act("kiem_tra_the_thuc", {"ket_qua": "dat"})
    cast.act("trinh_ky", {"ket_qua": "ky"})


def test_two_editors_do_not_overwrite_each_other(cast: Cast) -> None:
    cast.import_and_start()
    first = cast.text.replace("Thường xuyên |", EDITED, 1)
    revise_plan(cast.drafter(), cast.plan_id, first, "", seen_version=1)
    with pytest.raises(Stale) as stale:
        revise_plan(cast.drafter(), cast.plan_id, cast.text + "\nThêm.", "", seen_version=1)
    assert stale.value.facts["version"] == 2
    with cast.database.read() as connection:
        assert plans.current_version(connection, cast.plan_id).text == first


def test_a_signed_plan_may_not_be_edited_any_more(cast: Cast) -> None:
    cast.import_and_start()
    cast.pass_to_signature()
    cast.act("trinh_ky", {"ket_qua": "ky"})
    with pytest.raises(Refused, match="ALREADY_SIGNED"):
        revise_plan(cast.drafter(), cast.plan_id, cast.text + "\nThêm.", "", seen_version=1)


@pytest.mark.parametrize("step", ["soan_thao", "lay_y_kien", "tiep_thu", "kiem_tra_the_thuc"])
def test_the_signer_returns_the_plan_to_any_earlier_step_with_a_reason(cast: Cast, step: str) -> None:
    cast.import_and_start()
    cast.pass_to_signature()
    with pytest.raises(Refused, match="REASON_REQUIRED"):
        cast.act("trinh_ky", {"ket_qua": "tra_lai", "tra_ve": step})
    cast.act("trinh_ky", {"ket_qua": "tra_lai", "tra_ve": step, "ly_do": "Rà soát lại mục II trước khi ký"})
    assert cast.waiting_at() == {step}
    cast.sweep()
    assert any(subject.startswith("[Trả lại]") for subject in cast.subjects())
