"""Where a task may be returned to, and why not elsewhere: pure, so that a page can say it before anybody presses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from workflows.errors import Reason

from .definitions import Definitions
from .program import SUB_PROCESSES, Chart, Program, Step, program_of
from .region import Region, leads_to, region_from
from .state import Instance, State

Programs = Callable[[str], Program]


@dataclass(frozen=True, slots=True)
class Target:
    """A step that the task may be returned to, in the open scope instance `scope`; `region` is done again."""

    element: str
    name: str
    scope: str
    region: Region


@dataclass(frozen=True, slots=True)
class Barred:
    """A step that the task may not be returned to."""

    element: str
    name: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Targets:
    """The legal targets, nearest scope first and in the order in which they were done, and all others."""

    legal: tuple[Target, ...]
    barred: tuple[Barred, ...]


def return_targets(definitions: Definitions, state: State, task_id: str) -> Targets:
    """All steps of the processes around this open task of a person, each as a target or with the reason why not.

    Reasons: NOT_YET_DONE, NOT_BEFORE (it comes after the task, or beside it), INSIDE_CLOSED_STEP (`step` is over),
    NOT_RETURNABLE (the process does not allow it).
    """

    def program(root: str) -> Program:
        found = program_of(definitions.load(state.homes[root][0]), state.homes[root][1])
        assert found is not None, "it was there when the process was started"
        return found

    return targets_of(program, state, task_id)


def targets_of(program: Programs, state: State, task_id: str) -> Targets:
    """As `return_targets`, where the programs of the open processes are known already."""
    place = state.instances[task_id]
    own = program(place.root).steps[place.element]
    allowed = own.node.human.rights.returns if own.node.human is not None else ()
    legal: dict[str, Target] = {}
    barred: dict[str, Barred] = {}
    for scope, here, chart in _scopes(program, state, place):
        for step in chart.steps.values():
            if not _is_shown(step) or step.id == here or step.id in legal:
                continue
            found = _judge(state, chart, step, here, scope)
            if isinstance(found, Target) and allowed is not None and step.id not in allowed:
                found = Barred(step.id, _name(step), Reason("NOT_RETURNABLE", {"element": step.id}))
            if isinstance(found, Target):
                legal[step.id] = found
            elif step.kind == "userTask":
                barred.setdefault(step.id, found)
            for inner in _inside(step) if step.id != here else ():
                reason = Reason("INSIDE_CLOSED_STEP", {"element": inner.id, "step": step.id, "name": _name(step)})
                barred.setdefault(inner.id, Barred(inner.id, _name(inner), reason))
    done = sorted(legal.values(), key=lambda each: _order(state, chart_of(program, state, each), each.element) or 0)
    return Targets(tuple(done), tuple(each for each in barred.values() if each.element not in legal))


def chart_of(program: Programs, state: State, target: Target) -> Chart:
    """The contents of the scope that the target is in."""
    scope = state.instances[target.scope]
    chart = program(scope.root).steps[scope.element].inside
    assert chart is not None, "a target is in a scope"
    return chart


def _scopes(program: Programs, state: State, place: Instance) -> Iterator[tuple[str, str, Chart]]:
    """The open scope instances around a task, the nearest first: each with the step where the task is inside it."""
    here = place
    while here.parent is not None:
        outer = state.instances[here.parent]
        if outer.role == "handler" or program(outer.root).steps[outer.element].node.for_compensation:
            return  # what compensates is not part of the way
        chart = program(outer.root).steps[outer.element].inside if outer.role in {"process", "activity"} else None
        if chart is not None and here.element in chart.steps:
            yield outer.id, here.element, chart
        here = outer


def _is_shown(step: Step) -> bool:
    kind = step.kind == "userTask" or (step.kind in SUB_PROCESSES and not step.node.event_sub_process)
    return kind and not step.node.for_compensation


def _judge(state: State, chart: Chart, step: Step, here: str, scope: str) -> Target | Barred:
    order = _order(state, chart, step.id)
    if order is None:
        return Barred(step.id, _name(step), Reason("NOT_YET_DONE", {"element": step.id}))
    before = order < (_order(state, chart, here) or 0) or not leads_to(chart, chart.steps[here], step.id)
    region = region_from(chart, step, here) if before else None
    if region is None or _holds_complex_join(chart, region):
        return Barred(step.id, _name(step), Reason("NOT_BEFORE", {"element": step.id}))
    return Target(step.id, _name(step), scope, region)


def _order(state: State, chart: Chart, element: str) -> int | None:
    """As the how-manieth step of people it was opened first (of a sub-process: its first step); None: not at all."""
    known = state.order or {step: at for at, step in enumerate(state.rounds, 1)}  # histories of the first versions
    step = chart.steps[element]
    found = [known[each.id] for each in (step, *_inside(step)) if each.id in known]
    if not found and step.kind == "callActivity":
        return max(known.values(), default=0)  # the task itself is inside it
    return min(found, default=None)


def _inside(step: Step) -> Iterator[Step]:
    for inner in step.inside.steps.values() if step.inside is not None else ():
        if inner.kind == "userTask":
            yield inner
        yield from _inside(inner)


def _holds_complex_join(chart: Chart, region: Region) -> bool:
    steps = (chart.steps[step] for step in region.steps)
    return any(step.kind == "complexGateway" and len(step.incoming) > 1 for step in steps)


def _name(step: Step) -> str:
    return step.node.name or step.id
