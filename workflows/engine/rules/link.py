"""Link events: the throw goes on at the catch of the same name in the same scope (EL1)."""

from __future__ import annotations

from workflows.bpmn.model import EventDefinition
from workflows.engine.program import Step
from workflows.engine.run import Run


def throw(run: Run, scope: str, step: Step, event: EventDefinition) -> None:
    """Jump."""
    run.move(step.chart.link_catches[event.name or ""], scope)
