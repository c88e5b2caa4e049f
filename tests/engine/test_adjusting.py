"""Adjusting what waits: other dates, one more and one fewer instance of a round; counters follow from what is there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.engine import State
from workflows.engine import commands as cmd
from workflows.engine import events as ev

from .building import BORDER, process, users
from .desk import NOW, Desk

ROUND = (
    '<userTask id="a"><multiInstanceLoopCharacteristics camunda:collection="${ds}" camunda:elementVariable="pt">'
    "<completionCondition>${du}</completionCondition></multiInstanceLoopCharacteristics></userTask>"
    '<boundaryEvent id="het" attachedToRef="a"><timerEventDefinition><timeDate>${han}</timeDate>'
    "</timerEventDefinition></boundaryEvent>"
)
LATER = NOW + timedelta(days=9)


def desk(*asked: str) -> Desk:
    return Desk(
        process(BORDER + ROUND + users("z"), "s a z e", "het e"),
        ds=list(asked),
        du=False,
        han=(NOW + timedelta(days=5)).isoformat(),
    )


def asked(state: State) -> list[str]:
    return [state.variables[task.id]["pt"] for task in state.tasks.values() if task.element == "a"]


def test_dates_move_together_and_nothing_else() -> None:
    case = desk("x", "y")
    first, second = case.state.tasks
    (timer,) = case.state.timers
    happened = case.do(cmd.Reschedule({first: LATER}, {timer: LATER}, "xin lùi", {"han": LATER.isoformat()}))
    assert [type(event) for event in happened] == [ev.TaskRescheduled, ev.TimerRescheduled, ev.VariablesSet]
    assert case.state.timers[timer].due == LATER
    assert case.state.process_variables()["han"] == LATER.isoformat()
    assert set(case.state.tasks) == {first, second}


@pytest.mark.parametrize(
    ("tasks", "timers", "code"),
    [
        ({"999": LATER}, {}, "NOT_WAITING"),
        ({}, {"999": LATER}, "NOT_WAITING"),
        ({"999": LATER.replace(tzinfo=None)}, {}, "BAD_DATE"),
    ],
)
def test_what_is_not_there_does_not_move(tasks: dict[str, object], timers: dict[str, object], code: str) -> None:
    found = desk("x").refuses(cmd.Reschedule(tasks, timers, "lý do"))  # type: ignore[arg-type]
    assert code in [each for each, _ in found]


def test_a_repeating_timer_keeps_its_rhythm() -> None:
    cycle = (
        '<userTask id="a"/><boundaryEvent id="nhac" attachedToRef="a" cancelActivity="false"><timerEventDefinition>'
        "<timeCycle>R3/P1D</timeCycle></timerEventDefinition></boundaryEvent>"
    )
    case = Desk(process(BORDER + cycle, "s a e", "nhac e"))
    (timer,) = case.state.timers
    assert case.refuses(cmd.Reschedule({}, {timer: LATER}, "lý do")) == [("NOT_MOVABLE", {"timer": timer})]


def test_one_more_is_asked_and_counts() -> None:
    case = desk("x")
    case.do(cmd.AddInstance("a", "y", "cần thêm"))
    assert asked(case.state) == ["x", "y"]
    for task in list(case.state.tasks):
        case.do(cmd.CompleteTask(task))
    assert [task.element for task in case.state.tasks.values()] == ["z"]


def test_one_fewer_is_asked_and_the_rest_may_be_enough() -> None:
    case = desk("x", "y", "t")
    first, second, third = case.state.tasks
    case.do(cmd.CompleteTask(first))
    case.do(cmd.DropInstance(second, "hỏi nhầm"))
    assert asked(case.state) == ["t"]
    case.do(cmd.DropInstance(third, "đã giải thể", {"du": True}))
    assert [task.element for task in case.state.tasks.values()] == ["z"]


def test_only_a_parallel_round_grows_or_shrinks() -> None:
    case = desk("x")
    assert case.refuses(cmd.AddInstance("z", "y", "r"))[0][0] == "NOT_OPEN"
    case.do(cmd.CompleteTask(case.task("a")))
    assert case.refuses(cmd.DropInstance(case.task("z"), "r"))[0][0] == "NOT_OPEN"
    assert case.refuses(cmd.DropInstance("999", "r"))[0][0] == "NOT_WAITING"


STEPS = st.lists(st.tuples(st.sampled_from(["add", "drop", "done"]), st.integers(0, 9)), max_size=12)


@given(STEPS)
def test_the_counters_are_those_of_the_instances_that_are_there(steps: list[tuple[str, int]]) -> None:
    """Whatever is added, dropped and done in whatever order: total = done + open, and the round ends with the last."""
    case, done = desk("x", "y"), 0
    for deed, nth in steps:
        tasks = [task.id for task in case.state.tasks.values() if task.element == "a"]
        if not tasks:
            break
        if deed == "add":
            case.do(cmd.AddInstance("a", f"m{nth}", "r"))
        elif deed == "drop":
            case.do(cmd.DropInstance(tasks[nth % len(tasks)], "r"))
        else:
            case.do(cmd.CompleteTask(tasks[nth % len(tasks)]))
            done += 1
        waiting = asked(case.state)
        bodies = [place.id for place in case.state.instances.values() if place.role == "body"]
        assert bool(bodies) == bool(waiting)
        if bodies:
            counted = case.state.variables[bodies[0]]
            assert counted["nrOfCompletedInstances"] == done
            assert counted["nrOfActiveInstances"] == len(waiting)
            assert counted["nrOfInstances"] == done + len(waiting)
    if not asked(case.state):
        assert [task.element for task in case.state.tasks.values()] == ["z"]
