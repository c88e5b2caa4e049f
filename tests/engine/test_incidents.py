"""Incidents: what breaks without a person to tell is kept and can be tried again (semantics.md G8, EE7)."""

from datetime import timedelta

import pytest

from workflows.engine import CLOCK, Context, State, decide
from workflows.engine import commands as cmd
from workflows.engine import events as ev

from .building import BORDER, process, reasons, refused, users
from .desk import NOW, WORKER, Desk

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


def test_incidents_go_with_what_they_are_about() -> None:
    desk = Desk(process(BORDER + JOB + users("b"), "s a e", "s b e"))
    desk.do(cmd.FailTask(desk.task("a"), "mạng", 0), WORKER)
    desk.do(cmd.CompleteTask(desk.task("a")), WORKER)
    assert not desk.state.incidents
    other = Desk(process(BORDER + JOB, "s a e"))
    other.do(cmd.FailTask(other.task("a"), "mạng", 0), WORKER)
    other.do(cmd.CancelCase("thôi"))
    assert not other.state.incidents and other.state.status == "cancelled"


TIMED = (
    '<userTask id="a"/><boundaryEvent id="b" attachedToRef="a" cancelActivity="false"><timerEventDefinition>'
    "<timeCycle>R3/PT1H</timeCycle></timerEventDefinition></boundaryEvent>"
)


def test_a_failure_is_told_with_its_place_and_its_message() -> None:
    job = '<serviceTask id="a" camunda:type="external" camunda:topic="t"/>'
    desk = Desk(
        process(BORDER + job + '<scriptTask id="tinh"><script>${khong_co + 1}</script></scriptTask>', "s a tinh e")
    )
    task = desk.task("a")
    (raised,) = desk.do(cmd.CompleteTask(task, {"x": 1}), WORKER)
    assert isinstance(raised, ev.IncidentRaised)
    assert (raised.code, raised.element) == ("EXPRESSION_ERROR", "tinh") and "khong_co" in raised.message
    assert raised.command == {"command": "CompleteTask", "task_id": task, "variables": {"x": 1}}
    assert desk.state.process_variables() == {}
    told = desk.do(cmd.ResolveIncident(raised.incident_id, "đã sửa tay"))
    assert told == (ev.IncidentResolved(raised.incident_id, "đã sửa tay"),)
    assert desk.refuses(cmd.ResolveIncident(raised.incident_id, "x")) == [
        ("NOT_WAITING", {"incident": raised.incident_id})
    ]


def test_a_failure_without_a_message_has_none() -> None:
    desk = Desk(process(BORDER + JOB + GATE, "s a g", "g [${v == 1}] x e", "g [${v == 2}] y e"), v=0)
    (raised,) = desk.do(cmd.CompleteTask(desk.task("a")), WORKER)
    assert isinstance(raised, ev.IncidentRaised) and raised.message == ""


def test_what_a_worker_says_is_kept() -> None:
    desk = Desk(process(BORDER + JOB, "s a e"))
    task = desk.task("a")
    assert desk.do(cmd.FailTask(task, "mạng", 2), WORKER) == (ev.TaskFailed(task, "a", "mạng", 2),)
    failed, raised = desk.do(cmd.FailTask(task, "hỏng hẳn", -1), WORKER)
    assert failed == ev.TaskFailed(task, "a", "hỏng hẳn", 0)
    assert isinstance(raised, ev.IncidentRaised)
    written = {"command": "FailTask", "task_id": task}
    assert raised == ev.IncidentRaised(raised.incident_id, "JOB_FAILED", "a", "hỏng hẳn", written)
    assert desk.do(cmd.RetryIncident(raised.incident_id)) == (
        ev.IncidentResolved(raised.incident_id, "retry"),
        ev.TaskFailed(task, "a", "", 1),
    )


def test_an_uncaught_error_cannot_be_tried_again_for_its_case_is_over() -> None:
    end = '<endEvent id="x"><errorEventDefinition errorRef="A"/></endEvent>'
    desk = Desk('<error id="A" errorCode="A"/>', process(BORDER + users("a") + end, "s a x"))
    desk.do(cmd.CompleteTask(desk.task("a")))
    ((key, incident),) = desk.state.incidents.items()
    assert (incident.code, incident.message, incident.command) == ("UNHANDLED_ERROR", "A", None)
    assert desk.refuses(cmd.RetryIncident(key)) == [("NOT_WAITING", {"status": "failed"})]


