"""Applies events to a state: total, never refuses, never asks the time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from . import events as ev
from .handing_on import goes_on
from .rewriting import rewrite
from .state import DRAFTERS, ROOT, Incident, Instance, State, Subscription, Task, Timer, Watch


def evolve(state: State, event: ev.Event) -> State:
    """The state after this event; the given state is left alone."""
    twin = state.copy()
    apply(twin, event)
    return twin


def replay(events: Iterable[ev.Event]) -> State:
    """The state after a whole history."""
    state = State()
    for event in events:
        apply(state, event)
    return state


def apply(state: State, event: ev.Event) -> None:
    """Write this event into a state of one's own."""
    APPLY[type(event)](state, event)


def _case_started(state: State, event: ev.CaseStarted) -> None:
    state.status = "active"
    state.business_key = event.business_key
    state.instances[ROOT] = Instance(ROOT, event.process, None, ROOT, "process")
    state.variables[ROOT] = event.variables
    state.homes[ROOT] = [event.definition, event.process]
    if event.drafters:
        state.performed[DRAFTERS] = list(event.drafters)


def _case_called(state: State, event: ev.CaseCalled) -> None:
    state.counter = int(event.instance)
    state.instances[event.instance] = Instance(event.instance, event.process, event.parent, event.instance, "process")
    state.children[event.parent] = state.children.get(event.parent, 0) + 1
    state.variables[event.instance] = event.variables
    state.homes[event.instance] = [event.definition, event.process]
    if event.business_key is not None:
        state.facts[event.instance] = {"business_key": event.business_key}


def _case_ended(state: State, event: ev.CaseEnded) -> None:
    state.status = event.status
    state.instances.pop(ROOT, None)
    state.held.clear()
    state.kept.clear()
    state.handed.clear()


def _case_suspended(state: State, event: ev.CaseSuspended) -> None:
    state.suspended = True


def _case_resumed(state: State, event: ev.CaseResumed) -> None:
    state.suspended = False


def _node_entered(state: State, event: ev.NodeEntered) -> None:
    state.counter = int(event.instance)
    root = state.instances[event.parent].root
    state.instances[event.instance] = Instance(event.instance, event.element, event.parent, root, event.role)
    state.children[event.parent] = state.children.get(event.parent, 0) + 1
    if event.variables is not None:
        state.variables[event.instance] = event.variables
    if event.facts:
        state.facts[event.instance] = event.facts


def _node_left(state: State, event: ev.NodeLeft) -> None:
    place = state.instances.pop(event.instance)
    if place.parent is not None:
        left = state.children[place.parent] - 1
        if left:
            state.children[place.parent] = left
        else:
            del state.children[place.parent]
    for part in (state.variables, state.facts, state.held, state.kept, state.homes, state.children):
        part.pop(event.instance, None)
    _settle_handed(state, event)


def _nothing(state: State, event: ev.Event) -> None:
    """For history only."""


def _token_held(state: State, event: ev.TokenHeld) -> None:
    held = dict(state.held.get(event.parent, {}))
    held[event.flow] = held.get(event.flow, 0) + 1
    state.held[event.parent] = held


def _tokens_taken(state: State, event: ev.TokensTaken) -> None:
    held = dict(state.held[event.parent])
    for flow in event.flows:
        if held[flow] > 1:
            held[flow] -= 1
        else:
            del held[flow]
    if held:
        state.held[event.parent] = held
    else:
        del state.held[event.parent]
    _settle_handed(state, event)


def _instance_noted(state: State, event: ev.InstanceNoted) -> None:
    state.facts[event.instance] = {**state.facts.get(event.instance, {}), **event.facts}


def _scope_interrupted(state: State, event: ev.ScopeInterrupted) -> None:
    state.facts[event.instance] = {**state.facts.get(event.instance, {}), "interrupted": event.element}


def _variables_set(state: State, event: ev.VariablesSet) -> None:
    state.variables[event.scope] = {**state.variables.get(event.scope, {}), **event.values}


def _task_opened(state: State, event: ev.TaskOpened) -> None:
    state.rounds[event.element] = event.round
    if event.order:
        state.order.setdefault(event.element, event.order)
    state.tasks[event.task_id] = Task(
        event.task_id,
        event.element,
        event.kind,
        event.assignee,
        event.candidate_groups,
        event.candidate_users,
        event.excluded,
        event.remembered,
        event.retries,
        event.drafting,
    )


def _task_revised(state: State, event: ev.TaskRevised) -> None:
    state.tasks[event.task_id] = replace(
        state.tasks[event.task_id],
        candidate_groups=event.candidate_groups,
        candidate_users=event.candidate_users,
        excluded=event.excluded,
        remembered=event.remembered,
        drafting=event.drafting,
    )


def _persons_excluded(state: State, event: ev.PersonsExcluded) -> None:
    state.tasks[event.task_id] = replace(state.tasks[event.task_id], excluded=event.excluded)


def _step_handed_on(state: State, event: ev.StepHandedOn) -> None:
    state.handed[event.task_id] = {
        "element": event.element,
        "scope": event.scope,
        "persons": list(event.persons),
        "tasks": list(event.tasks),
        "places": list(event.places),
        "held": list(event.held),
        "joined": list(event.joined),
    }


def _step_withdrawn(state: State, event: ev.StepWithdrawn) -> None:
    state.handed.pop(event.task_id, None)


def _settle_handed(state: State, event: ev.Event) -> None:
    """Forget what can no longer be taken back, because it went on."""
    if state.handed:
        for task_id in [task_id for task_id, handed in state.handed.items() if goes_on(handed, event)]:
            del state.handed[task_id]


