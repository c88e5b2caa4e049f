"""Thu hồi: whoever completed a task takes it back, until somebody has opened what came of it. The exact inverse of the
completion: nothing but its own tokens moves."""

from __future__ import annotations

from workflows.errors import Reason, Refused

from . import commands as cmd
from . import events as ev
from .program import Step
from .rights import may_act
from .rules.listeners import LISTENER
from .run import Run
from .state import Instance, Task

# What reached somebody or something outside, or ended what others had open, cannot be taken back.
IRREVOCABLE = (
    ev.CaseEnded,
    ev.CompensationKept,
    ev.CompensationTaken,
    ev.ErrorThrown,
    ev.EscalationThrown,
    ev.MessageThrown,
    ev.ScopeInterrupted,
    ev.SignalThrown,
    ev.TaskClosed,
)


def may_hand_on(run: Run, place: Instance, step: Step) -> bool:
    """Whether the process lets whoever does this step take it back; a round of a vote is not taken back."""
    human = step.node.human
    if human is None or not human.rights.withdraw or place.role == LISTENER or run.by.person is None:
        return False
    return place.parent is not None and run.state.instances[place.parent].role != "body"


def note_handing_on(run: Run, task: Task, scope: str) -> None:
    """After all tokens have come to rest: keep what the completion led to, if all of it can be undone."""
    at = next(at for at, each in enumerate(run.events) if isinstance(each, ev.TaskClosed) and each.task_id == task.id)
    after = run.events[at + 1 :]
    jobs = any(isinstance(event, ev.TaskOpened) and event.kind != "user" for event in after)
    if jobs or any(isinstance(event, IRREVOCABLE) for event in after) or scope not in run.state.instances:
        return
    opened = [event.task_id for event in after if isinstance(event, ev.TaskOpened)]
    places = [event.instance for event in after if isinstance(event, ev.NodeEntered) and event.parent == scope]
    held, joined = _at_joins(after, scope)
    state = run.state
    if not (opened or places or held) or not all(place in state.instances for place in places):
        return
    persons = tuple(person for person in (run.by.person, run.by.on_behalf_of) if person is not None)
    run.emit(
        ev.StepHandedOn(task.id, task.element, scope, persons, tuple(opened), tuple(places), tuple(held), tuple(joined))
    )


def withdraw_task(run: Run, command: cmd.WithdrawTask) -> None:
    """Take a completed task back into one's own hands.

    Refused: NOT_WITHDRAWABLE (the process does not allow it, or what follows has begun), ALREADY_OPENED,
    HANDED_ON_BY_ANOTHER, REASON_REQUIRED, and the reasons of `may_act` for whoever lost the post meanwhile.
    """
    handed = run.state.handed.get(command.task_id)
    if handed is None:
        raise Refused("NOT_WITHDRAWABLE", task=command.task_id)
    reasons: list[Reason] = []
    if run.by.person not in handed["persons"]:
        reasons.append(Reason("HANDED_ON_BY_ANOTHER", {"task": command.task_id}))
    if set(handed["tasks"]) & set(command.opened):
        reasons.append(Reason("ALREADY_OPENED", {"task": command.task_id}))
    if not command.reason.strip():
        reasons.append(Reason("REASON_REQUIRED", {"field": "ly_do"}))
    if reasons:
        raise Refused.because(reasons)
    element, scope = handed["element"], handed["scope"]
    run.emit(ev.StepWithdrawn(command.task_id, element, scope, command.reason.strip()))
    chart = run.step(run.state.instances[scope]).inside
    assert chart is not None, "a task is in a scope"
    for place in handed["places"]:
        run.cancel(run.state.instances[place])
    for flow in handed["held"]:
        run.emit(ev.TokensTaken(scope, chart.targets[flow], (flow,), cancelled=True))
    for flow in handed["joined"]:
        run.emit(ev.TokenHeld(scope, chart.targets[flow], flow))
    run.move(chart.steps[element], scope)
    run.settle()
    _take_into_hands(run, element, scope)


def _take_into_hands(run: Run, element: str, scope: str) -> None:
    """The step is open again; whoever took it back holds it, if they still may."""
    place = next(
        place for place in reversed(run.state.instances.values()) if place.element == element and place.parent == scope
    )
    task = run.state.tasks.get(place.id)
    if task is None:
        return  # a listener comes first
    reasons = may_act(task, run.by)
    if reasons:
        raise Refused.because(reasons)
    if task.assignee is None:
        run.emit(ev.TaskAssigned(task.id, element, run.by.person, "claimed"))


def _at_joins(events: list[ev.Event], scope: str) -> tuple[list[str], list[str]]:
    """The tokens that wait at joins of the scope because of these events, and those of others joined with them."""
    held: list[str] = []
    joined: list[str] = []
    for event in events:
        if isinstance(event, ev.TokenHeld) and event.parent == scope:
            held.append(event.flow)
        elif isinstance(event, ev.TokensTaken) and event.parent == scope:
            for flow in event.flows:
                if flow in held:
                    held.remove(flow)
                else:
                    joined.append(flow)
    return held, joined
