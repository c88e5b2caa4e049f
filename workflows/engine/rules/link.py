"""Link events: the throw goes on at the catch of the same name in the same scope (EL1)."""

from __future__ import annotations

from ...bpmn.model import EventDefinition
from ..program import Step
from ..run import Run


def throw(run: Run, scope: str, step: Step, event: EventDefinition) -> None:
    """Jump."""
    run.move(step.chart.link_catches[event.name or ""], scope)
