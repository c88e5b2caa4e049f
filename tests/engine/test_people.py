"""How people hold a work item: delegating on and back, and asking one more person inside it."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from workflows.engine import CLOCK, Actor
from workflows.engine import commands as cmd
from workflows.engine import events as ev

from .building import BORDER, process, refused, users
from .desk import AN, BINH, NOW, Desk

SIGN = '<userTask id="ky" camunda:candidateGroups="chu_tich@3" kehoach:exclude="soan"/>'
PLAIN = '<userTask id="soan"/>'
CUONG, DUNG, GIANG = Actor("cuong"), Actor("dung"), Actor("giang")


def desk_at_ky() -> tuple[Desk, str]:
    desk = Desk(process(BORDER + SIGN + PLAIN, "s soan ky e"))
    desk.do(cmd.CompleteTask(desk.task("soan")), AN)
    return desk, desk.task("ky")


def ask(desk: Desk, task: str, person: str, by: Actor = BINH, **more: Any) -> str:
    told = desk.do(cmd.AskPerson(task, person, "hoi", "Hỏi thêm", **more), by)
    (opened,) = (event for event in told if isinstance(event, ev.TaskOpened))
    return opened.task_id


def test_a_delegate_works_and_the_owner_finishes() -> None:
    desk, task = desk_at_ky()
    told = desk.do(cmd.DelegateTask(task, "dung", "Đi họp"), BINH)
    assert told == (ev.TaskAssigned(task, "ky", "dung", "delegated", "Đi họp", "binh"),)
    assert desk.refuses(cmd.CompleteTask(task), DUNG) == [("DELEGATED", {"owner": "binh"})]
    assert desk.refuses(cmd.ReleaseTask(task), DUNG) == [("DELEGATED", {"owner": "binh"})]
    assert desk.refuses(cmd.CompleteTask(task), BINH)[0][0] == "HELD_BY_ANOTHER"
    told = desk.do(cmd.HandBackTask(task, "Đã soát"), DUNG)
    assert told == (ev.TaskAssigned(task, "ky", "binh", "handed_back", "Đã soát"),)
    desk.do(cmd.CompleteTask(task), BINH)
    assert desk.state.status == "completed"


def test_delegating_twice_comes_back_twice() -> None:
    desk, task = desk_at_ky()
    desk.do(cmd.DelegateTask(task, "dung"), BINH)
    desk.do(cmd.DelegateTask(task, "cuong"), DUNG)
    assert desk.state.tasks[task].owners == ("binh", "dung")
    desk.do(cmd.HandBackTask(task), CUONG)
    assert (desk.state.tasks[task].assignee, desk.state.tasks[task].owners) == ("dung", ("binh",))
    desk.do(cmd.HandBackTask(task), DUNG)
    assert (desk.state.tasks[task].assignee, desk.state.tasks[task].owners) == ("binh", ())
    assert desk.refuses(cmd.HandBackTask(task), BINH) == [("NOT_DELEGATED", {"task": task})]


def test_an_owner_takes_it_back_over_the_heads_of_the_others() -> None:
    desk, task = desk_at_ky()
    desk.do(cmd.DelegateTask(task, "dung"), BINH)
    desk.do(cmd.DelegateTask(task, "cuong"), DUNG)
    assert desk.refuses(cmd.HandBackTask(task), GIANG) == [("HELD_BY_ANOTHER", {"holder": "cuong"})]
    desk.do(cmd.HandBackTask(task), BINH)
    assert (desk.state.tasks[task].assignee, desk.state.tasks[task].owners) == ("binh", ())


def test_nobody_delegates_to_an_owner_a_holder_or_somebody_excluded() -> None:
    desk, task = desk_at_ky()
    assert desk.refuses(cmd.DelegateTask(task, "binh"), BINH) == [("ALREADY_OWNER", {"person": "binh"})]
    assert desk.refuses(cmd.DelegateTask(task, "an"), BINH) == [("EXCLUDED", {"person": "an"})]
    assert [code for code, _ in desk.refuses(cmd.DelegateTask(task, "dung"), CUONG)] == ["NOT_A_CANDIDATE"]
    desk.do(cmd.DelegateTask(task, "dung"), BINH)
    assert desk.refuses(cmd.DelegateTask(task, "binh"), DUNG) == [("ALREADY_OWNER", {"person": "binh"})]
    assert desk.refuses(cmd.ReassignTask(task, "dung")) == [("ALREADY_HOLDS", {"person": "dung"})]
    assert desk.refuses(cmd.ReassignTask(task, "an")) == [("EXCLUDED", {"person": "an"})]


def test_a_new_holder_ends_what_was_delegated() -> None:
    desk, task = desk_at_ky()
    desk.do(cmd.DelegateTask(task, "dung"), BINH)
    desk.do(cmd.ReassignTask(task, "cuong", "Đ/c Dũng ốm"))
    assert desk.state.tasks[task].owners == ()
    desk.do(cmd.CompleteTask(task), CUONG)
    assert desk.state.status == "completed"


def test_a_blocking_question_must_be_answered_first() -> None:
    desk, task = desk_at_ky()
    asked = ask(desk, task, "dung", blocking=True, variables={"cau_hoi": "Kinh phí?"})
    (opened,) = (event for event in desk.events if isinstance(event, ev.TaskOpened) and event.task_id == asked)
    assert (opened.form_key, opened.candidate_users, opened.variables) == ("hoi", ("dung",), {"cau_hoi": "Kinh phí?"})
    waiting = [("WAITING_FOR_ANSWER", {"task": asked, "person": "dung"})]
    assert desk.refuses(cmd.CompleteTask(task), BINH) == waiting
    assert [code for code, _ in desk.refuses(cmd.CompleteTask(asked), BINH)] == ["NOT_A_CANDIDATE"]
    desk.do(cmd.CompleteTask(asked, {"khong": "thấy"}), DUNG)
    assert "khong" not in desk.state.process_variables()
    assert desk.state.rounds["ky"] == 1
    desk.do(cmd.CompleteTask(task), BINH)
    assert desk.state.status == "completed"


def test_an_advisory_question_goes_with_its_task() -> None:
    desk, task = desk_at_ky()
    asked = ask(desk, task, "dung")
    told = desk.do(cmd.CompleteTask(task), BINH)
    assert ev.TaskClosed(asked, "ky", "cancelled", None, "user") in told
    assert desk.state.status == "completed"


def test_a_question_is_withdrawn_by_whoever_has_the_task_around_it() -> None:
    desk, task = desk_at_ky()
    asked = ask(desk, task, "dung", blocking=True)
    assert [code for code, _ in desk.refuses(cmd.WithdrawRequest(asked), DUNG)] == ["NOT_A_CANDIDATE"]
    assert desk.refuses(cmd.WithdrawRequest(task), BINH) == [("NOT_A_REQUEST", {"task": task})]
    desk.do(cmd.WithdrawRequest(asked), BINH)
    desk.do(cmd.CompleteTask(task), BINH)
    assert desk.state.status == "completed"


def test_who_is_asked_may_ask_on_and_waits_for_that_answer() -> None:
    desk, task = desk_at_ky()
    asked = ask(desk, task, "dung", blocking=True)
    deeper = ask(desk, asked, "cuong", DUNG, blocking=True)
    assert desk.refuses(cmd.CompleteTask(asked), DUNG)[0][0] == "WAITING_FOR_ANSWER"
    desk.do(cmd.CompleteTask(deeper), CUONG)
    desk.do(cmd.CompleteTask(asked), DUNG)
    desk.do(cmd.CompleteTask(task), BINH)


def test_nobody_asks_themselves_and_only_who_may_act_asks() -> None:
    desk, task = desk_at_ky()
    assert desk.refuses(cmd.AskPerson(task, "binh", "hoi", "?"), BINH) == [("ASKS_ONESELF", {"person": "binh"})]
    assert [code for code, _ in desk.refuses(cmd.AskPerson(task, "dung", "hoi", "?"), AN)] == [
        "EXCLUDED",
        "NOT_A_CANDIDATE",
    ]


def test_the_clock_and_whatever_interrupts_wait_for_nobody() -> None:
    late = '<boundaryEvent id="b" attachedToRef="a"><timerEventDefinition><timeDuration>PT1H</timeDuration>'
    late += "</timerEventDefinition></boundaryEvent>"
    desk = Desk(process(BORDER + users("a") + late, "s a e", "b e"))
    asked = ask(desk, desk.task("a"), "dung", AN, blocking=True)
    desk.now = NOW.replace(hour=3)
    told = desk.do(cmd.FireTimer(next(iter(desk.state.timers))), CLOCK)
    assert any(isinstance(event, ev.TaskClosed) and event.task_id == asked for event in told)
    assert desk.state.status == "completed"


def test_a_request_is_no_step_that_can_be_moved_or_fail() -> None:
    desk, task = desk_at_ky()
    asked = ask(desk, task, "dung")
    assert desk.refuses(cmd.ThrowTaskError(asked, "HONG"), DUNG) == [("NOT_A_STEP", {"task": asked})]
    with refused("NOT_OPEN"):
        desk.do(cmd.MoveTokens((asked,), (), "thử"))
    desk.do(cmd.MoveTokens(("ky",), ("soan",), "Làm lại"))
    assert [each.element for each in desk.state.tasks.values()] == ["soan"]


PEOPLE = ["binh", "cuong", "dung", "giang"]
MOVES = st.lists(st.tuples(st.sampled_from(["delegate", "back"]), st.sampled_from(PEOPLE)), max_size=12)


@given(MOVES)
def test_whatever_is_delegated_on_and_back_the_first_owner_can_end_it(moves: list[tuple[str, str]]) -> None:
    desk, task = desk_at_ky()
    desk.do(cmd.ClaimTask(task), BINH)
    for move, person in moves:
        now = desk.state.tasks[task]
        by = Actor(now.assignee)
        if move == "back" and now.owners:
            desk.do(cmd.HandBackTask(task), by)
        elif move == "delegate" and person not in (now.assignee, *now.owners):
            desk.do(cmd.DelegateTask(task, person), by)
        after = desk.state.tasks[task]
        assert len({after.assignee, *after.owners}) == len(after.owners) + 1
    if desk.state.tasks[task].owners:
        desk.do(cmd.HandBackTask(task), BINH)
    desk.do(cmd.CompleteTask(task), BINH)
    assert desk.state.status == "completed"
