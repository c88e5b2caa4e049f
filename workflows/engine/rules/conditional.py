"""Conditional events: looked at on arrival and after each change of variables in sight; they fire on the edge to
true (ED1 to ED4)."""

from __future__ import annotations

from collections.abc import Container, Mapping

from workflows.bpmn.model import EventDefinition
from workflows.engine.events import ConditionChecked, ConditionDropped, ConditionWatched
from workflows.engine.program import Step
from workflows.engine.run import Run
from workflows.engine.state import Instance, Watch
from workflows.errors import Refused

from .delivery import repeats, trigger


def arm(run: Run, place: Instance, step: Step, event: EventDefinition) -> None:
    """Watch the condition; one that is true already fires at once."""
    watch = run.new_id()
    value = _holds(run, place.id, event)
    run.emit(ConditionWatched(watch, place.id, step.id, value))
    if value:
        run.later(place.id, _fire, run, watch)


def look(run: Run) -> None:
    """Look at every watched condition that sees one of the variables written since the last look."""
    changed, run.changed = run.changed, []
    for watch in list(run.state.watches.values()):
        if watch.id not in run.state.watches:
            continue
        place = run.state.instances[watch.instance]
        event = run.step(place, watch.element).node.events[0]
        if any(_concerns(run, watch, event, scope, changes) for scope, changes in changed):
            _check(run, watch, event)


def look_again(run: Run, root: str, elements: Container[str]) -> None:
    """Look at the conditions of these elements of a process, whatever was written: they are other conditions now."""
    for watch in list(run.state.watches.values()):
        place = run.state.instances[watch.instance]
        if place.root == root and watch.element in elements:
            _check(run, watch, run.step(place, watch.element).node.events[0])


def _check(run: Run, watch: Watch, event: EventDefinition) -> None:
    value = _holds(run, watch.instance, event)
    if value != watch.value:
        run.emit(ConditionChecked(watch.id, value))
        if value:
            run.later(watch.instance, _fire, run, watch.id)


def _fire(run: Run, watch_id: str) -> None:
    watch = run.state.watches.get(watch_id)
    if watch is None:
        return
    place = run.state.instances[watch.instance]
    step = run.step(place, watch.element)
    if not repeats(step):
        run.emit(ConditionDropped(watch.id, watch.element, fired=True))
    trigger(run, place, step, {})


def _concerns(run: Run, watch: Watch, event: EventDefinition, scope: str, changes: Mapping[str, str]) -> bool:
    wanted = {name.strip() for name in event.variable_name.split(",")} if event.variable_name else changes.keys()
    kinds = event.variable_events or ("create", "update")
    if not any(name in wanted and kind in kinds for name, kind in changes.items()):
        return False
    current: str | None = watch.instance
    while current is not None:
        if current == scope:
            return True
        place = run.state.instances[current]
        current = place.parent if place.role != "process" else None
    return False


def _holds(run: Run, scope: str, event: EventDefinition) -> bool:
    """A condition whose variables are not there yet is not true yet."""
    try:
        return run.holds(event.condition or "", scope)
    except Refused:
        return False
