"""Commands on their own: rights, claims, incidents, workers (DESIGN 7; semantics.md H10, EE7, G8)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from workflows.bpmn.read import read
from workflows.engine import CLOCK, Actor, Context, DefinitionSet, State, decide, replay, state_to_json
from workflows.engine import commands as cmd
from workflows.engine import events as ev
from workflows.errors import Refused

from .building import BORDER, file, process, users

NOW = datetime(2026, 1, 5, 1, tzinfo=UTC)
AN = Actor("an", groups=frozenset({"van_thu@3"}))
BINH = Actor("binh", groups=frozenset({"chu_tich@3"}))
WORKER = Actor(None, channel="worker", groups=frozenset({"*"}))


class Desk:
    """One case, driven command by command."""

    def __init__(self, *parts: str, by: Actor = AN, **variables: Any) -> None:
        self.definitions = DefinitionSet()
        self.definitions.add("d", read(file(*parts)))
        self.state = State()
        self.events: list[ev.Event] = []
        self.now = NOW
        self.do(cmd.StartCase("d", "P", variables), by)

    def do(self, command: cmd.Command, by: Actor = AN) -> tuple[ev.Event, ...]:
        decision = decide(self.definitions, self.state, command, by, Context(self.now))
        self.events += decision.events
        self.state = decision.state
        assert state_to_json(replay(self.events)) == state_to_json(self.state)
        return decision.events

    def task(self, element: str) -> str:
        return next(task.id for task in self.state.tasks.values() if task.element == element)


def refused(code: str) -> Any:
    return pytest.raises(Refused, match=rf"^{code}\b")


SIGN = (
    '<userTask id="ky" camunda:candidateGroups="chu_tich@3" kehoach:exclude="soan"/>'
    '<userTask id="soan" kehoach:escalation="-2:nguoi_giu +1:thu_truong"/>'
)


def test_only_candidates_may_act_and_exclusion_beats_every_grant() -> None:
    desk = Desk(process(BORDER + SIGN, "s soan ky e"))
    desk.do(cmd.CompleteTask(desk.task("soan")), BINH)
    with refused("EXCLUDED"):
        desk.do(cmd.CompleteTask(desk.task("ky")), BINH)
    with refused("NOT_A_CANDIDATE"):
        desk.do(cmd.CompleteTask(desk.task("ky")), AN)
    with refused("EXCLUDED"):
        desk.do(
            cmd.CompleteTask(desk.task("ky")), Actor("cuong", on_behalf_of="binh", groups=frozenset({"chu_tich@3"}))
        )
    desk.do(cmd.CompleteTask(desk.task("ky")), Actor("dung", groups=frozenset({"chu_tich@3"})))
    assert desk.state.status == "completed"


def test_escalation_levels_and_rounds_travel_with_the_task() -> None:
    desk = Desk(process(BORDER + SIGN, "s soan ky e"))
    opened = next(event for event in desk.events if isinstance(event, ev.TaskOpened))
    assert opened.escalation == ((-2, "nguoi_giu"), (1, "thu_truong")) and opened.round == 1


def test_claim_release_reassign() -> None:
    desk = Desk(process(BORDER + SIGN, "s ky e", "soan e"))
    task = desk.task("ky")
    desk.do(cmd.ClaimTask(task), BINH)
    with refused("HELD_BY_ANOTHER"):
        desk.do(cmd.CompleteTask(task), Actor("dung", groups=frozenset({"chu_tich@3"})))
    desk.do(cmd.ReleaseTask(task), BINH)
    with refused("NOT_CLAIMED"):
        desk.do(cmd.ReleaseTask(task), BINH)
    desk.do(cmd.ReassignTask(task, "dung"), AN)
    assert desk.state.tasks[task].assignee == "dung"
    desk.do(cmd.CompleteTask(task), Actor("dung"))


JOB = '<serviceTask id="a" camunda:type="external" camunda:topic="t"/>'


def test_a_failing_worker_is_retried_and_then_an_incident() -> None:
    desk = Desk(process(BORDER + JOB, "s a e"))
    task = desk.task("a")
    desk.do(cmd.FailTask(task, "mạng", 1), WORKER)
    assert desk.state.tasks[task].retries == 1 and not desk.state.incidents
    desk.do(cmd.FailTask(task, "mạng", 0), WORKER)
    (incident,) = desk.state.incidents
    desk.do(cmd.RetryIncident(incident))
    assert desk.state.tasks[task].retries == 1 and not desk.state.incidents
    desk.do(cmd.CompleteTask(task), WORKER)
    assert desk.state.status == "completed"


GATE = '<exclusiveGateway id="g"/>' + users("x", "y")


def test_what_a_worker_breaks_is_an_incident_that_can_be_retried() -> None:
    desk = Desk(process(BORDER + JOB + GATE, "s a g", "g [${v == 1}] x e", "g [${v == 2}] y e"), v=0)
    desk.do(cmd.CompleteTask(desk.task("a")), WORKER)
    ((key, incident),) = desk.state.incidents.items()
    assert (incident.code, incident.element) == ("NO_OUTGOING_FLOW", "g") and desk.task("a")
    with refused("NO_OUTGOING_FLOW"):
        desk.do(cmd.RetryIncident(key))
    desk.do(cmd.SetVariables({"v": 2}))
    desk.do(cmd.RetryIncident(key))
    assert desk.task("y") and not desk.state.incidents


def test_a_broken_timer_is_disarmed_and_fires_again_on_retry() -> None:
    timer = (
        '<intermediateCatchEvent id="t"><timerEventDefinition><timeDuration>PT1H</timeDuration>'
        "</timerEventDefinition></intermediateCatchEvent>"
    )
    desk = Desk(process(BORDER + timer + GATE, "s t g", "g [${v == 1}] x e", "g [${v == 2}] y e"), v=0)
    (armed,) = desk.state.timers
    with refused("NOT_DUE"):
        desk.do(cmd.FireTimer(armed), CLOCK)
    desk.now += timedelta(hours=2)
    desk.do(cmd.FireTimer(armed), CLOCK)
    (incident,) = desk.state.incidents
    assert not desk.state.timers
    desk.do(cmd.SetVariables({"v": 1}))
    desk.do(cmd.RetryIncident(incident))
    assert desk.task("x")


def test_resolving_an_incident_and_unknown_ones() -> None:
    desk = Desk(process(BORDER + JOB, "s a e"))
    desk.do(cmd.FailTask(desk.task("a"), "x", 0), WORKER)
    (incident,) = desk.state.incidents
    desk.do(cmd.ResolveIncident(incident, "đã sửa tay"))
    with refused("NOT_WAITING"):
        desk.do(cmd.ResolveIncident(incident, "lần nữa"))


@pytest.mark.parametrize("value", [object(), float("nan"), float("inf"), {1, 2}, b"x"])
def test_values_that_are_not_json_are_refused(value: object) -> None:
    desk = Desk(process(BORDER + users("a"), "s a e"))
    with refused("BAD_VARIABLE"):
        desk.do(cmd.CompleteTask(desk.task("a"), {"x": value}))


def test_incidents_go_with_what_they_are_about() -> None:
    desk = Desk(process(BORDER + JOB + users("b"), "s a e", "s b e"))
    desk.do(cmd.FailTask(desk.task("a"), "mạng", 0), WORKER)
    desk.do(cmd.CompleteTask(desk.task("a")), WORKER)
    assert not desk.state.incidents
    other = Desk(process(BORDER + JOB, "s a e"))
    other.do(cmd.FailTask(other.task("a"), "mạng", 0), WORKER)
    other.do(cmd.CancelCase("thôi"))
    assert not other.state.incidents and other.state.status == "cancelled"


def test_who_may_start() -> None:
    text = process(BORDER + users("a"), "s a e").replace(
        "<process ", '<process camunda:candidateStarterGroups="van_thu@3" '
    )
    Desk(text, by=AN)
    with refused("NOT_A_STARTER"):
        Desk(text, by=BINH)


def test_a_case_cannot_start_twice_and_ends_once() -> None:
    desk = Desk(process(BORDER + users("a"), "s a e"))
    with refused("NOT_WAITING"):
        desk.do(cmd.StartCase("d", "P"))
    desk.do(cmd.CancelCase("thôi"))
    with refused("NOT_WAITING"):
        desk.do(cmd.CancelCase("lần nữa"))


def test_a_refusal_leaves_the_state_alone() -> None:
    desk = Desk(process(BORDER + users("a") + GATE, "s a g", "g [${v == 1}] x e", "g [${v == 2}] y e"), v=0)
    before = state_to_json(desk.state)
    with refused("NO_OUTGOING_FLOW"):
        desk.do(cmd.CompleteTask(desk.task("a"), {"z": 1}))
    assert state_to_json(desk.state) == before


def test_a_state_does_not_grow_with_the_rounds_of_a_case() -> None:
    gate = '<exclusiveGateway id="g" default="f1_g_e"/>'
    desk = Desk(process(BORDER + users("soan") + gate, "s soan g [${tra}] soan", "g e"), tra=True)
    sizes = []
    for _ in range(200):
        decision = decide(
            desk.definitions, desk.state, cmd.CompleteTask(desk.task("soan"), {"tra": True}), AN, Context(NOW)
        )
        desk.state = decision.state
        sizes.append(len(str(state_to_json(desk.state))))
        assert len(decision.events) <= 8
    assert sizes[-1] - sizes[10] < 10 and desk.state.rounds == {"soan": 201}
