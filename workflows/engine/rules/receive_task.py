"""Receive tasks wait for their message (semantics.md T4, EM7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.engine.program import Step
from workflows.engine.run import Run
from workflows.engine.state import Instance

from .activity import Activity
from .event_gateway import choose
from .waiting import arm


class ReceiveTask(Activity):
    """A receive task, by itself or behind an event-based gateway."""

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
