"""Event sub-processes: started from inside the scope that they serve, instead of its work or beside it (semantics.md
SE1 to SE5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.engine.events import ScopeInterrupted
from workflows.engine.program import Step
from workflows.engine.run import Run
from workflows.engine.state import Instance

from . import data
from .opening import open_inside


def interrupt_or_add(run: Run, scope: Instance, start: Step, payload: Mapping[str, Any]) -> None:
    """Start the event sub-process whose start event was triggered in this scope instance (SE1, SE2)."""
    owner = start.chart.owner
    assert owner is not None
    if start.node.interrupting:
        siblings = owner.chart.handler_starts
        run.emit(ScopeInterrupted(scope.id, owner.id))
        run.clear(scope.id)
        run.disarm(scope.id, {step.id for step in siblings})
    handler = run.open(owner, scope.id, variables=data.inputs(run, owner, scope.id, {}) or None)
    data.receive(run, start, handler.id, payload)
    open_inside(run, handler, start.chart, start)
