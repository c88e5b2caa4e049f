"""Events are applied to any state: nothing is refused, and the state that was given stays as it is (DESIGN 3)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from workflows.engine import State, evolve, replay, state_from_json, state_to_json
from workflows.engine import commands as cmd
from workflows.engine import events as ev
from workflows.engine.state import Task

from .building import BORDER, nodes, process, users
from .desk import NOW, Desk


def test_a_state_that_is_given_is_left_alone() -> None:
    before = replay([ev.CaseStarted("d", "P")])
    after = evolve(before, ev.CaseSuspended("chờ"))
    assert (before.suspended, after.suspended) == (False, True)
    assert evolve(after, ev.CaseResumed()) == before


def test_histories_of_older_versions_may_name_what_is_gone() -> None:
    state = replay([ev.CaseStarted("d", "P")])
    for event in (
        ev.TimerDisarmed("99", "t"),
        ev.SubscriptionClosed("99", "w"),
        ev.ConditionDropped("99", "c"),
        ev.IncidentResolved("99"),
        ev.NodePassed("moc", "0", "task"),
    ):
        assert evolve(state, event) == state
    assert replay([ev.CaseEnded("completed")]).status == "completed"


def test_tokens_that_wait_at_a_join_are_counted_by_flow() -> None:
    body = BORDER + nodes("parallelGateway", "g", "j") + nodes("exclusiveGateway", "m") + users("a", "b", "c", "z")
    desk = Desk(process(body, "s g", "g a m", "g b m", "m j", "g c j", "j z e"))
    for task in ("a", "b"):
        desk.do(cmd.CompleteTask(desk.task(task)))
    assert desk.state.held == {"0": {"f3_m_j": 2}}
    assert evolve(desk.state, ev.TokenHeld("0", "j", "f3_m_j")).held == {"0": {"f3_m_j": 3}}
    assert evolve(desk.state, ev.TokensTaken("0", "j", ("f3_m_j",))).held == {"0": {"f3_m_j": 1}}
    assert evolve(desk.state, ev.TokensTaken("0", "j", ("f3_m_j", "f3_m_j"))).held == {}
    desk.do(cmd.CompleteTask(desk.task("c")))
    assert desk.state.held == {"0": {"f3_m_j": 1}}


def opened(remembered: bool = True) -> State:
    return replay([ev.CaseStarted("d", "P"), ev.TaskOpened("1", "soan", remembered=remembered, retries=2)])


@pytest.mark.parametrize(
    ("remembered", "closed", "performed"),
    [
        (True, ev.TaskClosed("1", "soan", "completed", "an"), {"soan": ["an"]}),
        (True, ev.TaskClosed("1", "soan", "completed", None), {}),
        (True, ev.TaskClosed("1", "soan", "failed", "an"), {}),
        (True, ev.TaskClosed("1", "soan", "cancelled", None), {}),
        (False, ev.TaskClosed("1", "soan", "completed", "an"), {}),
    ],
)
def test_only_who_completed_a_remembered_step_is_remembered(
    remembered: bool, closed: ev.TaskClosed, performed: dict[str, list[str]]
) -> None:
    assert evolve(opened(remembered), closed).performed == performed


def test_everybody_who_completed_a_step_is_remembered_once() -> None:
    state = opened()
    for person in ("an", "binh", "an"):
        state = evolve(
            evolve(state, ev.TaskOpened("1", "soan", remembered=True)), ev.TaskClosed("1", "soan", "completed", person)
        )
    assert state.performed == {"soan": ["an", "binh"]}


def test_a_task_keeps_what_its_opening_said_until_it_is_revised() -> None:
    assert opened().tasks["1"] == Task("1", "soan", remembered=True, retries=2)
    revised = ev.TaskRevised("1", "soan", candidate_groups=("g",), candidate_users=("u",), excluded=("x",))
    assert evolve(opened(), revised).tasks["1"] == Task("1", "soan", "user", None, ("g",), ("u",), ("x",), False, 2)


def test_what_a_rule_noted_before_stays() -> None:
    noted = evolve(replay([ev.CaseStarted("d", "P"), ev.InstanceNoted("0", {"a": 1})]), ev.InstanceNoted("0", {"b": 2}))
    assert noted.facts == {"0": {"a": 1, "b": 2}}
    assert evolve(noted, ev.ScopeInterrupted("0", "h")).facts == {"0": {"a": 1, "b": 2, "interrupted": "h"}}


def test_the_ids_that_are_given_out_never_come_again() -> None:
    state = replay([ev.CaseStarted("d", "P"), ev.NodeEntered("4", "x", "0")])
    assert evolve(state, ev.CompensationKept("0", {"id": "3", "element": "x"})).counter == 4
    assert evolve(state, ev.CompensationKept("0", {"id": "7", "element": "x"})).counter == 7


def test_a_state_is_the_same_after_a_round_through_json() -> None:
    desk = Desk(process(BORDER + users("a"), "s a e"), x=1)
    desk.do(cmd.SuspendCase("chờ"))
    again = state_from_json(state_to_json(desk.state))
    assert again == desk.state and again.children == desk.state.children and again.suspended
    assert desk.state != State() and desk.state != "x"
    with pytest.raises(TypeError, match=r"^a state changes$"):
        hash(desk.state)


def test_instants_of_a_timer_survive_json_with_their_zone() -> None:
    timer = ev.TimerArmed("1", "0", "t", NOW + timedelta(hours=1), "R/PT1H", NOW, 0, None)
    state = replay([ev.CaseStarted("d", "P"), timer])
    assert state_from_json(state_to_json(state)).timers == state.timers
    assert state.timers["1"].left is None
