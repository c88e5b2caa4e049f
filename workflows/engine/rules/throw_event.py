"""Intermediate throw and end events: what each kind of event definition does, in one explicit table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from workflows.bpmn.model import EventDefinition
from workflows.engine.program import Step
from workflows.engine.run import Rule, Run
from workflows.engine.state import Instance

from . import compensation, data, error, escalation, link, message, signal, terminate, transaction
from .open_job import open_job

Throw: TypeAlias = Callable[[Run, str, Step, EventDefinition], None]

THROW: dict[str, Throw] = {
    "message": message.throw,
    "signal": signal.throw,
    "error": error.throw,
    "escalation": escalation.throw,
    "terminate": terminate.throw,
    "link": link.throw,
}
WAITS: dict[str, Throw] = {  # those whose token stays until their work is done
    "compensation": compensation.throw,
    "cancel": transaction.throw,
}


class ThrowEvent(Rule):
    """An intermediate throw event or an end event; an end event simply has no way on (G5)."""

    def arrive(self, run: Run, step: Step, scope: str, flow: str | None) -> None:
        """Throw and go on. The token leaves first, so that an interrupting catcher takes it away again (EC3)."""
        run.at = step.id
        if step.node.job is not None:
            place = run.open(step, scope, "event", data.inputs(run, step, scope, {}) or None)
            open_job(run, place, step, step.node.job)
            return
        event = step.node.events[0] if step.node.events else None
        if event is not None and event.kind in WAITS:
            WAITS[event.kind](run, scope, step, event)
            return
        run.passed(step, scope)
        run.leave(step, scope)
        if event is not None:
            THROW[event.kind](run, scope, step, event)

    def done(self, run: Run, place: Instance, step: Step, results: Mapping[str, Any], *, local: bool) -> None:
        """A worker has sent the message that this event throws."""
        scope = place.parent
        assert scope is not None
        run.at = step.id
        data.outputs(run, step, place, results, local=local)
        run.close(place, kind=step.kind)
        run.leave(step, scope)
