"""Incidents: a failure that no person caused is rolled back and kept with what it takes to try again (G8, EE7)."""

from __future__ import annotations

from typing import Any

from workflows.errors import Refused

from . import commands as cmd
from .events import IncidentRaised, IncidentResolved, TaskFailed, TimerArmed, TimerDisarmed
from .records import from_fields, to_fields
from .run import Run
from .state import Timer

RETRIABLE: dict[str, type[Any]] = {
    kind.__name__: kind for kind in (cmd.CompleteTask, cmd.ThrowTaskError, cmd.DeliverMessage, cmd.DeliverSignal)
}
JOB_FAILED = "JOB_FAILED"


def record_failure(run: Run, command: cmd.Command, refused: Refused) -> None:
    """Keep a failed command as an incident; a timer that failed is disarmed so that it does not fail again and
    again."""
    written: dict[str, Any] = {"command": type(command).__name__, **to_fields(command)}
    if isinstance(command, cmd.FireTimer) and command.timer_id in run.state.timers:
        timer = run.state.timers[command.timer_id]
        run.emit(TimerDisarmed(timer.id, timer.element, fired=True))
        written["timer"] = to_fields(timer)
    element = refused.facts.get("element")
    message = str(refused.facts.get("message", ""))
    run.emit(IncidentRaised(run.new_id(), refused.code, element, message, written))


def fail_task(run: Run, command: cmd.FailTask) -> None:
    """A worker failed: another try while it has retries left, else an incident; the job stays open either way."""
    task = run.state.tasks.get(command.task_id)
    if task is None:
        raise Refused("NOT_WAITING", task=command.task_id)
    left = max(command.retries_left, 0)
    run.emit(TaskFailed(task.id, task.element, command.message, left))
    if left == 0:
        written = {"command": "FailTask", "task_id": task.id}
        run.emit(IncidentRaised(run.new_id(), JOB_FAILED, task.element, command.message, written))


def retry(run: Run, command: cmd.RetryIncident, carry_out: Any) -> None:  # noqa: ANN401 - the dispatcher of commands
    """Try again what the incident stopped; if it fails again, the caller is told and the incident stays."""
    incident = run.state.incidents.get(command.incident_id)
    if incident is None:
        raise Refused("NOT_WAITING", incident=command.incident_id)
    if incident.command is None:
        raise Refused("NOT_RETRIABLE", incident=command.incident_id)
    run.emit(IncidentResolved(incident.id, "retry"))
    written = dict(incident.command)
    name = written.pop("command")
    if name == "FireTimer":
        _fire_again(run, written, carry_out)
    elif name == "FailTask":
        task = run.state.tasks.get(written["task_id"])
        if task is not None:
            run.emit(TaskFailed(task.id, task.element, "", 1))
    else:
        carry_out(run, from_fields(RETRIABLE[name], written))


def resolve(run: Run, command: cmd.ResolveIncident) -> None:
    """Close the incident without trying again."""
    if command.incident_id not in run.state.incidents:
        raise Refused("NOT_WAITING", incident=command.incident_id)
    run.emit(IncidentResolved(command.incident_id, command.reason))


def drop_orphans(run: Run, reason: str) -> None:
    """Close the incidents whose second try has nobody left to go on with."""
    for incident in list(run.state.incidents.values()):
        stopped = incident.command or {}
        timer, subscription = stopped.get("timer"), stopped.get("subscription_id")
        if (timer is not None and timer["instance"] not in run.state.instances) or (
            subscription is not None and subscription not in run.state.subscriptions
        ):
            run.emit(IncidentResolved(incident.id, reason))


def _fire_again(run: Run, written: dict[str, Any], carry_out: Any) -> None:  # noqa: ANN401 - the dispatcher of commands
    timer: Timer = from_fields(Timer, written["timer"])
    if timer.instance not in run.state.instances:
        return
    timer_id = run.new_id()
    run.emit(
        TimerArmed(
            timer_id, timer.instance, timer.element, timer.due, timer.cycle, timer.anchor, timer.fired, timer.left
        )
    )
    carry_out(run, cmd.FireTimer(timer_id))
