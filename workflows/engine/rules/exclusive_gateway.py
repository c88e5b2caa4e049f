"""Exclusive gateway: one way out, and every arriving token passes by itself (semantics.md GX1 to GX4)."""

from __future__ import annotations

from workflows.engine.program import Step
from workflows.engine.run import Rule, Run
from workflows.errors import Refused


class ExclusiveGateway(Rule):
    """One way out; every arriving token passes by itself."""

    def arrive(self, run: Run, step: Step, scope: str, flow: str | None) -> None:
        """Take the first flow whose condition is true, in the order of the file, else the default."""
        run.at = step.id
        if not step.conditional:
            taken = step.outgoing[0] if step.outgoing else None
        else:
            taken = next(
                (
                    link
                    for link in step.outgoing
                    if link is not step.default and (link.condition is None or run.holds(link.condition, scope))
                ),
                step.default,
            )
            if taken is None:
                raise Refused("NO_OUTGOING_FLOW", element=step.id)
        run.passed(step, scope)
        if taken is not None:
            run.move(taken.target, scope, taken.id)
