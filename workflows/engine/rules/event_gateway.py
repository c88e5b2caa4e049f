"""Event-based gateway: the token waits for the first of several events (semantics.md GE1, GE2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.engine.program import Step
from workflows.engine.run import Rule, Run
from workflows.engine.state import Instance

from . import data
from .waiting import arm


class EventGateway(Rule):
    """An event-based gateway: the token waits here for the first of the events behind it."""

    def arrive(self, run: Run, step: Step, scope: str, flow: str | None) -> None:
        """Make every target wait in the gateway's own instance."""
        place = run.open(step, scope, "event")
        for link in step.outgoing:
            arm(run, link.target, place)


def choose(run: Run, gateway: Instance, target: Step, payload: Mapping[str, Any]) -> None:
    """The gateway's token goes over `target`; the other events are withdrawn with the instance (GE2)."""
    data.receive(run, target, gateway.id, payload)
    run.close(gateway, kind="eventBasedGateway")
    assert gateway.parent is not None
    run.passed(target, gateway.parent)
