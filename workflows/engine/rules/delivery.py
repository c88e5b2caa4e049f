"""Something that was waited for has come: the wait is closed unless it repeats, and the waiting element goes on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.engine.events import SubscriptionClosed
from workflows.engine.program import Step
from workflows.engine.run import Run
from workflows.engine.state import Instance


def deliver(run: Run, subscription: str, payload: Mapping[str, Any]) -> None:
    """A message or signal reaches an open subscription."""
    wait = run.state.subscriptions[subscription]
    place = run.state.instances[wait.instance]
    step = run.step(place, wait.element)
    if not repeats(step):
        run.emit(SubscriptionClosed(wait.id, wait.element, delivered=True))
    trigger(run, place, step, payload)


def trigger(run: Run, place: Instance, step: Step, payload: Mapping[str, Any]) -> None:
    """Let the waiting element go on."""
    run.at = step.id
    run.rules[step.kind].triggered(run, place, step, payload)


def repeats(step: Step) -> bool:
    """Whether what `step` waits for may happen again and again: it interrupts nothing (EB4, ET3)."""
    return step.kind in {"boundaryEvent", "startEvent"} and not step.node.interrupting