def _task_assigned(state: State, event: ev.TaskAssigned) -> None:
    task = state.tasks[event.task_id]
    owners: tuple[str, ...] = ()
    if event.how == "delegated" and event.owner is not None:
        owners = (*task.owners, event.owner)
    elif event.how == "handed_back" and event.assignee in task.owners:
        owners = task.owners[: task.owners.index(event.assignee)]
    state.tasks[event.task_id] = replace(task, assignee=event.assignee, owners=owners)
    _settle_handed(state, event)


def _task_failed(state: State, event: ev.TaskFailed) -> None:
    state.tasks[event.task_id] = replace(state.tasks[event.task_id], retries=event.retries_left)


def _task_closed(state: State, event: ev.TaskClosed) -> None:
    task = state.tasks.pop(event.task_id)
    _settle_handed(state, event)
    if event.how == "completed":
        persons = [person for person in (event.person, event.on_behalf_of) if person is not None]
        for key in (*([event.element] if task.remembered else ()), *([DRAFTERS] if task.drafting else ())):
            if persons:
                state.performed[key] = list(dict.fromkeys([*state.performed.get(key, ()), *persons]))


def _timer_armed(state: State, event: ev.TimerArmed) -> None:
    state.counter = int(event.timer_id)
    state.timers[event.timer_id] = Timer(
        event.timer_id, event.instance, event.element, event.due, event.cycle, event.anchor, event.fired, event.left
    )


def _timer_rescheduled(state: State, event: ev.TimerRescheduled) -> None:
    state.timers[event.timer_id] = replace(state.timers[event.timer_id], due=event.due)


def _timer_disarmed(state: State, event: ev.TimerDisarmed) -> None:
    state.timers.pop(event.timer_id, None)


def _subscription_opened(state: State, event: ev.SubscriptionOpened) -> None:
    state.counter = int(event.subscription_id)
    state.subscriptions[event.subscription_id] = Subscription(
        event.subscription_id, event.instance, event.element, event.kind, event.name, event.key
    )


def _subscription_closed(state: State, event: ev.SubscriptionClosed) -> None:
    state.subscriptions.pop(event.subscription_id, None)


def _condition_watched(state: State, event: ev.ConditionWatched) -> None:
    state.counter = int(event.watch_id)
    state.watches[event.watch_id] = Watch(event.watch_id, event.instance, event.element, event.value)


def _condition_checked(state: State, event: ev.ConditionChecked) -> None:
    state.watches[event.watch_id] = replace(state.watches[event.watch_id], value=event.value)


def _condition_dropped(state: State, event: ev.ConditionDropped) -> None:
    state.watches.pop(event.watch_id, None)


def _compensation_kept(state: State, event: ev.CompensationKept) -> None:
    state.kept[event.scope] = [*state.kept.get(event.scope, []), event.record]
    state.counter = max(state.counter, int(event.record["id"]))


def _compensation_taken(state: State, event: ev.CompensationTaken) -> None:
    left = [record for record in state.kept[event.scope] if record["id"] != event.record_id]
    if left:
        state.kept[event.scope] = left
    else:
        del state.kept[event.scope]


def _incident_raised(state: State, event: ev.IncidentRaised) -> None:
    state.counter = int(event.incident_id)
    state.incidents[event.incident_id] = Incident(
        event.incident_id, event.code, event.element, event.message, event.command
    )


def _incident_resolved(state: State, event: ev.IncidentResolved) -> None:
    state.incidents.pop(event.incident_id, None)


APPLY: dict[type[ev.Event], Callable[[State, Any], None]] = {
    ev.CaseStarted: _case_started,
    ev.CaseCalled: _case_called,
    ev.CaseEnded: _case_ended,
    ev.CaseSuspended: _case_suspended,
    ev.CaseResumed: _case_resumed,
    ev.NodeEntered: _node_entered,
    ev.NodeLeft: _node_left,
    ev.NodePassed: _nothing,
    ev.FlowsTaken: _nothing,
    ev.TokenHeld: _token_held,
    ev.TokensTaken: _tokens_taken,
    ev.TokensMoved: _nothing,
    ev.InstanceNoted: _instance_noted,
    ev.ScopeInterrupted: _scope_interrupted,
    ev.VariablesSet: _variables_set,
    ev.CaseMigrated: rewrite,
    ev.TaskOpened: _task_opened,
    ev.TaskRevised: _task_revised,
    ev.TaskAssigned: _task_assigned,
    ev.PersonsExcluded: _persons_excluded,
    ev.StepReturned: _nothing,
    ev.StepHandedOn: _step_handed_on,
    ev.StepWithdrawn: _step_withdrawn,
    ev.TaskFailed: _task_failed,
    ev.TaskClosed: _task_closed,
    ev.TimerArmed: _timer_armed,
    ev.TimerDisarmed: _timer_disarmed,
    ev.TaskReminded: _nothing,
    ev.RowsRebuilt: _nothing,
    ev.TaskRescheduled: _nothing,
    ev.TimerRescheduled: _timer_rescheduled,
    ev.InstanceAdded: _nothing,
    ev.InstanceDropped: _nothing,
    ev.SubscriptionOpened: _subscription_opened,
    ev.SubscriptionClosed: _subscription_closed,
    ev.ConditionWatched: _condition_watched,
    ev.ConditionChecked: _condition_checked,
    ev.ConditionDropped: _condition_dropped,
    ev.MessageThrown: _nothing,
    ev.SignalThrown: _nothing,
    ev.ErrorThrown: _nothing,
    ev.EscalationThrown: _nothing,
    ev.CompensationKept: _compensation_kept,
    ev.CompensationTaken: _compensation_taken,
    ev.IncidentRaised: _incident_raised,
    ev.IncidentResolved: _incident_resolved,
}
