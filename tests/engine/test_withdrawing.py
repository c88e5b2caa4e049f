"""Thu hồi: a completed task is taken back until somebody opened what came of it; exactly its own tokens go back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.engine import Actor, state_to_json
from workflows.engine import commands as cmd

from .building import BORDER, nodes, process, refused, users
from .desk import AN, BINH, Desk

FORK = '<parallelGateway id="p"/><parallelGateway id="j"/>'
FREE = '<userTask id="{}" kehoach:withdraw="true"/>'


def withdraw(desk: Desk, task: str, by: Actor = AN, *, opened: tuple[str, ...] = ()) -> None:
    desk.do(cmd.WithdrawTask(task, "ký nhầm", opened), by)


def waiting(desk: Desk) -> dict[str, str | None]:
    return {task.element: task.assignee for task in desk.state.tasks.values()}


def test_a_task_is_taken_back_into_the_hands_of_whoever_did_it() -> None:
    desk = Desk(process(BORDER + FREE.format("a") + users("b"), "s a b e"))
    first = desk.task("a")
    desk.do(cmd.CompleteTask(first))
    withdraw(desk, first)
    assert waiting(desk) == {"a": "an"} and not desk.state.handed
    with refused("NOT_WITHDRAWABLE"):
        withdraw(desk, first)
    desk.do(cmd.CompleteTask(desk.task("a")))
    desk.do(cmd.CompleteTask(desk.task("b")))
    assert desk.state.status == "completed"


def test_not_once_the_next_task_was_opened_claimed_or_done_nor_by_others_nor_without_a_reason() -> None:
    desk = Desk(process(BORDER + FREE.format("a") + users("b", "c"), "s a b c e"))
    first = desk.task("a")
    desk.do(cmd.CompleteTask(first))
    assert desk.refuses(cmd.WithdrawTask(first, " ", (desk.task("b"),)), BINH) == [
        ("HANDED_ON_BY_ANOTHER", {"task": first}),
        ("ALREADY_OPENED", {"task": first}),
        ("REASON_REQUIRED", {"field": "ly_do"}),
    ]
    desk.do(cmd.ClaimTask(desk.task("b")), BINH)
    assert desk.refuses(cmd.WithdrawTask(first, "nhầm")) == [("NOT_WITHDRAWABLE", {"task": first})]


@pytest.mark.parametrize(
    ("after", "chain"),
    [
        ('<serviceTask id="x"/>', "s a x b e"),
        ('<sendTask id="x" messageRef="m"/>', "s a x b e"),
        ('<intermediateThrowEvent id="x"><signalEventDefinition signalRef="g"/></intermediateThrowEvent>', "s a x b e"),
        ('<endEvent id="x"/>', "s a x"),
    ],
)
def test_not_once_it_reached_something_outside(after: str, chain: str) -> None:
    named = '<message id="m" name="thư"/><signal id="g" name="chuông"/>'
    desk = Desk(named, process(BORDER + FREE.format("a") + users("b", "c") + after, chain, "s c e"))
    first = desk.task("a")
    desk.do(cmd.CompleteTask(first))
    assert desk.refuses(cmd.WithdrawTask(first, "nhầm"))[0][0] == "NOT_WITHDRAWABLE"


def test_only_where_the_process_allows_it() -> None:
    desk = Desk(process(BORDER + users("a", "b"), "s a b e"))
    first = desk.task("a")
    desk.do(cmd.CompleteTask(first))
    assert not desk.state.handed
    with refused("NOT_WITHDRAWABLE"):
        withdraw(desk, first)


def test_not_by_somebody_who_may_no_longer_do_the_step() -> None:
    step = '<userTask id="a" kehoach:withdraw="true" camunda:candidateGroups="van_thu@3"/>'
    desk = Desk(process(BORDER + step + users("b"), "s a b e"))
    first = desk.task("a")
    desk.do(cmd.CompleteTask(first))
    with refused("NOT_A_CANDIDATE"):
        withdraw(desk, first, Actor("an"))
    withdraw(desk, first)


def test_a_token_that_waits_at_a_join_is_taken_back_and_one_that_was_joined_is_put_back() -> None:
    steps = FREE.format("a") + FREE.format("b") + users("c")
    desk = Desk(process(BORDER + FORK + steps, "s p a j c e", "p b j"))
    first, second = desk.task("a"), desk.task("b")
    desk.do(cmd.CompleteTask(first))
    assert desk.state.held
    withdraw(desk, first)
    assert set(waiting(desk)) == {"a", "b"} and not desk.state.held
    desk.do(cmd.CompleteTask(desk.task("a")))
    desk.do(cmd.CompleteTask(second), BINH)
    assert set(waiting(desk)) == {"c"}
    withdraw(desk, second, BINH)
    assert waiting(desk) == {"b": "binh"} and desk.state.held == {"0": {"f0_a_j": 1}}
    desk.do(cmd.CompleteTask(desk.task("b")), BINH)
    desk.do(cmd.CompleteTask(desk.task("c")))
    assert desk.state.status == "completed"


def test_all_that_one_completion_opened_goes_back_with_it() -> None:
    multi = "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>"
    steps = FREE.format("a") + users("b") + f'<userTask id="c">{multi}</userTask>'
    desk = Desk(process(BORDER + FORK + steps, "s a p b j e", "p c j"))
    first = desk.task("a")
    desk.do(cmd.CompleteTask(first))
    assert len(desk.state.tasks) == 3
    withdraw(desk, first)
    assert waiting(desk) == {"a": "an"}
    desk.do(cmd.CompleteTask(desk.task("a")))
    desk.do(cmd.CompleteTask(desk.task("c")))
    assert desk.refuses(cmd.WithdrawTask(first, "nhầm"))[0][0] == "NOT_WITHDRAWABLE"


@given(st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=12), st.data())
def test_taking_back_leaves_what_was_before(order: list[str], data: st.DataObject) -> None:
    """A withdrawal gives the tokens that were there before the completion, whatever was done before that."""
    gates = nodes("parallelGateway", "p", "j")
    steps = "".join(FREE.format(name) for name in "abcd")
    desk = Desk(process(BORDER + gates + steps, "s p a c j d e", "p b j"))
    for name in order:
        task = next((task.id for task in desk.state.tasks.values() if task.element == name), None)
        if task is None:
            continue
        before = _tokens(desk)
        desk.do(cmd.CompleteTask(task))
        if task in desk.state.handed and data.draw(st.booleans()):
            withdraw(desk, task)
            assert _tokens(desk) == before


def _tokens(desk: Desk) -> tuple[list[str], object]:
    state = state_to_json(desk.state)
    return sorted(task["element"] for task in state.get("tasks", ())), state.get("held")
