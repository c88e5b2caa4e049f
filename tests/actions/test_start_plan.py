"""start_plan: a confirmed draft goes on its way, once, and only where each step has somebody to do it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.actions.small_office import PLAN, founded, refused, stored
from tests.actions.test_import_plan import take_in
from tests.stories.cast import Cast
from workflows.actions import Routing, confirm_reading, import_plan, start_plan, teach_name
from workflows.errors import Refused
from workflows.store import directory, plans
from workflows.store.database import Database
from workflows.store.plans import Consulted
from workflows.store.tables.plans import plans as plans_table
from workflows.store.tables.processes import cases
from workflows.store.tables.telling import outbox


def confirmed(office: Cast, text: str = PLAN) -> int:
    plan_id = take_in(office, text)
    confirm_reading(office.drafter(), plan_id)
    return plan_id


def test_the_plan_waits_at_its_first_step_and_the_drafters_hear(office: Cast) -> None:
    plan_id = office.plan_id = confirmed(office)
    front = Consulted(office.office.front_id, mandatory=True)
    case_id = start_plan(office.drafter(), plan_id, Routing("pho_chu_tich", (front,), opinion_days=7))
    with office.database.read() as connection:
        plan = plans.plan(connection, plan_id)
    assert (plan.status, plan.case_id, plan.signer_role, plan.opinion_days) == ("routing", case_id, "pho_chu_tich", 7)
    assert (plan.consulted, plan.others_needed) == ((front,), 0)
    (task,) = office.open()
    assert task.element == "soan_thao"
    assert [row.task_id for row in stored(office.database, outbox, kind="task_opened")] == [task.id]


def test_every_reason_is_named_at_once(office: Cast) -> None:
    plan_id = take_in(office, PLAN.split("Nơi nhận:")[0])
    front = Consulted(office.office.front_id, mandatory=False)
    routing = Routing("giam_doc", (front, front), others_needed=3, opinion_days=0, mode="hop")
    with refused(office.database, "NOT_CONFIRMED") as caught:
        start_plan(office.drafter(), plan_id, routing)
    found = [(reason.code, reason.facts.get("field")) for reason in caught.value.reasons]
    assert found == [
        ("NOT_CONFIRMED", None),
        ("NO_RECIPIENTS", "noi_nhan"),
        ("BAD_FIELD", "co_quan_gop_y"),
        ("BAD_FIELD", "nguoi_ky"),
        ("BAD_FIELD", "che_do"),
        ("BAD_FIELD", "so_ngay"),
        ("BAD_FIELD", "so_y_kien"),
    ]


@pytest.mark.parametrize(("role", "step"), [("van_thu", "cap_so"), ("the_thuc", "kiem_tra_the_thuc")])
def test_a_step_that_nobody_holds_keeps_the_plan_from_starting(office: Cast, role: str, step: str) -> None:
    plan_id = confirmed(office)
    holder = int(office.actor(role).person or 0)
    with office.database.write() as connection:
        directory.leave(connection, holder, office.now.date())
    with refused(office.database, "NO_HOLDER") as caught:
        start_plan(office.drafter(), plan_id, Routing())
    assert [reason.facts["step"] for reason in caught.value.reasons] == [step]


def test_a_duty_whose_body_has_nobody_is_told_to_the_clerks_at_once(office: Cast) -> None:
    plan_id = take_in(office, PLAN.replace("Chủ trì: Phòng Tư pháp", "Chủ trì: Phòng Vũ trụ"))
    body = teach_name(office.drafter(), office.office.id, "Phòng Vũ trụ", None)
    confirm_reading(office.drafter(), plan_id)
    start_plan(office.drafter(), plan_id, Routing())
    (told,) = stored(office.database, outbox, kind="no_address")
    assert told.key == f"nobody:{plan_id}:{body}"
    assert told.data == {"whom": "Phòng Vũ trụ", "what": "Rà soát thủ tục hành chính"}
    office.sweep()
    clerk = office.actor("van_thu").name
    assert [one.name for one in office.channel.letters if "Phòng Vũ trụ" in one.text] == [clerk]


def test_a_body_outside_answers_by_mail_and_needs_nobody_in_its_posts(office: Cast) -> None:
    with office.database.write() as connection:
        outside = directory.add_body(connection, kind="agency", name="Kho bạc", office_id=None, email="kb@an.example")
        silent = directory.add_body(connection, kind="agency", name="Bưu điện", office_id=None)
    plan_id = confirmed(office)
    with refused(office.database, "NO_HOLDER") as caught:
        start_plan(office.drafter(), plan_id, Routing(consulted=(Consulted(silent, mandatory=True),)))
    assert caught.value.facts["body"] == "Bưu điện"
    start_plan(office.drafter(), plan_id, Routing(consulted=(Consulted(outside, mandatory=True),)))


def test_only_the_drafting_unit_starts(office: Cast) -> None:
    plan_id = confirmed(office)
    with refused(office.database, "NOT_YOURS"):
        start_plan(office.desk("chu_tich"), plan_id, Routing())


def test_a_plan_that_is_on_its_way_does_not_start_again(cast: Cast) -> None:
    with refused(cast.database, "ALREADY_STARTED"):
        start_plan(cast.drafter(), cast.plan_id, Routing())


def test_started_twice_at_once_it_lives_once(database: Database) -> None:
    office = founded(database)
    unit, desk, ready = office.office.drafting_unit_id, office.drafter(), Barrier(2)
    plan_id = import_plan(desk, office_id=office.office.id, drafting_unit_id=unit, text=PLAN)
    confirm_reading(desk, plan_id)

    def start(_: int) -> str:
        ready.wait()
        try:
            start_plan(desk, plan_id, Routing())
        except Refused as refusal:
            return refusal.code
        return "started"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(start, range(2))) == ["ALREADY_STARTED", "started"]
    (case,) = stored(database, cases)
    assert stored(database, plans_table)[0].case_id == case.id
