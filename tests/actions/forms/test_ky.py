"""Form ky: sign, return to an earlier step, or pass on to the other signer."""

from __future__ import annotations

import pytest

from tests.actions.small_office import PLAN, REASON, refused
from tests.stories.cast import Cast
from workflows.actions import Routing, confirm_reading, import_plan, start_plan
from workflows.store import directory, issuing, plans


@pytest.fixture
def submitted(cast: Cast) -> Cast:
    cast.pass_to_signature()
    return cast


def test_signed_it_is_approved_and_waits_for_its_number(submitted: Cast) -> None:
    submitted.act("trinh_ky", {"ket_qua": "ky"})
    with submitted.database.read() as connection:
        roles = {one.role for one in issuing.standing_approvals(connection, "plan", submitted.plan_id)}
    assert roles == {"noi_dung", "the_thuc", "ky"}
    assert submitted.waiting_at() == {"cap_so"}


def test_passed_on_it_waits_for_the_other_signer(submitted: Cast) -> None:
    submitted.act("trinh_ky", {"ket_qua": "chuyen", "nguoi_ky": "pho_chu_tich"})
    (task,) = submitted.open("trinh_ky")
    assert task.groups == (f"pho_chu_tich@{submitted.office.id}",)
    with submitted.database.read() as connection:
        assert plans.plan(connection, submitted.plan_id).signer_role == "pho_chu_tich"


def test_it_is_not_passed_on_to_nobody(submitted: Cast) -> None:
    deputy = int(submitted.actor("pho_chu_tich").person or 0)
    with submitted.database.write() as connection:
        directory.leave(connection, deputy, submitted.now.date())
    with refused(submitted.database, "NO_HOLDER"):
        submitted.act("trinh_ky", {"ket_qua": "chuyen", "nguoi_ky": "pho_chu_tich"})


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "FIELD_REQUIRED"),
        ({"ket_qua": "dong_y"}, "BAD_FIELD"),
        ({"ket_qua": "tra_lai", "tra_ve": "soan_thao"}, "REASON_REQUIRED"),
        ({"ket_qua": "tra_lai", "ly_do": REASON}, "FIELD_REQUIRED"),
        ({"ket_qua": "tra_lai", "tra_ve": "cap_so", "ly_do": REASON}, "BAD_FIELD"),
        ({"ket_qua": "chuyen", "nguoi_ky": "chu_tich"}, "ALREADY_WITH"),
        ({"ket_qua": "chuyen", "nguoi_ky": "van_thu"}, "BAD_FIELD"),
    ],
)
def test_what_is_missing_or_odd_is_refused(submitted: Cast, fields: dict[str, str], code: str) -> None:
    with refused(submitted.database, code):
        submitted.act("trinh_ky", fields)


def test_a_plan_that_nobody_was_asked_about_does_not_return_to_their_opinions(office: Cast) -> None:
    desk, unit = office.drafter(), office.office.drafting_unit_id
    office.plan_id = import_plan(desk, office_id=office.office.id, drafting_unit_id=unit, text=PLAN)
    confirm_reading(desk, office.plan_id)
    start_plan(desk, office.plan_id, Routing())
    office.pass_to_signature()
    for step in ("lay_y_kien", "tiep_thu"):
        with refused(office.database, "NOT_CONSULTED"):
            office.act("trinh_ky", {"ket_qua": "tra_lai", "tra_ve": step, "ly_do": REASON})
