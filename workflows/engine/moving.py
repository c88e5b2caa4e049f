"""An administrator's correction: tokens are taken away here and started there, in the scopes where they belong."""

from __future__ import annotations

from collections.abc import Iterable

from workflows.errors import Reason, Refused

from . import commands as cmd
from .events import TokensMoved, TokensTaken
from .incidents import drop_orphans
from .program import Step
from .rules import compensation
from .rules.asked import ASKED
from .run import Run
from .state import ROOT, Instance

AT = "@"  # `element@instance` names the scope instance, where several are open


def move_tokens(run: Run, command: cmd.MoveTokens) -> None:
    """Cancel first, then start; a scope that holds nothing any more is cancelled too, so that it is not left by itself.

    Refused with all reasons: NOTHING_TO_MOVE, NOT_FOUND, NOT_OPEN, NOT_STARTABLE, WRONG_SCOPE, NOTHING_LEFT, ONE_ROUND.
    """
    if not command.cancel and not command.start:
        raise Refused("NOTHING_TO_MOVE")
    reasons: list[Reason] = []
    gone = [place for name in command.cancel for place in _instances(run, name)]
    if any(place.id == ROOT for place in gone):
        raise Refused("NOTHING_LEFT")
    joins = [join for name in command.cancel for join in _joins(run, name)]
    for name in dict.fromkeys(command.cancel):
        if not _instances(run, name) and not any(element == name for _, element, _ in joins):
            reasons.append(_absent(run, name))
    closing = {inner.id for place in gone for inner in (place, *run.state.inside(place.id))}
    starts = [_start(run, name, closing, reasons) for name in command.start]
    if reasons:
        raise Refused.because(reasons)
    run.emit(TokensMoved(command.reason, command.cancel, command.start))
    started = [found for found in starts if found is not None]
    _take_away(run, gone, joins, kept={scope.id for _, scope in started})
    for step, scope in started:
        run.move(step, scope.id)
    drop_orphans(run, command.reason)


def _instances(run: Run, name: str) -> list[Instance]:
    """The open instances that a name means: one instance by its id, or all of an element, rounds with their body."""
    state = run.state
    if name.isdecimal():
        place = state.instances.get(name)
        if place is not None and place.role == ASKED:
            return []  # a request goes with its task, or is withdrawn
        if place is not None and place.role == "process" and place.parent is not None:
            place = state.instances[place.parent]  # a called process goes with its call
        return [place] if place is not None else []
    return [
        place
        for place in state.instances.values()
        if place.element == name
        and place.role not in {"process", ASKED}
        and (place.parent is None or state.instances[place.parent].role != "body")
    ]


def _joins(run: Run, name: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """The tokens that are held at the gateway of this name: scope instance, gateway, flows."""
    found = []
    for scope, held in run.state.held.items():
        chart = run.step(run.state.instances[scope]).inside
        assert chart is not None
        flows = tuple(flow for flow, count in held.items() for _ in range(count) if chart.targets[flow] == name)
        if flows:
            found.append((scope, name, flows))
    return found


def _absent(run: Run, name: str) -> Reason:
    if name.isdecimal() or _steps(run, name):
        return Reason("NOT_OPEN", {"element": name})
    return Reason("NOT_FOUND", {"what": "element", "element": name})


def _steps(run: Run, element: str) -> list[tuple[str, Step]]:
    """The steps of this name in the processes that are open in the case, by process root."""
    known = [(root, run.program(root).steps.get(element)) for root in run.state.homes if root in run.state.instances]
    return [(root, step) for root, step in known if step is not None and step.kind != "process"]


def _start(run: Run, name: str, closing: Iterable[str], reasons: list[Reason]) -> tuple[Step, Instance] | None:
    """The step to start and the one open scope instance it belongs to; else one more reason."""
    element, _, wanted = name.partition(AT)
    steps = _steps(run, element)
    if not steps:
        reasons.append(Reason("NOT_FOUND", {"what": "element", "element": element}))
        return None
    first = steps[0][1]
    if first.kind == "boundaryEvent" or first.node.event_sub_process or first.node.for_compensation:
        reasons.append(Reason("NOT_STARTABLE", {"element": element}))
        return None
    found = [
        (step, place)
        for root, step in steps
        for place in run.state.instances.values()
        if place.root == root and place.role in {"process", "activity"} and place.id not in closing
        if step.chart.owner is not None and place.element == step.chart.owner.id and wanted in {"", place.id}
    ]
    if len(found) != 1:
        scopes = [place.id for _, place in found]
        reasons.append(Reason("WRONG_SCOPE", {"element": element, "count": len(scopes), "scopes": scopes}))
        return None
    return found[0]


def _take_away(
    run: Run, gone: Iterable[Instance], joins: Iterable[tuple[str, str, tuple[str, ...]]], *, kept: set[str]
) -> None:
    scopes: dict[str, None] = {}
    for place in gone:
        if place.id in run.state.instances:
            scopes[_cancel(run, place)] = None
    for scope, gateway, flows in joins:
        if scope in run.state.instances:
            run.emit(TokensTaken(scope, gateway, flows, cancelled=True))
            run.touch(scope)
            scopes[scope] = None
    bodies = [body for scope in scopes for body in _close_emptied(run, scope, kept)]
    for body in bodies:
        if body in run.state.instances:
            raise Refused("ONE_ROUND", element=run.state.instances[body].element)


def _cancel(run: Run, place: Instance) -> str:
    """Cancel an instance; what waited for a handler does not wait for it any more. Gives the scope around it."""
    assert place.parent is not None
    facts = run.state.facts.get(place.id, {})
    run.cancel(place)
    compensation.handled(run, place.parent, facts)
    return place.parent


def _close_emptied(run: Run, scope: str, kept: set[str]) -> list[str]:
    """Cancel this scope when it holds nothing, and then the one around it; gives the bodies that lost a round."""
    state, bodies = run.state, []
    while scope in state.instances:
        place = state.instances[scope]
        if place.role == "body":
            bodies.append(scope)
        if scope in kept or scope in state.children or scope in state.held or _waits_empty(run, place):
            break
        if place.parent is None:
            raise Refused("NOTHING_LEFT")
        scope = _cancel(run, place)
    return bodies


def _waits_empty(run: Run, place: Instance) -> bool:
    """An ad-hoc sub-process waits for the next step even when nothing runs inside."""
    is_adhoc = place.role == "activity" and run.step(place).kind == "adHocSubProcess"
    return is_adhoc and not run.state.facts.get(place.id, {}).get("done")
