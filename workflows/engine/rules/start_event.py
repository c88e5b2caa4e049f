"""Start events: of a process or sub-process they only let the token go; of an event sub-process they wait in its
parent scope."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.engine.program import Step
from workflows.engine.run import Rule, Run
from workflows.engine.state import Instance

from .event_sub_process import interrupt_or_add


class StartEvent(Rule):
    """A start event."""

    def arrive(self, run: Run, step: Step, scope: str, flow: str | None) -> None:
        """The scope starts here."""
        run.passed(step, scope)
        run.leave(step, scope)

    def triggered(self, run: Run, place: Instance, step: Step, variables: Mapping[str, Any]) -> None:
        """The event sub-process that starts here was triggered in the scope instance `place`."""
        interrupt_or_add(run, place, step, variables)
