"""Escalations: like errors, but the thrower may go on, and nobody needs to catch them (EC1 to EC5)."""

from __future__ import annotations

from workflows.bpmn.model import EventDefinition
from workflows.engine.events import EscalationThrown
from workflows.engine.program import Step
from workflows.engine.run import Run

from . import catching


def throw(run: Run, scope: str, step: Step, event: EventDefinition) -> None:
    """Tell the first catcher outwards; its token and the thrower's are both on their way afterwards."""
    found = catching.find(run, scope, "escalation", event.code)
    run.emit(EscalationThrown(step.id, event.code, found[1].id if found else None))
    if found is not None:
        place, catcher = found
        caught = next(item for item in catcher.node.events if item.kind == "escalation")
        payload = {caught.code_variable: event.code} if caught.code_variable else {}
        catching.take(run, place, catcher, payload)
