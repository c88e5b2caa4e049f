"""Parallel gateway: all ways out at once, and a join of one token from every way in (semantics.md GP1 to GP4)."""

from __future__ import annotations

from workflows.engine.events import TokenHeld, TokensTaken
from workflows.engine.program import Step
from workflows.engine.run import Rule, Run


class ParallelGateway(Rule):
    """All ways out at once; as a join it waits until every incoming flow holds a token."""

    def arrive(self, run: Run, step: Step, scope: str, flow: str | None) -> None:
        """Hold the token; fire when every incoming flow has one, taking exactly one from each."""
        if flow is not None and len(step.incoming) > 1:
            run.emit(TokenHeld(scope, step.id, flow))
            self.join(run, step, scope)
        else:
            self._fork(run, step, scope)

    def join(self, run: Run, step: Step, scope: str) -> bool:
        """Fire the join when it is complete."""
        held = run.state.held.get(scope, {})
        if any(incoming not in held for incoming in step.incoming):
            return False
        run.emit(TokensTaken(scope, step.id, step.incoming))
        self._fork(run, step, scope)
        return True

    def _fork(self, run: Run, step: Step, scope: str) -> None:
        run.passed(step, scope)
        for link in step.outgoing:
            run.move(link.target, scope, link.id)
