"""Inclusive gateway: all true ways out; as a join it waits as long as a token may still come (Table 13.3, BPMN2-289;
GI1 to GI8)."""

from __future__ import annotations

from collections.abc import Iterable

from workflows.engine.events import TokenHeld, TokensTaken
from workflows.engine.program import Step
from workflows.engine.run import Rule, Run
from workflows.errors import Refused


class InclusiveGateway(Rule):
    """Splits to every true flow; joins when no token elsewhere in the scope may still reach an empty incoming flow."""

    def arrive(self, run: Run, step: Step, scope: str, flow: str | None) -> None:
        """A token over one of several flows is held until no token moves (see `release`)."""
        if flow is not None and len(step.incoming) > 1:
            run.emit(TokenHeld(scope, step.id, flow))
        else:
            self.fire(run, step, scope)

    def fire(self, run: Run, step: Step, scope: str) -> None:
        """Send tokens over all true flows, the default when there is none."""
        run.at = step.id
        taken = [
            link
            for link in step.outgoing
            if link is not step.default and (link.condition is None or run.holds(link.condition, scope))
        ]
        if not taken and step.default is not None:
            taken = [step.default]
        if not taken and step.outgoing:
            raise Refused("NO_OUTGOING_FLOW", element=step.id)
        run.passed(step, scope)
        for link in taken:
            run.move(link.target, scope, link.id)

    def release(self, run: Run, step: Step, scope: str) -> bool:
        """Fire the join if its rule allows; one token of each filled flow is taken."""
        filled = filled_flows(run, step, scope)
        if not filled or may_still_come(run, step, scope, filled):
            return False
        run.emit(TokensTaken(scope, step.id, filled))
        self.fire(run, step, scope)
        return True


def filled_flows(run: Run, step: Step, scope: str) -> tuple[str, ...]:
    """The incoming flows of a join that hold a token."""
    held = run.state.held.get(scope, {})
    return tuple(flow for flow in step.incoming if flow in held)


def may_still_come(run: Run, step: Step, scope: str, filled: Iterable[str]) -> bool:
    """Whether a token elsewhere in the scope can come to an empty flow and to no filled one, without passing the
    gateway.

    A way through a boundary event makes the join wait, but never releases it: the event may not happen (GI8).
    """
    reach, sure = step.chart.reach(step), step.chart.reach(step, boundaries=False)
    full = set(filled)
    for position in token_positions(run, step, scope):
        if any(position in reach[flow] for flow in step.incoming if flow not in full) and not any(
            position in sure[flow] for flow in full
        ):
            return True
    return False


def token_positions(run: Run, step: Step, scope: str) -> set[str]:
    """The steps of this scope where tokens are, other than at the join itself."""
    state = run.state
    positions = {place.element for place in state.instances.values() if place.parent == scope}
    for flow in state.held.get(scope, ()):
        target = step.chart.targets[flow]
        if target != step.id:
            positions.add(target)
    return positions
