"""Return a task with a reason to an earlier step: the whole round is closed, joins get back what they had."""

from __future__ import annotations

from workflows.errors import Reason, Refused

from . import commands as cmd
from .events import StepReturned, TaskClosed, TokenHeld, TokensTaken
from .incidents import drop_orphans
from .program import Chart
from .region import Region
from .return_targets import chart_of, targets_of
from .rights import may_act
from .run import Run


def return_task(run: Run, command: cmd.ReturnTask) -> None:
    """Close everything that came after the target, put back what its joins need from other branches, begin it anew.

    Who may act on a task may return it. Refused: NOT_WAITING, REASON_REQUIRED, the reasons of `may_act` and of
    `return_targets`, NOT_FOUND for a step that is none.
    """
    task = run.state.tasks.get(command.task_id)
    if task is None or task.kind != "user":
        raise Refused("NOT_WAITING", task=command.task_id)
    reasons = list(may_act(task, run.by))
    if not command.reason.strip():
        reasons.append(Reason("REASON_REQUIRED", {"field": "ly_do"}))
    targets = targets_of(run.program, run.state, task.id)
    target = next((each for each in targets.legal if each.element == command.target), None)
    if target is None:
        barred = next((each.reason for each in targets.barred if each.element == command.target), None)
        reasons.append(barred or Reason("NOT_FOUND", {"what": "element", "element": command.target}))
    if reasons or target is None:
        raise Refused.because(reasons)
    run.emit(StepReturned(task.id, task.element, target.element, target.scope, command.reason.strip()))
    run.emit(TaskClosed(task.id, task.element, "cancelled", run.by.person, task.kind, run.by.on_behalf_of))
    chart = chart_of(run.program, run.state, target)
    awaited = target.region.arrived | _on_their_way(run, chart, target.scope, target.region)
    _close(run, chart, target.scope, target.region)
    _restore(run, chart, target.scope, awaited)
    run.move(chart.steps[target.element], target.scope)
    drop_orphans(run, command.reason)


def _on_their_way(run: Run, chart: Chart, scope: str, region: Region) -> frozenset[str]:
    """The flows into inclusive joins on which another branch of the round would have come, or had come.

    The step that is begun anew may end without reaching its join, which must then go on for them.
    """
    held = run.state.held.get(scope, {})
    here = {place.element for place in run.state.instances.values() if place.parent == scope}
    return frozenset(
        flow
        for flow in region.beside
        if flow in held or here & chart.leading_to(chart.sources[flow], chart.targets[flow])
    )


def _close(run: Run, chart: Chart, scope: str, region: Region) -> None:
    """Cancel what is open in the region, whole rounds and called processes included, and drop the tokens that its
    steps left at joins."""
    for place in list(run.state.instances.values()):
        here = place.parent == scope and place.element in region.steps and place.role != "handler"
        if here and place.id in run.state.instances:
            run.cancel(place)
    held = run.state.held.get(scope, {})
    left: dict[str, list[str]] = {}
    for flow, count in held.items():
        if chart.sources[flow] in region.steps:
            left.setdefault(chart.targets[flow], []).extend([flow] * count)
    for gateway, flows in left.items():
        run.emit(TokensTaken(scope, gateway, tuple(flows), cancelled=True))


def _restore(run: Run, chart: Chart, scope: str, awaited: frozenset[str]) -> None:
    """Give joins the tokens of other branches that they took on the way here, unless those come again by themselves."""
    open_steps = {place.element for place in run.state.instances.values() if place.parent == scope}
    for flow in sorted(awaited):
        gateway = chart.targets[flow]
        coming = open_steps & chart.leading_to(chart.sources[flow], gateway)
        if not coming and flow not in run.state.held.get(scope, {}):
            run.emit(TokenHeld(scope, gateway, flow))
