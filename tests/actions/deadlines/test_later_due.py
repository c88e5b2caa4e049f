"""A later due date: asked for, decided by another, and everything that hangs on it moves along."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.actions.running_round import bodies_asked, not_asked, opinion, round_of
from tests.actions.small_office import REASON, refused, stored
from tests.stories.cast import Cast, day
from workflows.actions.consulting.add_body import add_body
from workflows.actions.deadlines.ask_later_due import ask_later_due
from workflows.actions.deadlines.decide_later_due import Decision, decide_later_due
from workflows.actions.escalate import escalate
from workflows.store.tables.consultation import round_changes
from workflows.store.tables.deadlines import due_requests
from workflows.store.tables.telling import outbox
from workflows.store.tables.worklist import tasks, timers

LATER = day(2024, 3, 8).date()
YES = Decision(granted=True)


def test_a_holder_asks_and_the_head_grants(cast: Cast) -> None:
    (task,) = cast.open("soan_thao")
    officer = cast.desk("can_bo", cast.office.drafting_unit_id)
    request = ask_later_due(officer, task.id, LATER, REASON)
    with refused(cast.database, "REQUEST_WAITING"):
        ask_later_due(officer, task.id, LATER, REASON)
    assert [row.task_id for row in stored(cast.database, outbox, kind="due_requested")] == [task.id]
    decide_later_due(cast.drafter(), request, YES)
    (row,) = stored(cast.database, tasks, status="open")
    assert row.due == day(2024, 3, 8, 23, 59).replace(second=59)
    assert row.next_escalation_at == day(2024, 3, 6, 7), "two working days before the new day"
    assert row.due_days is None
    with refused(cast.database, "ALREADY_DECIDED"):
        decide_later_due(cast.drafter(), request, Decision(granted=False, reason=REASON))
    assert [row.task_id for row in stored(cast.database, outbox, kind="due_moved")] == [task.id]


def test_reminders_that_were_told_come_again_before_the_new_day_and_never_twice(cast: Cast) -> None:
    (task,) = cast.open("soan_thao")
    cast.now = day(2024, 2, 22, 8)
    escalate(cast.clock)
    request = ask_later_due(cast.desk("can_bo", cast.office.drafting_unit_id), task.id, LATER, REASON)
    decide_later_due(cast.drafter(), request, YES)
    cast.now = day(2024, 2, 26, 8)
    assert escalate(cast.clock).done == 0, "what was due under the old day is told no more"
    for hour in (8, 9):
        cast.now = day(2024, 3, 6, hour)
        escalate(cast.clock)
    keys = [row.key for row in stored(cast.database, outbox, kind="task_due")]
    assert len(keys) == len(set(keys)) == 2


def test_a_refusal_says_why_and_moves_nothing(cast: Cast) -> None:
    (task,) = cast.open("soan_thao")
    request = ask_later_due(cast.desk("can_bo", cast.office.drafting_unit_id), task.id, LATER, REASON)
    with refused(cast.database, "REASON_REQUIRED"):
        decide_later_due(cast.drafter(), request, Decision(granted=False))
    decide_later_due(cast.drafter(), request, Decision(granted=False, reason=REASON))
    assert stored(cast.database, tasks, status="open")[0].due == task.due
    assert stored(cast.database, due_requests)[0].status == "tu_choi"
    assert [row.task_id for row in stored(cast.database, outbox, kind="due_refused")] == [task.id]


def test_nobody_decides_on_the_own_request(cast: Cast) -> None:
    (task,) = cast.open("soan_thao")
    request = ask_later_due(cast.drafter(), task.id, LATER, REASON)
    with refused(cast.database, "EXCLUDED"):
        decide_later_due(cast.drafter(), request, YES)
    with refused(cast.database, "NOT_YOURS"):
        decide_later_due(cast.desk("van_thu"), request, YES)
    decide_later_due(cast.desk("pho_chu_tich"), request, YES)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (day(2024, 2, 5).date(), "DATE_NOT_AHEAD"),
        (day(2024, 2, 26).date(), "NOT_LATER"),
        (day(2034, 2, 26).date(), "TOO_FAR"),
    ],
)
def test_days_that_are_no_later_ones(cast: Cast, wanted: object, code: str) -> None:
    (task,) = cast.open("soan_thao")
    with refused(cast.database, code):
        ask_later_due(cast.drafter(), task.id, wanted, REASON)  # type: ignore[arg-type]


def test_who_may_not_do_the_task_may_not_ask(cast: Cast) -> None:
    (task,) = cast.open("soan_thao")
    with refused(cast.database, "NOT_A_CANDIDATE"):
        ask_later_due(cast.desk("van_thu"), task.id, LATER, REASON)
    with refused(cast.database, "REASON_REQUIRED"):
        ask_later_due(cast.drafter(), task.id, LATER, "ít chữ")


def test_one_body_gets_more_time_and_the_round_waits_for_it(asked: Cast) -> None:
    front, extra = asked.office.front_id, not_asked(asked)
    add_body(asked.drafter(), asked.plan_id, extra, REASON)
    (task,) = [each for each in asked.open("lay_y_kien") if each.variables["co_quan_hoi"] == front]
    before = round_of(asked).deadline
    request = ask_later_due(asked.desk("thu_truong", front), task.id, LATER, REASON)
    decide_later_due(asked.drafter(), request, YES)
    assert round_of(asked).deadline == before
    own = opinion(asked, front).deadline
    assert own == day(2024, 3, 8, 23, 59).replace(second=59)
    assert [row.due for row in stored(asked.database, timers)] == [own]
    assert stored(asked.database, round_changes, kind="lui_han")[0].body_id == front
    asked.wait(before + timedelta(days=1))
    assert front in bodies_asked(asked), "the round is not over while one of them has time"
    (late,) = [each for each in asked.open("lay_y_kien") if each.variables["co_quan_hoi"] == extra]
    asked.do(late, {"ket_qua": "nhat_tri"})
    assert opinion(asked, extra).late, "more time for one is not more time for another"
    asked.do(task, {"ket_qua": "nhat_tri"})
    assert not opinion(asked, front).late


def test_everybody_gets_more_time(asked: Cast) -> None:
    front = asked.office.front_id
    add_body(asked.drafter(), asked.plan_id, not_asked(asked), REASON)
    (task,) = [each for each in asked.open("lay_y_kien") if each.variables["co_quan_hoi"] == front]
    request = ask_later_due(asked.desk("thu_truong", front), task.id, LATER, REASON)
    decide_later_due(asked.drafter(), request, Decision(granted=True, day=day(2024, 3, 11).date(), for_all=True))
    new = day(2024, 3, 11, 23, 59).replace(second=59)
    assert round_of(asked).deadline == new
    assert {each.due for each in asked.open("lay_y_kien")} == {new}
    assert [row.due for row in stored(asked.database, timers)] == [new]


def test_a_task_that_was_done_meanwhile(cast: Cast) -> None:
    (task,) = cast.open("soan_thao")
    request = ask_later_due(cast.desk("can_bo", cast.office.drafting_unit_id), task.id, LATER, REASON)
    cast.act("soan_thao", {})
    with refused(cast.database, "ALREADY_DONE"):
        decide_later_due(cast.drafter(), request, YES)
