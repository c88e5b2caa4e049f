"""Commands on their own, whatever the element (DESIGN 3; semantics.md D1, G8, H7, L6)."""

from datetime import timedelta
from typing import Any

import pytest

from workflows.bpmn.read import read
from workflows.engine import CLOCK, Context, DefinitionSet, State, decide, state_to_json
from workflows.engine import commands as cmd
from workflows.engine import events as ev

from .building import BORDER, Play, file, process, reasons, refused, users
from .desk import AN, BINH, NOW, WORKER, Desk
from .elements import catch, duration

GATE = '<exclusiveGateway id="g"/>' + users("x", "y")


@pytest.mark.parametrize("value", [object(), float("nan"), float("inf"), {1, 2}, b"x"])
def test_values_that_are_not_json_are_refused(value: object) -> None:
    desk = Desk(process(BORDER + users("a"), "s a e"))
    with refused("BAD_VARIABLE"):
        desk.do(cmd.CompleteTask(desk.task("a"), {"x": value}))


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


def test_cancel_and_restart() -> None:
    play = Play(process(BORDER + users("a") + catch("t", "timer", duration("P1D")), "s a e", "s t e"))
    play.adapter.restart(play.clock)
    play.adapter.cancel(play.case)
    assert play.state == "cancelled" and play.waiting == [] and play.look()["timers"] == []
    with refused("NOT_WAITING"):
        play.done("a")


TWO_STARTS = (
    '<startEvent id="s" camunda:initiator="ai"/><startEvent id="s2" camunda:initiator="ai_2">'
    '<messageEventDefinition messageRef="m"/></startEvent><endEvent id="e"/>'
    '<dataObject id="d" name="han"><extensionElements><flowable:value>5</flowable:value></extensionElements>'
    "</dataObject>"
)


def test_a_case_starts_with_its_data_and_remembers_who_started_it() -> None:
    desk = Desk('<message id="m" name="tin"/>', process(TWO_STARTS + users("a", "b"), "s a e", "s2 b e"), x=1)
    assert desk.events[0] == ev.CaseStarted("d", "P", {"han": 5, "x": 1, "ai": "an"}, None, "an")
    other = decide(desk.definitions, State(), cmd.StartCase("d", "P", {"han": 6}, "K", "s2"), CLOCK, Context(NOW))
    assert other.events[0] == ev.CaseStarted("d", "P", {"han": 6, "ai_2": None}, "K", None)
    assert [task.element for task in other.state.tasks.values()] == ["b"]
    assert (other.state.status, other.state.business_key) == ("active", "K")


def test_only_what_is_there_can_be_started() -> None:
    text = (
        '<message id="m" name="tin"/>',
        process(TWO_STARTS.replace('<startEvent id="s" camunda:initiator="ai"/>', "") + users("b"), "s2 b e"),
    )
    definitions = DefinitionSet()
    definitions.add("d", read(file(*text)))

    def why(process: str, start: str | None = None) -> list[tuple[str, dict[str, Any]]]:
        command = cmd.StartCase("d", process, start=start)
        return reasons(lambda: decide(definitions, State(), command, CLOCK, Context(NOW)))

    assert why("Q") == [("NOT_FOUND", {"what": "process", "process": "Q"})]
    assert why("P") == [("NO_START", {"process": "P"})]
    assert why("P", "khong") == [("NOT_FOUND", {"what": "start", "start": "khong"})]
    assert why("P", "b") == [("NOT_FOUND", {"what": "start", "start": "b"})]


def test_what_is_not_open_is_not_waiting() -> None:
    desk = Desk(process(BORDER + users("a"), "s a e"))
    assert desk.refuses(cmd.CompleteTask("99")) == [("NOT_WAITING", {"task": "99"})]
    assert desk.refuses(cmd.ThrowTaskError("99", "A")) == [("NOT_WAITING", {"task": "99"})]
    assert desk.refuses(cmd.FailTask("99", "mạng")) == [("NOT_WAITING", {"task": "99"})]
    assert desk.refuses(cmd.ReassignTask("99", "binh")) == [("NOT_WAITING", {"task": "99"})]
    assert desk.refuses(cmd.ReleaseTask("99")) == [("NOT_WAITING", {"task": "99"})]
    assert desk.refuses(cmd.FireTimer("99")) == [("NOT_WAITING", {"timer": "99"})]
    assert desk.refuses(cmd.DeliverMessage("99")) == [("NOT_WAITING", {"subscription": "99"})]
    assert desk.refuses(cmd.DeliverSignal("99")) == [("NOT_WAITING", {"subscription": "99"})]
    assert desk.refuses(cmd.RetryIncident("99")) == [("NOT_WAITING", {"incident": "99"})]
    assert desk.refuses(cmd.ResolveIncident("99", "xong")) == [("NOT_WAITING", {"incident": "99"})]
    assert desk.refuses(cmd.ActivateElements("a", ("a",))) == [("NOT_ENABLED", {"element": "a"})]
    assert desk.refuses(cmd.FinishAdhoc("khong")) == [("NOT_ENABLED", {"element": "khong"})]
    assert desk.refuses(cmd.ResumeCase()) == [("NOT_SUSPENDED", {})]
    assert desk.refuses(cmd.StartCase("d", "P")) == [("NOT_WAITING", {"status": "active"})]
    desk.do(cmd.CompleteTask(desk.task("a")))
    assert desk.refuses(cmd.SetVariables({"x": 1})) == [("NOT_WAITING", {"status": "completed"})]
    assert desk.refuses(cmd.StartCase("d", "P")) == [("NOT_WAITING", {"status": "completed"})]


