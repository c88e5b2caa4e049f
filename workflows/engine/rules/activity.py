"""The life of an activity: data in, boundaries armed, its own work, data out, and on (BPMN 2.0.2, 13.3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.engine.program import Step
from workflows.engine.run import Rule, Run
from workflows.engine.state import Instance

from . import compensation, data, listeners
from .waiting import arm_all


class Rounds:
    """A way to run an activity several times inside one body: multi-instance or loop."""

    def start(self, run: Run, activity: Activity, body: Instance, step: Step) -> None:
        """The body is open; begin the first rounds, or leave at once."""
        raise NotImplementedError

    def ended(
        self,
        run: Run,
        activity: Activity,
        body: Instance,
        step: Step,
        *,
        facts: Mapping[str, Any],
        names: Mapping[str, Any],
    ) -> None:
        """One round is over; `facts` are those of its instance, `names` what it saw last."""
        raise NotImplementedError


class Activity(Rule):
    """What all activities share; the work itself is `work`, which calls `complete` when it is done."""

    def __init__(self, multi: Rounds, loop: Rounds) -> None:
        self._multi = multi
        self._loop = loop

    def arrive(self, run: Run, step: Step, scope: str, flow: str | None) -> None:
        """Each arriving token makes an instance of its own (G4)."""
        self.enter(run, step, scope)

    def enter(
        self,
        run: Run,
        step: Step,
        scope: str,
        variables: dict[str, Any] | None = None,
        *,
        facts: dict[str, Any] | None = None,
        role: str = "activity",
    ) -> None:
        """Begin the activity, once or as often as it is repeated."""
        rounds = self.rounds(step)
        if rounds is None:
            self.begin(run, step, scope, variables, facts=facts, role=role)
            return
        body = run.open(step, scope, "body", variables, facts)
        arm_all(run, step.boundaries, body)
        if body.id in run.state.instances:
            rounds.start(run, self, body, step)

    def rounds(self, step: Step) -> Rounds | None:
        """How the activity is repeated, if it is."""
        if step.node.multi is not None:
            return self._multi
        return self._loop if step.node.loop is not None else None

    def begin(
        self,
        run: Run,
        step: Step,
        scope: str,
        variables: dict[str, Any] | None = None,
        *,
        facts: dict[str, Any] | None = None,
        role: str = "activity",
    ) -> Instance:
        """Open an instance, give it its data, arm its boundaries and start its work."""
        run.at = step.id
        inputs = data.inputs(run, step, scope, variables or {})
        local = {**(variables or {}), **inputs} if variables or inputs else None
        place = run.open(step, scope, role, local, facts)
        if run.state.instances[scope].role != "body" or role == "handler":
            arm_all(run, step.boundaries, place)
        if not listeners.call(run, place, step, listeners.BEFORE):
            self.work(run, place, step)
        return place

    def work(self, run: Run, place: Instance, step: Step) -> None:
        """Do what this activity does; the default is nothing (T7, T8)."""
        self.complete(run, place, step)

    def complete(
        self, run: Run, place: Instance, step: Step, results: Mapping[str, Any] | None = None, *, local: bool = False
    ) -> None:
        """The work is done: whoever listens to that, data out (D2, D3), then the next round, or on over the flows."""
        if not listeners.call(run, place, step, listeners.AFTER, results, local=local):
            self._close(run, place, step, results or {}, local=local)

    def heard(self, run: Run, listener: Instance, step: Step, results: Mapping[str, Any]) -> None:
        """A listener is done: the next one, or the work of the step, or its end with all results."""
        assert listener.parent is not None
        place, facts = run.state.instances[listener.parent], run.state.facts[listener.id]
        local, following = facts["local"], facts["at"] + 1
        run.close(listener, kind=step.kind, body=True)
        if facts["after"]:
            merged = {**facts["results"], **results}
            if not listeners.call(run, place, step, listeners.AFTER, merged, local=local, at=following):
                self._close(run, place, step, merged, local=local)
            return
        run.write(place.id, results)
        if not listeners.call(run, place, step, listeners.BEFORE, at=following):
            self.work(run, place, step)

    def _close(self, run: Run, place: Instance, step: Step, results: Mapping[str, Any], *, local: bool) -> None:
        assert place.parent is not None
        run.at = step.id
        names = data.outputs(run, step, place, results, local=local)
        facts = run.state.facts.get(place.id, {})
        compensation.keep(run, place, step)
        scope = place.parent
        run.close(place, kind=step.kind, body=place.role == "handler" and not step.node.for_compensation)
        if place.role == "handler":
            compensation.handled(run, scope, facts)
            return
        body = run.state.instances[scope]
        rounds = self.rounds(step)
        if rounds is not None and body.role == "body":
            rounds.ended(run, self, body, step, facts=facts, names=names)
        else:
            self._go_on(run, step, scope)

    def leave_body(self, run: Run, body: Instance, step: Step) -> None:
        """All rounds are over: the repeated activity as a whole is left."""
        assert body.parent is not None
        facts = run.state.facts.get(body.id, {})
        if not step.node.for_compensation:
            compensation.hand_up(run, body)
        run.close(body, kind=step.kind, body=True)
        if step.node.for_compensation:
            compensation.handled(run, body.parent, facts)
        else:
            self._go_on(run, step, body.parent)

    def _go_on(self, run: Run, step: Step, scope: str) -> None:
        run.leave(step, scope)
        outer = run.state.instances[scope]
        surrounding = run.step(outer)
        run.rules[surrounding.kind].inner_left(run, outer, surrounding)
