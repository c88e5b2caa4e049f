"""Signals: a broadcast by name to everyone who waits at that moment; nothing is stored (semantics.md ES1 to ES4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.bpmn.model import EventDefinition
from workflows.engine.events import SignalThrown, SubscriptionOpened
from workflows.engine.program import Step
from workflows.engine.run import Run
from workflows.engine.state import Instance

from . import data
from .delivery import deliver


def arm(run: Run, place: Instance, step: Step, event: EventDefinition) -> None:
    """Open a subscription."""
    name = str(run.evaluate(event.name or "", place.id))
    run.emit(SubscriptionOpened(run.new_id(), place.id, step.id, "signal", name))


def throw(run: Run, scope: str, step: Step, event: EventDefinition) -> None:
    """Broadcast: this case's catchers are served next, others are the store's to serve."""
    name = str(run.evaluate(event.name or "", scope))
    payload = data.inputs(run, step, scope, {})
    run.emit(SignalThrown(step.id, name, payload))
    for wait in list(run.state.subscriptions.values()):
        if wait.kind == "signal" and wait.name == name:
            run.later(wait.instance, _serve, run, wait.id, payload)


def _serve(run: Run, subscription: str, payload: Mapping[str, Any]) -> None:
    if subscription in run.state.subscriptions:
        deliver(run, subscription, payload)
