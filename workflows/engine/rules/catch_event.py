"""Intermediate catch events: the token waits for a trigger (semantics.md EL1, ET1 to ED2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.engine.program import Step
from workflows.engine.run import Rule, Run
from workflows.engine.state import Instance

from . import data
from .event_gateway import choose
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
