"""Complex gateway: fires once enough flows hold tokens, then absorbs the rest of the round (BPMN 2.0.2, Table 13.5;
GC1, GC2)."""

from __future__ import annotations

from typing import Any

from workflows.engine.events import InstanceNoted, TokenHeld, TokensTaken
from workflows.engine.program import Link, Step
from workflows.engine.run import Rule, Run
from workflows.errors import Refused

from .inclusive_gateway import filled_flows, may_still_come

PHASE = "waitingForStart"


class ComplexGateway(Rule):
    """The flows whose token was used in the present round are kept with the scope instance, under `fired`."""

    def arrive(self, run: Run, step: Step, scope: str, flow: str | None) -> None:
        """Count the token in; in a round that has fired already it is absorbed."""
        if flow is None or len(step.incoming) <= 1:
            self._fire(run, step, scope, first=True)
            return
        run.emit(TokenHeld(scope, step.id, flow))
        seen = _seen(run, step, scope)
        if seen is None:
            self._start(run, step, scope)
        elif flow not in seen:
            run.emit(TokensTaken(scope, step.id, (flow,)))
            _note(run, step, scope, [*seen, flow])

    def release(self, run: Run, step: Step, scope: str) -> bool:
        """End the round when no further token of it can come (the inclusive rule), and look at the next one."""
        seen = _seen(run, step, scope)
        if seen is None or may_still_come(run, step, scope, seen):
            return False
        _note(run, step, scope, None)
        self._fire(run, step, scope, first=False)
        self._start(run, step, scope)
        return True

    def _start(self, run: Run, step: Step, scope: str) -> None:
        filled = filled_flows(run, step, scope)
        run.at = step.id
        names = {"activationCount": len(filled), PHASE: True}
        if filled and run.holds(step.node.activation_condition or "", scope, names):
            run.emit(TokensTaken(scope, step.id, filled))
            _note(run, step, scope, list(filled))
            self._fire(run, step, scope, first=True)

    def _fire(self, run: Run, step: Step, scope: str, *, first: bool) -> None:
        """At the start all true flows; at the reset only those whose condition asks for the phase."""
        run.at = step.id
        names = {PHASE: first}
        open_links = [link for link in step.outgoing if link is not step.default and (first or _asks_for_phase(link))]
        taken = [link for link in open_links if link.condition is None or run.holds(link.condition, scope, names)]
        if first:
            if not taken and step.default is not None:
                taken = [step.default]
            if not taken and step.outgoing:
                raise Refused("NO_OUTGOING_FLOW", element=step.id)
            run.passed(step, scope)
        for link in taken:
            run.move(link.target, scope, link.id)
        run.touch(scope)


def _asks_for_phase(link: Link) -> bool:
    return link.condition is not None and PHASE in link.condition.names()


def _seen(run: Run, step: Step, scope: str) -> list[str] | None:
    fired: dict[str, Any] = run.state.facts.get(scope, {}).get("fired", {})
    return fired.get(step.id)


def _note(run: Run, step: Step, scope: str, flows: list[str] | None) -> None:
    fired = dict(run.state.facts.get(scope, {}).get("fired", {}))
    if flows is None:
        fired.pop(step.id, None)
    else:
        fired[step.id] = flows
    run.emit(InstanceNoted(scope, {"fired": fired}))
