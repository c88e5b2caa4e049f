"""BPMN errors: thrown by an end event or a worker, always interrupting, fatal when nobody catches them (EE1 to EE6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.bpmn.model import EventDefinition
from workflows.engine.events import ErrorThrown, IncidentRaised
from workflows.engine.program import Step
from workflows.engine.run import Run

from . import catching


def throw(run: Run, scope: str, step: Step, event: EventDefinition) -> None:
    """An error end event."""
    raise_error(run, scope, step.id, event.code)


def raise_error(
    run: Run,
    origin: str,
    element: str,
    code: str | None,
    *,
    message: str = "",
    variables: Mapping[str, Any] | None = None,
) -> None:
    """Hand the error to its catcher; without one the case has failed (EE5)."""
    found = catching.find(run, origin, "error", code)
    run.emit(ErrorThrown(element, code, found[1].id if found else None, message))
    if found is None:
        run.emit(IncidentRaised(run.new_id(), "UNHANDLED_ERROR", element, f"{code or ''} {message}".strip()))
        run.end_case("failed", code)
        return
    place, catcher = found
    caught = next(event for event in catcher.node.events if event.kind == "error")
    payload = dict(variables or {})
    if caught.code_variable is not None:
        payload[caught.code_variable] = code
    if caught.message_variable is not None:
        payload[caught.message_variable] = message
    catching.take(run, place, catcher, payload)
