"""Joins that depend on what other tokens can still do: looked at whenever no token moves (GI7)."""

from __future__ import annotations

from workflows.engine.run import Run

from .complex_gateway import ComplexGateway
from .inclusive_gateway import InclusiveGateway
from .parallel_gateway import ParallelGateway


def release(run: Run) -> bool:
    """Fire the first join that may; False when none may."""
    rounds = (scope for scope, facts in run.state.facts.items() if facts.get("fired"))
    for scope in dict.fromkeys([*run.state.held, *rounds]):
        place = run.state.instances.get(scope)
        if place is None:
            continue
        chart = run.step(place).inside
        assert chart is not None
        targets = dict.fromkeys(chart.targets[flow] for flow in run.state.held.get(scope, ()))
        targets.update(dict.fromkeys(run.state.facts.get(scope, {}).get("fired", ())))
        for target in targets:
            step = chart.steps[target]
            rule = run.rules[step.kind]
            if isinstance(rule, InclusiveGateway | ComplexGateway) and rule.release(run, step, scope):
                return True
    return False


def look_again(run: Run, root: str) -> None:
    """Fire the parallel joins of a process that are complete, because they have fewer incoming flows than before."""
    for scope in list(run.state.held):
        place = run.state.instances[scope]
        chart = run.step(place).inside
        assert chart is not None
        for gateway in dict.fromkeys(chart.targets[flow] for flow in run.state.held[scope]):
            step = chart.steps[gateway]
            rule = run.rules[step.kind]
            while place.root == root and isinstance(rule, ParallelGateway) and rule.join(run, step, scope):
                pass
