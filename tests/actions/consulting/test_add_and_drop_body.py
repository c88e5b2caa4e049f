"""Add and drop a body while a round runs: the rule, the tasks, the letters and the end of the round follow."""

from __future__ import annotations

from datetime import timedelta

from tests.actions.running_round import bodies_asked, not_asked, opinion, round_of
from tests.actions.small_office import REASON, refused, stored
from tests.stories.cast import Cast, day
from workflows.actions import Desk
from workflows.actions.consulting.add_body import add_body
from workflows.actions.consulting.drop_body import drop_body
from workflows.store import plans
from workflows.store.tables.consultation import round_changes
from workflows.store.tables.telling import outbox
from workflows.store.tables.worklist import timers


def test_one_more_body_gets_a_task_a_letter_and_as_many_days_as_the_others(asked: Cast) -> None:
    before, extra = bodies_asked(asked), not_asked(asked)
    asked.now += timedelta(days=2)
    add_body(asked.drafter(), asked.plan_id, extra, REASON, mandatory=True)
    assert bodies_asked(asked) != before and set(bodies_asked(asked)) == {*before, extra}
    (task,) = [each for each in asked.open("lay_y_kien") if each.variables["co_quan_hoi"] == extra]
    assert task.due is not None and task.due > round_of(asked).deadline
    assert opinion(asked, extra).deadline == task.due
    assert [row.due for row in stored(asked.database, timers)] == [task.due], "the round ends with the last of them"
    assert extra in round_of(asked).mandatory
    assert any(row.task_id == task.id for row in stored(asked.database, outbox, kind="task_opened"))
    (change,) = stored(asked.database, round_changes)
    assert (change.kind, change.body_id, change.reason) == ("them", extra, REASON)
    with asked.database.read() as connection:
        assert extra in [each.body_id for each in plans.plan(connection, asked.plan_id).consulted]


def test_the_added_body_answers_and_the_round_waits_for_it(asked: Cast) -> None:
    extra = not_asked(asked)
    add_body(asked.drafter(), asked.plan_id, extra, REASON, mandatory=True)
    for task in asked.open("lay_y_kien"):
        if task.variables["co_quan_hoi"] != extra:
            asked.do(task, {"ket_qua": "nhat_tri"})
    assert bodies_asked(asked) == [extra]
    asked.act("lay_y_kien", {"ket_qua": "nhat_tri"})
    assert asked.waiting_at() == {"tiep_thu"}


def test_who_may_add_and_whom(asked: Cast) -> None:
    extra = not_asked(asked)
    with refused(asked.database, "NOT_YOURS"):
        add_body(asked.desk("van_thu"), asked.plan_id, extra, REASON)
    with refused(asked.database, "ALREADY_ASKED"):
        add_body(asked.drafter(), asked.plan_id, asked.office.front_id, REASON)
    with refused(asked.database, "ALREADY_ASKED"):
        add_body(asked.drafter(), asked.plan_id, asked.office.drafting_unit_id, REASON)
    with refused(asked.database, "REASON_REQUIRED"):
        add_body(asked.drafter(), asked.plan_id, extra, "vì")
    with refused(asked.database, "NOT_FOUND"):
        add_body(asked.drafter(), asked.plan_id, 9999, REASON)


def test_nothing_is_added_to_a_round_that_is_over(cast: Cast) -> None:
    with refused(cast.database, "ROUND_CLOSED"):
        add_body(cast.drafter(), cast.plan_id, cast.office.front_id, REASON)


def test_a_dropped_body_loses_its_task_and_is_told_why(asked: Cast) -> None:
    extra = not_asked(asked)
    add_body(asked.drafter(), asked.plan_id, extra, REASON)
    drop_body(asked.drafter(), asked.plan_id, extra, REASON)
    assert extra not in bodies_asked(asked)
    assert opinion(asked, extra).dropped_at == asked.now
    (row,) = stored(asked.database, outbox, kind="asked_no_more")
    assert row.data == {"body_id": extra, "reason": REASON}
    asked.sweep()
    assert any(subject.startswith("[Thôi xin ý kiến]") for subject in asked.subjects())
    add_body(asked.drafter(), asked.plan_id, extra, REASON)
    assert extra in bodies_asked(asked), "it may be asked again"


def test_dropping_the_last_that_is_missing_ends_the_round(asked: Cast) -> None:
    extra = not_asked(asked)
    add_body(asked.drafter(), asked.plan_id, extra, REASON, mandatory=True)
    for task in asked.open("lay_y_kien"):
        if task.variables["co_quan_hoi"] != extra:
            asked.do(task, {"ket_qua": "nhat_tri"})
    drop_body(asked.drafter(), asked.plan_id, extra, REASON)
    assert asked.waiting_at() == {"tiep_thu"}
    assert round_of(asked).closed_at == asked.now


def test_a_mandatory_front_leaves_only_with_the_letter_in_which_it_declined(asked: Cast) -> None:
    front, desk = asked.office.front_id, asked.drafter()
    add_body(desk, asked.plan_id, not_asked(asked), REASON)
    assert front in round_of(asked).mandatory
    with refused(asked.database, "DECLINE_NEEDED"):
        drop_body(desk, asked.plan_id, front, REASON)
    drop_body(desk, asked.plan_id, front, REASON, paper_number="15/MTTQ-BTT", paper_on=day(2024, 2, 20).date())
    assert front not in round_of(asked).mandatory
    assert opinion(asked, front).paper_number == "15/MTTQ-BTT"


def test_whoever_has_answered_and_the_last_one_stay(asked: Cast) -> None:
    extra = not_asked(asked)
    if len(bodies_asked(asked)) == 1:
        with refused(asked.database, "LAST_BODY"):
            drop_body(asked.drafter(), asked.plan_id, bodies_asked(asked)[0], REASON)
    add_body(asked.drafter(), asked.plan_id, extra, REASON, mandatory=True)
    (task, *_) = [each for each in asked.open("lay_y_kien") if each.variables["co_quan_hoi"] == extra]
    asked.do(task, {"ket_qua": "nhat_tri"})
    with refused(asked.database, "ALREADY_ANSWERED"):
        drop_body(asked.drafter(), asked.plan_id, extra, REASON)
    outsider = Desk(asked.database, asked.now, asked.actor("van_thu"))
    with refused(asked.database, "NOT_YOURS"):
        drop_body(outsider, asked.plan_id, asked.office.front_id, REASON)
