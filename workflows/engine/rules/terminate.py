"""Terminate end event: ends the scope it stands in, the case when that is the case's own process (EX1, EX2)."""

from __future__ import annotations

from workflows.bpmn.model import EventDefinition
from workflows.engine.program import Step
from workflows.engine.run import Run
from workflows.engine.state import ROOT


def throw(run: Run, scope: str, step: Step, event: EventDefinition) -> None:
    """End everything in the scope; an inner scope then counts as completed."""
    if event.terminate_all or scope == ROOT:
        run.end_case("terminated")
    else:
        run.clear(scope)
        place = run.state.instances[scope]
        surrounding = run.step(place)
        run.rules[surrounding.kind].terminated(run, place, surrounding)
