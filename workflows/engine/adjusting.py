"""What may be adjusted while it waits: dates of work items and timers, one more or one fewer instance of a round.

Who may adjust is the caller's to judge, as with a reassignment; that it can be done is judged here.
"""

from __future__ import annotations

from workflows.bpmn.expressions import as_json
from workflows.errors import Reason, Refused

from . import commands as cmd
from .events import InstanceAdded, InstanceDropped, TaskRescheduled, TimerRescheduled
from .program import Step
from .rules.activity import Activity
from .rules.multi_instance import MultiInstance
from .run import Run
from .state import ROOT, Instance


def reschedule(run: Run, command: cmd.Reschedule) -> None:
    """Move dates; a repeating timer keeps its own rhythm and is refused (NOT_MOVABLE), so is one that is no more."""
    state = run.state
    reasons = [Reason("NOT_WAITING", {"task": key}) for key in command.tasks if key not in state.tasks]
    for key in command.timers:
        timer = state.timers.get(key)
        if timer is None:
            reasons.append(Reason("NOT_WAITING", {"timer": key}))
        elif timer.cycle is not None:
            reasons.append(Reason("NOT_MOVABLE", {"timer": key}))
    naive = [at.isoformat() for at in (*command.tasks.values(), *command.timers.values()) if at.tzinfo is None]
    reasons += [Reason("BAD_DATE", {"field": "han_moi", "value": at}) for at in naive]
    if reasons:
        raise Refused.because(reasons)
    for key, due in command.tasks.items():
        run.emit(TaskRescheduled(key, state.tasks[key].element, due, command.reason, command.days.get(key)))
    for key, due in command.timers.items():
        run.emit(TimerRescheduled(key, state.timers[key].element, due, command.reason))
    if command.variables:
        run.write(ROOT, command.variables)


def add_instance(run: Run, command: cmd.AddInstance) -> None:
    """Ask one more; NOT_OPEN unless exactly one parallel round over a collection is open at this element."""
    bodies = [place for place in run.state.instances.values() if place.role == "body"]
    found = [place for place in bodies if place.element == command.element and _is_round(run, place)]
    if len(found) != 1:
        raise Refused("NOT_OPEN", element=command.element)
    body, step = found[0], run.step(found[0])
    item = as_json(command.item)
    run.emit(InstanceAdded(body.id, step.id, item, command.reason))
    rounds, activity = _rounds(run, step)
    rounds.add(run, activity, body, step, item)


def drop_instance(run: Run, command: cmd.DropInstance) -> None:
    """Ask one fewer; NOT_WAITING for a work item that is not open, NOT_OPEN for one outside a parallel round."""
    task = run.state.tasks.get(command.task_id)
    if task is None:
        raise Refused("NOT_WAITING", task=command.task_id)
    place = run.state.instances[command.task_id]
    body = run.state.instances.get(place.parent or "")
    if body is None or not _is_round(run, body):
        raise Refused("NOT_OPEN", element=task.element)
    step = run.step(body)
    run.emit(InstanceDropped(body.id, step.id, task.id, command.reason))
    if command.variables:
        run.write(ROOT, command.variables)
    rounds, activity = _rounds(run, step)
    rounds.drop(run, activity, body, step, place)


def _is_round(run: Run, body: Instance) -> bool:
    """Whether the instance holds a parallel multi-instance over a collection, the only one that can grow."""
    multi = run.step(body).node.multi
    items = run.state.facts.get(body.id, {}).get("items")
    return body.role == "body" and multi is not None and not multi.sequential and items is not None


def _rounds(run: Run, step: Step) -> tuple[MultiInstance, Activity]:
    activity = run.rules[step.kind]
    assert isinstance(activity, Activity), "only activities repeat"
    rounds = activity.rounds(step)
    assert isinstance(rounds, MultiInstance), "a multi-instance was found open"
    return rounds, activity