def test_a_case_that_was_never_started_takes_nothing_but_a_start() -> None:
    command = cmd.SetVariables({"x": 1})
    assert reasons(lambda: decide(DefinitionSet(), State(), command, AN, Context(NOW))) == [
        ("NOT_WAITING", {"status": "new"})
    ]


def test_a_timer_fires_at_its_instant_and_not_before() -> None:
    desk = Desk(process(BORDER + catch("t", "timer", duration("PT1H")), "s t e"))
    (timer,) = desk.state.timers
    due = NOW + timedelta(hours=1)
    assert desk.refuses(cmd.FireTimer(timer), CLOCK) == [("NOT_DUE", {"timer": timer, "due": due.isoformat()})]
    desk.now = due
    desk.do(cmd.FireTimer(timer), CLOCK)
    assert desk.state.status == "completed"


def test_variables_from_outside_are_those_of_the_process() -> None:
    desk = Desk(process(BORDER + users("a"), "s a e"), x=1)
    assert desk.do(cmd.SetVariables({"x": 2, "y": [1, {"z": None}]})) == (
        ev.VariablesSet("0", {"x": 2, "y": [1, {"z": None}]}),
    )
    assert desk.state.process_variables() == {"x": 2, "y": [1, {"z": None}]}
    assert desk.do(cmd.SetVariables({})) == ()


def test_names_that_are_no_text_and_values_that_are_not_json_are_named() -> None:
    desk = Desk(process(BORDER + users("a"), "s a e"))
    bad_names: Any = {"x": 1, 2: 3, None: 4}
    assert desk.refuses(cmd.SetVariables(bad_names)) == [("BAD_VARIABLE", {"names": ["2", "None"]})]
    assert desk.refuses(cmd.SetVariables({"x": 1, "y": float("nan")})) == [("BAD_VARIABLE", {"name": "y"})]
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    assert desk.refuses(cmd.CompleteTask(desk.task("a"), {"sau": deep})) == [("BAD_VARIABLE", {"name": "sau"})]


def test_cancelling_closes_everything_and_says_why() -> None:
    text = process(BORDER + users("a") + catch("t", "timer", duration("PT1H")), "s a e", "s t e")
    desk = Desk(text, x=1)
    task, (timer,) = desk.task("a"), desk.state.timers
    told = desk.do(cmd.CancelCase("trùng"))
    assert told[-1] == ev.CaseEnded("cancelled", "trùng")
    assert ev.TaskClosed(task, "a", "cancelled", None, "user") in told
    assert ev.TimerDisarmed(timer, "t", fired=False) in told
    assert [event.how for event in told if isinstance(event, ev.NodeLeft)] == ["cancelled", "cancelled"]
    state = state_to_json(desk.state)
    kept = {"variables": {"0": {"x": 1}}, "homes": {"0": ["d", "P"]}, "rounds": {"a": 1}, "order": {"a": 1}}
    assert state == {"status": "cancelled", "counter": 3, **kept}


def test_a_suspended_case_is_resumed_before_it_is_cancelled() -> None:
    desk = Desk(process(BORDER + users("a"), "s a e"))
    assert desk.do(cmd.SuspendCase("chờ")) == (ev.CaseSuspended("chờ"),)
    assert desk.refuses(cmd.CompleteTask(desk.task("a"))) == [("CASE_SUSPENDED", {})]
    told = desk.do(cmd.CancelCase("thôi"))
    assert told[0] == ev.CaseResumed()


def test_the_flows_that_tokens_went_over_are_told_to_those_who_watch() -> None:
    called = process('<startEvent id="cs"/><endEvent id="ce"/>', "cs ce", key="C", prefix="c")
    text = process(BORDER + users("a") + '<callActivity id="goi" calledElement="C"/>', "s a goi e")
    desk = Desk(called, text)
    told = desk.do(cmd.CompleteTask(desk.task("a")))
    assert told[-1] == ev.FlowsTaken({"P": {"f0_a_goi": 1, "f0_goi_e": 1}, "C": {"c0_cs_ce": 1}})


def test_a_worker_reports_an_error_with_its_message_and_data() -> None:
    job = '<serviceTask id="a" camunda:type="external" camunda:topic="t"/>'
    caught = (
        '<boundaryEvent id="b" attachedToRef="a"><errorEventDefinition errorRef="A" '
        'camunda:errorMessageVariable="loi"/></boundaryEvent>'
    )
    desk = Desk('<error id="A" errorCode="A"/>', process(BORDER + job + caught + users("x"), "s a e", "b x e"))
    task = desk.task("a")
    told = desk.do(cmd.ThrowTaskError(task, "A", "hết hạn", {"so": 1}), WORKER)
    assert told[:2] == (ev.TaskClosed(task, "a", "failed", None, "job"), ev.ErrorThrown("a", "A", "b", "hết hạn"))
    assert desk.state.process_variables() == {"so": 1, "loi": "hết hạn"}


def test_errors_are_reported_by_those_who_may_act() -> None:
    desk = Desk(process(BORDER + '<userTask id="a" camunda:assignee="an"/>', "s a e"))
    assert desk.refuses(cmd.ThrowTaskError(desk.task("a"), "A"), BINH) == [("HELD_BY_ANOTHER", {"holder": "an"})]
