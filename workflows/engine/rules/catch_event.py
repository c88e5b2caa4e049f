"""Intermediate catch events and the event-based gateway that waits for several of them (semantics.md GE1, GE2, EL1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.engine.program import Step
from workflows.engine.run import Rule, Run
from workflows.engine.state import Instance

from . import data
from .activity import Activity
from .waiting import ARM, arm


class CatchEvent(Rule):
    """An intermediate catch event."""

    def arrive(self, run: Run, step: Step, scope: str, flow: str | None) -> None:
        """Wait; an event that is found rather than waited for (the target of a link) lets the token through."""
        if step.node.events[0].kind not in ARM:
            run.passed(step, scope)
            run.leave(step, scope)
            return
        arm(run, step, run.open(step, scope, "event"))

    def triggered(self, run: Run, place: Instance, step: Step, variables: Mapping[str, Any]) -> None:
        """It happened: the token goes on from here."""
        scope = place.parent
        assert scope is not None
        if place.element == step.id:
            data.receive(run, step, place.id, variables)
            run.close(place, kind=step.kind)
        else:
            choose(run, place, step, variables)
        run.leave(step, scope)


class ReceiveTask(Activity):
    """A receive task waits for its message (T4, EM7)."""

    def work(self, run: Run, place: Instance, step: Step) -> None:
        """Wait."""
        arm(run, step, place)

    def triggered(self, run: Run, place: Instance, step: Step, variables: Mapping[str, Any]) -> None:
        """The message is here."""
        if place.element == step.id:
            self.complete(run, place, step, variables)
            return
        scope = place.parent
        assert scope is not None
        choose(run, place, step, variables)
        run.leave(step, scope)


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
