"""Scopes: a process, an embedded sub-process, an event sub-process (semantics.md S1, SE1 to SE5, G5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.engine.events import ScopeInterrupted
from workflows.engine.program import Step
from workflows.engine.run import Rule, Run
from workflows.engine.state import ROOT, Instance

from . import call_activity, data
from .activity import Activity
from .opening import open_inside


class Process(Rule):
    """A process root: of the case itself, or of a process that a call activity runs."""

    def emptied(self, run: Run, place: Instance, step: Step) -> None:
        """No token is left: the case is completed, or the call returns."""
        if place.id == ROOT:
            run.end_case("completed")
        else:
            call_activity.returned(run, place)


class SubProcess(Activity):
    """An embedded sub-process; a triggered event sub-process is one as well, without outgoing flows."""

    def work(self, run: Run, place: Instance, step: Step) -> None:
        """Arm the event sub-processes and start the tokens inside."""
        assert step.inside is not None
        open_inside(run, place, step.inside)

    def emptied(self, run: Run, place: Instance, step: Step) -> None:
        """The last token inside is gone and no handler runs."""
        self.complete(run, place, step)


def interrupt_or_add(run: Run, scope: Instance, start: Step, payload: Mapping[str, Any]) -> None:
    """Start the event sub-process whose start event was triggered in this scope instance (SE1, SE2)."""
    owner = start.chart.owner
    assert owner is not None
    if start.node.interrupting:
        siblings = owner.chart.handler_starts
        run.emit(ScopeInterrupted(scope.id, owner.id))
        run.clear(scope.id)
        run.disarm(scope.id, {step.id for step in siblings})
    handler = run.open(owner, scope.id)
    data.receive(run, start, handler.id, payload)
    open_inside(run, handler, start.chart, start)
