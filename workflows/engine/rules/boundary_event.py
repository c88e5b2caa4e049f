"""Boundary events: the activity is cancelled or goes on, and a token leaves from its border (semantics.md EB1 to
EB5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.engine.program import Step
from workflows.engine.run import Rule, Run
from workflows.engine.state import Instance

from . import compensation, data


class BoundaryEvent(Rule):
    """A boundary event; it waits in the instance of the activity, of a repeated activity in its body (EB5)."""

    def triggered(self, run: Run, place: Instance, step: Step, variables: Mapping[str, Any]) -> None:
        """The event happened while the activity was open."""
        scope = place.parent
        assert scope is not None
        if step.node.interrupting:
            facts = run.state.facts.get(place.id, {})
            run.cancel(place)
            compensation.handled(run, scope, facts)  # whatever waits for it as a handler waits no longer
        run.passed(step, scope)
        data.receive(run, step, scope, variables)
        run.leave(step, scope)