def test_a_repeating_timer_that_broke_goes_on_counting() -> None:
    text = process(BORDER + TIMED + GATE, "s a e", "b g", "g [${v == 1}] x e", "g [${v == 2}] y e")
    desk = Desk(text, v=0)
    (before,) = desk.state.timers.values()
    desk.now += timedelta(hours=1)
    disarmed, raised = desk.do(cmd.FireTimer(before.id), CLOCK)
    assert disarmed == ev.TimerDisarmed(before.id, "b", fired=True)
    assert isinstance(raised, ev.IncidentRaised) and raised.element == "g"
    desk.do(cmd.SetVariables({"v": 1}))
    resolved, armed, *_ = desk.do(cmd.RetryIncident(raised.incident_id))
    assert resolved == ev.IncidentResolved(raised.incident_id, "retry")
    assert isinstance(armed, ev.TimerArmed)
    rearmed = (armed.instance, armed.element, armed.due, armed.cycle, armed.anchor, armed.fired, armed.left)
    assert rearmed == (before.instance, "b", before.due, "R3/PT1H", NOW, 0, 3)
    (after,) = desk.state.timers.values()
    assert (after.due, after.fired, after.left) == (before.due + timedelta(hours=1), 1, 2)
    assert desk.task("x")


def test_the_clock_does_not_hide_what_is_not_a_failure() -> None:
    desk = Desk(process(BORDER + users("a"), "s a e"))
    assert desk.refuses(cmd.FireTimer("99"), CLOCK) == [("NOT_WAITING", {"timer": "99"})]
    bad = Desk(process(BORDER + GATE, "s g", "g [${v == 1}] x e", "g [${v == 2}] y e"), by=CLOCK, v=1)
    command = cmd.StartCase("d", "P", {"v": 0})
    assert reasons(lambda: decide(bad.definitions, State(), command, CLOCK, Context(NOW))) == [
        ("NO_OUTGOING_FLOW", {"element": "g"})
    ]


@pytest.mark.parametrize("moved", [False, True])
def test_a_message_that_broke_is_tried_again_while_somebody_waits_for_it(moved: bool) -> None:
    wait = '<intermediateCatchEvent id="w"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>'
    text = process(BORDER + wait + GATE, "s w g", "g [${v == 1}] x e", "g [${v == 2}] y e")
    desk = Desk('<message id="m" name="tin"/>', text, v=0)
    (subscription,) = desk.state.subscriptions
    (raised,) = desk.do(cmd.DeliverMessage(subscription, {"n": 1}), CLOCK)
    assert isinstance(raised, ev.IncidentRaised)
    assert raised.command == {"command": "DeliverMessage", "subscription_id": subscription, "variables": {"n": 1}}
    if moved:
        told = desk.do(cmd.MoveTokens(("w",), ("x",), "sửa"))
        assert ev.IncidentResolved(raised.incident_id, "sửa") in told
        return
    desk.do(cmd.MoveTokens((), ("y",), "thêm"))
    assert raised.incident_id in desk.state.incidents
    desk.do(cmd.SetVariables({"v": 1}))
    desk.do(cmd.RetryIncident(raised.incident_id))
    assert desk.task("x") and desk.state.process_variables()["n"] == 1


def test_incidents_of_a_cancelled_case_are_closed_with_it() -> None:
    wait = '<intermediateCatchEvent id="t"><timerEventDefinition><timeDuration>PT1H</timeDuration>'
    wait += "</timerEventDefinition></intermediateCatchEvent>"
    desk = Desk(process(BORDER + wait + GATE, "s t g", "g [${v == 1}] x e", "g [${v == 2}] y e"), v=0)
    desk.now += timedelta(hours=1)
    desk.do(cmd.FireTimer(next(iter(desk.state.timers))), CLOCK)
    (incident,) = desk.state.incidents
    assert ev.IncidentResolved(incident, "cancelled") in desk.do(cmd.CancelCase("thôi"))
    job = Desk(process(BORDER + JOB, "s a e"))
    job.do(cmd.FailTask(job.task("a"), "mạng", 0), WORKER)
    (incident,) = job.state.incidents
    assert ev.IncidentResolved(incident, "completed") in job.do(cmd.CompleteTask(job.task("a")), WORKER)
