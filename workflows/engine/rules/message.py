"""Messages: waiting under a name and a key, and throwing to the outbox and to whoever waits (semantics.md EM1 to
EM7, T3)."""

from __future__ import annotations

from workflows.bpmn.model import EventDefinition
from workflows.engine.events import MessageThrown, SubscriptionOpened
from workflows.engine.program import Step
from workflows.engine.run import Run
from workflows.engine.state import Instance
from workflows.errors import Refused

from . import data


def arm(run: Run, place: Instance, step: Step, event: EventDefinition) -> None:
    """Open a subscription; its key is evaluated now (EM2)."""
    name = str(run.evaluate(event.name or "", place.id))
    key = _key(run, place.id, event)
    if key is None and event.correlation_key is not None:
        raise Refused("EXPRESSION_ERROR", element=step.id, message="Khoá nhận tin không có giá trị.")
    run.emit(SubscriptionOpened(run.new_id(), place.id, step.id, "message", name, key))


def throw(run: Run, scope: str, step: Step, event: EventDefinition) -> None:
    """Hand the message to the outbox; those of this case that wait for it now are named with it."""
    name = str(run.evaluate(event.name or "", scope))
    waiting = tuple(
        wait.id for wait in run.state.subscriptions.values() if wait.kind == "message" and wait.name == name
    )
    payload = data.inputs(run, step, scope, {})
    run.emit(MessageThrown(step.id, name, payload, _key(run, scope, event), waiting))


def _key(run: Run, scope: str, event: EventDefinition) -> str | None:
    if event.correlation_key is None:
        return None
    value = run.kept(run.evaluate(event.correlation_key, scope))
    if value is None:
        return None
    return value if isinstance(value, str) else str(value)
