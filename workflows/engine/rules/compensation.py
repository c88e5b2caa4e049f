"""Compensation: completed activities are kept with their handlers; a throw runs them, the dependent ones last first
(EK1 to EK6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workflows.bpmn.model import EventDefinition
from workflows.engine.events import CompensationKept, CompensationTaken, InstanceNoted
from workflows.engine.program import Step
from workflows.engine.run import Run
from workflows.engine.state import Instance

from .opening import open_inside

Record = dict[str, Any]


def keep(run: Run, place: Instance, step: Step) -> None:
    """Keep a completed activity for compensation, when it or something inside it can be compensated."""
    inner = run.state.kept.get(place.id, [])
    if place.parent is None or place.role == "handler" or not (inner or _handler(step) or _undo_start(step)):
        return
    record = {
        "id": run.new_id(),
        "element": step.id,
        "inner": inner,
        "variables": run.state.variables.get(place.id, {}),
    }
    run.emit(CompensationKept(place.parent, record))


def hand_up(run: Run, body: Instance) -> None:
    """The rounds of a repeated activity are kept one by one in the scope around it (EK5)."""
    assert body.parent is not None
    for record in run.state.kept.get(body.id, []):
        run.emit(CompensationKept(body.parent, record))


def throw(run: Run, scope: str, step: Step, event: EventDefinition) -> None:
    """Compensate the completed activities of the scope, or the one that is named; the token waits for the handlers."""
    thrower = run.open(step, scope, "event")
    if not event.wait_for_completion:
        run.passed(step, scope)
        run.leave(step, scope)
    compensate(run, thrower, _reached(run, scope), event.ref, waits=event.wait_for_completion)


def compensate(run: Run, thrower: Instance, scopes: Iterable[str], only: str | None, *, waits: bool = True) -> None:
    """Take the kept records of the scopes (only those of one activity) and start undoing them for `thrower`."""
    records = []
    for scope in scopes:
        for record in run.state.kept.get(scope, []):
            if only is None or record["element"] == only:
                records.append({**record, "in": scope})
    for record in records:
        run.emit(CompensationTaken(record["in"], record["id"]))
    run.emit(InstanceNoted(thrower.id, {"todo": records, "running": [], "waits": waits}))
    run.later(thrower.id, advance, run, thrower.id)


def advance(run: Run, thrower_id: str) -> None:
    """Start every handler that nothing later depends on; when all are done, the thrower goes on."""
    thrower = run.state.instances.get(thrower_id)
    if thrower is None:
        return
    facts = run.state.facts[thrower_id]
    todo, running = facts["todo"], facts["running"]
    starting = [
        record for at, record in enumerate(todo) if not _blocked(run, thrower, record, [*todo[at + 1 :], *running])
    ]
    if starting:
        left = [record for record in todo if record not in starting]
        marks = [{"id": record["id"], "element": record["element"]} for record in starting]
        run.emit(InstanceNoted(thrower_id, {"todo": left, "running": [*running, *marks]}))
        for record in reversed(starting):
            run.later(record["in"], _undo, run, thrower_id, record)
    elif not todo and not running:
        _finish(run, thrower, facts)


def handled(run: Run, scope: str, facts: Mapping[str, Any]) -> None:
    """What has these facts has ended; if it was a handler, look at what it held up."""
    thrower = facts.get("thrower")
    if thrower in run.state.instances:
        running = [mark for mark in run.state.facts[thrower]["running"] if mark["id"] != facts["record"]]
        run.emit(InstanceNoted(thrower, {"running": running}))
        run.later(scope, advance, run, thrower)


def _undo(run: Run, thrower: str, record: Record) -> None:
    scope = record["in"]
    place = run.state.instances[scope]
    step = run.step(place, record["element"])
    facts = {"thrower": thrower, "record": record["id"]}
    handler = _handler(step)
    if handler is not None:
        undoing = run.step(place, handler)
        run.rules[undoing.kind].enter(run, undoing, scope, dict(record["variables"]), facts=facts, role="handler")
        return
    again = run.open(step, scope, "handler", dict(record["variables"]), facts)
    start = _undo_start(step)
    if start is not None:
        for inner in record["inner"]:  # the event sub-process may throw compensation for what its scope holds
            run.emit(CompensationKept(again.id, inner))
        assert start.chart.owner is not None
        own = run.open(start.chart.owner, again.id)
        open_inside(run, own, start.chart, start)
    else:
        inside = [{**inner, "in": again.id} for inner in record["inner"]]
        run.emit(InstanceNoted(again.id, {"todo": inside, "running": [], "waits": True}))
        run.later(again.id, advance, run, again.id)


def _finish(run: Run, thrower: Instance, facts: Mapping[str, Any]) -> None:
    if thrower.role != "event":
        run.touch(thrower.id)  # a sub-process that was undone from inside is over once it is empty
        return
    assert thrower.parent is not None
    step = run.step(thrower)
    if facts.get("cancels"):
        run.rules["transaction"].triggered(run, run.state.instances[thrower.parent], step, {})
        return
    run.close(thrower, kind=step.kind, body=not facts["waits"])
    if facts["waits"]:
        run.leave(step, thrower.parent)


def _blocked(run: Run, thrower: Instance, record: Record, later: Iterable[Mapping[str, Any]]) -> bool:
    """Whether something that came after this activity, and may depend on it, has not been undone yet (EK2)."""
    step = run.step(thrower, record["element"])
    return any(record["element"] in step.chart.leading_to(other["element"]) for other in later)


def _reached(run: Run, scope: str) -> list[str]:
    """The scopes whose work is undone: that of the throw, and from an event sub-process also the one it serves."""
    place = run.state.instances[scope]
    found = [place.id]
    while run.step(place).node.event_sub_process:
        assert place.parent is not None
        place = run.state.instances[place.parent]
        found.append(place.id)
    return found


def _handler(step: Step) -> str | None:
    return next(
        (
            boundary.node.compensation_handler
            for boundary in step.boundaries
            if boundary.node.compensation_handler is not None
        ),
        None,
    )


def _undo_start(step: Step) -> Step | None:
    """The start event of the compensation event sub-process inside, if there is one."""
    if step.inside is None:
        return None
    return next(
        (
            start
            for start in step.inside.handler_starts
            if any(event.kind == "compensation" for event in start.node.events)
        ),
        None,
    )
