"""Two who act on one task, or on tasks of one plan, at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.actions.colleagues import join, number
from tests.actions.running_round import with_round
from tests.actions.small_office import PLAN, REASON, START, founded, started
from tests.stories.cast import Cast
from workflows.actions import (
    SWEEPS,
    Desk,
    act_on_task,
    claim_task,
    delegate_task,
    revise_plan,
    step_up_for_task,
    stop_plan,
    withdraw_task,
)
from workflows.store import directory
from workflows.store.database import Database
from workflows.store.worklist import TaskRow

from .orders import Deed
from .pairs import Meeting, pair

SIGNED_BY_A_DEPUTY = PLAN.replace("CHỦ TỊCH\n\n", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n")


def at(desk: Desk, database: Database) -> Desk:
    """The same desk, in another process."""
    return replace(desk, database=database)


def handing_in(cast: Cast, task: TaskRow, fields: dict[str, str], desk: Desk) -> Deed:
    """This person hands in the form of the task, having seen the text and, where it is asked, proved who they are."""
    step_up_for_task(desk, task, "simulated")
    seen = cast.seen_hash()
    return lambda database: act_on_task(at(desk, database), task.id, fields, seen_hash=seen).outcome


def signing(cast: Cast, desk: Desk, fields: dict[str, str] | None = None) -> Deed:
    """This person signs, or does otherwise with the plan that waits for a signature."""
    (task,) = cast.open("trinh_ky")
    return handing_in(cast, task, fields or {"ket_qua": "ky"}, desk)


def sweeping(cast: Cast, kind: str) -> Deed:
    """The clock comes round."""
    clock = cast.clock

    def sweep(database: Database) -> None:
        swept = SWEEPS[kind](at(clock, database), 500)
        assert not swept.failed, swept

    return sweep


def to_sign(memory: Database) -> Cast:
    """The plan waits for the signature of the chairman."""
    cast = started(memory)
    cast.pass_to_signature()
    return cast


@pair({1}, ALREADY_DONE=True)
def two_deputies_sign(memory: Database) -> Meeting:
    cast = Cast.for_plan(memory, SIGNED_BY_A_DEPUTY, START)
    join(cast, "Lê Thị Hai", "pho_chu_tich", cast.office.id)
    cast.import_and_start()
    cast.pass_to_signature()
    first, second = (cast.desk("pho_chu_tich", nth=nth) for nth in (0, 1))
    assert first.by.person != second.by.person
    return Meeting(signing(cast, first), signing(cast, second))


@pair({1}, ALREADY_DONE=True)
def the_same_person_signs_twice(memory: Database) -> Meeting:
    cast = to_sign(memory)
    signs = signing(cast, cast.desk("chu_tich"))
    return Meeting(signs, signs)


@pair({1}, ALREADY_DONE=True)
def one_signs_and_one_returns(memory: Database) -> Meeting:
    cast = to_sign(memory)
    chairman = cast.desk("chu_tich")
    back = {"ket_qua": "tra_lai", "tra_ve": "soan_thao", "ly_do": REASON}
    return Meeting(signing(cast, chairman), signing(cast, chairman, back))


@pair({1}, ALREADY_DONE=True, TASK_CANCELLED=True, GONE_ON=True)
def one_checks_and_the_one_before_withdraws(memory: Database) -> Meeting:
    cast = started(memory)
    cast.act("soan_thao", {})
    head = cast.desk("thu_truong", cast.office.drafting_unit_id)
    (passed,) = cast.open("kiem_tra_noi_dung")
    cast.do(passed, {"ket_qua": "dat"}, head.by)
    (task,) = cast.open("kiem_tra_the_thuc")
    checks = handing_in(cast, task, {"ket_qua": "dat"}, cast.desk("the_thuc"))
    return Meeting(checks, lambda database: withdraw_task(at(head, database), passed.id, REASON).outcome)


@pair({2})
def one_signs_and_the_clock_escalates(memory: Database) -> Meeting:
    cast = to_sign(memory)
    (task,) = cast.open("trinh_ky")
    assert task.due is not None
    cast.now = task.due + timedelta(days=1)
    return Meeting(signing(cast, cast.desk("chu_tich")), sweeping(cast, "escalate"))


@pair({1}, HELD_BY_ANOTHER=True)
def two_claim(memory: Database) -> Meeting:
    cast = started(memory)
    (task,) = cast.open()
    minh, hoa = join(cast, "Trần Văn Minh", "can_bo"), join(cast, "Lê Thị Hoa", "can_bo")
    return Meeting(
        lambda database: claim_task(at(minh, database), task.id),
        lambda database: claim_task(at(hoa, database), task.id),
    )


@pair({1}, ALREADY_DONE=True, HELD_BY_ANOTHER=True)
def one_delegates_and_another_hands_in(memory: Database) -> Meeting:
    cast = started(memory)
    (task,) = cast.open()
    head, minh, hoa = cast.drafter(), join(cast, "Trần Văn Minh", "can_bo"), join(cast, "Lê Thị Hoa", "can_bo")
    receiver = number(minh)
    return Meeting(
        lambda database: delegate_task(at(head, database), task.id, receiver, "Soạn giúp"),
        handing_in(cast, task, {}, hoa),
    )


@pair({1}, CONTENT_CHANGED=True, ALREADY_SIGNED=True)
def one_signs_while_the_draft_is_edited(memory: Database) -> Meeting:
    cast = to_sign(memory)
    drafter, plan_id, text = cast.drafter(), cast.plan_id, cast.text.replace("Tháng 9/2024", "Tháng 10/2024")
    return Meeting(
        signing(cast, cast.desk("chu_tich")),
        lambda database: revise_plan(at(drafter, database), plan_id, text, "Sửa thời hạn", seen_version=1),
    )


@pair({1}, STALE=True)
def two_edit_one_draft(memory: Database) -> Meeting:
    cast = started(memory)
    drafter, plan_id = cast.drafter(), cast.plan_id
    texts = [cast.text.replace("Tháng 9/2024", month) for month in ("Tháng 10/2024", "Tháng 11/2024")]

    def editing(text: str) -> Deed:
        return lambda database: revise_plan(at(drafter, database), plan_id, text, "", seen_version=1)

    return Meeting(editing(texts[0]), editing(texts[1]))


@pair({1, 2}, TASK_CANCELLED=True)
def a_plan_is_stopped_while_a_step_is_done(memory: Database) -> Meeting:
    cast = started(memory)
    (task,) = cast.open()
    chairman, plan_id = cast.desk("chu_tich"), cast.plan_id
    return Meeting(
        lambda database: stop_plan(at(chairman, database), plan_id, REASON), handing_in(cast, task, {}, cast.drafter())
    )


@pair({1, 2}, TASK_CANCELLED=True)
def an_opinion_comes_at_the_deadline(memory: Database) -> Meeting:
    cast = with_round(founded(memory))
    task = cast.open("lay_y_kien")[-1]
    assert task.due is not None
    cast.now = task.due + timedelta(hours=12)
    role, body_id = directory.parse_group(task.groups[0])
    opinion = handing_in(cast, task, {"ket_qua": "nhat_tri"}, cast.desk(role, body_id))
    return Meeting(opinion, sweeping(cast, "fire_timers"))


@pair({2})
def two_clocks_fire_the_same_timers(memory: Database) -> Meeting:
    cast = with_round(founded(memory))
    task = cast.open("lay_y_kien")[-1]
    assert task.due is not None
    cast.now = task.due + timedelta(hours=12)
    return Meeting(sweeping(cast, "fire_timers"), sweeping(cast, "fire_timers"))


@pair({2})
def two_clocks_escalate_the_same_tasks(memory: Database) -> Meeting:
    cast = to_sign(memory)
    (task,) = cast.open("trinh_ky")
    assert task.due is not None
    cast.now = task.due + timedelta(days=1)
    return Meeting(sweeping(cast, "escalate"), sweeping(cast, "escalate"))
