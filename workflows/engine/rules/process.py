"""The root of a process: of the case itself, or of a process that a call activity runs (semantics.md G5)."""

from __future__ import annotations

from workflows.engine.program import Step
from workflows.engine.run import Rule, Run
from workflows.engine.state import ROOT, Instance

from . import call_activity


class Process(Rule):
    """A process root."""

    def emptied(self, run: Run, place: Instance, step: Step) -> None:
        """No token is left: the case is completed, or the call returns."""
        if place.id == ROOT:
            run.end_case("completed")
        else:
            call_activity.returned(run, place)
