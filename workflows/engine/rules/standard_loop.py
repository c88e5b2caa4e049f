"""Standard loop: the same activity again while its condition is true (BPMN 2.0.2, 13.3.6; ML1, ML2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.engine.events import InstanceNoted
from workflows.engine.program import Step
from workflows.engine.run import Run
from workflows.engine.state import Instance
from workflows.errors import Refused

from .activity import Activity, Rounds


class StandardLoop(Rounds):
    """The body keeps how many rounds are over; `loopCounter` is that number in the condition, one more inside a
    round."""

    def start(self, run: Run, activity: Activity, body: Instance, step: Step) -> None:
        """Begin the first round, unless the condition is tested before and false."""
        loop = step.node.loop
        assert loop is not None
        run.at = step.id
        most = None
        if loop.maximum is not None:
            value = run.evaluate(loop.maximum, body.id)
            try:
                most = int(value)
            except (TypeError, ValueError) as problem:
                raise Refused(
                    "EXPRESSION_ERROR", element=step.id, message="loopMaximum phải là số nguyên."
                ) from problem
        run.emit(InstanceNoted(body.id, {"completed": 0, "most": most}))
        if (loop.test_before and not _again(run, body, step, {})) or (most is not None and most <= 0):
            activity.leave_body(run, body, step)
        else:
            run.later(body.id, _begin, run, activity, body, step)

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
        """Count the round and look whether there is another."""
        run.at = step.id
        run.emit(InstanceNoted(body.id, {"completed": run.state.facts[body.id]["completed"] + 1}))
        if _again(run, body, step, names):
            run.later(body.id, _begin, run, activity, body, step)
        else:
            activity.leave_body(run, body, step)


def _begin(run: Run, activity: Activity, body: Instance, step: Step) -> None:
    activity.begin(run, step, body.id, {"loopCounter": run.state.facts[body.id]["completed"] + 1})


def _again(run: Run, body: Instance, step: Step, names: Mapping[str, Any]) -> bool:
    loop = step.node.loop
    assert loop is not None
    known = run.state.facts[body.id]
    if known["most"] is not None and known["completed"] >= known["most"]:
        return False
    return loop.condition is None or run.holds(loop.condition, body.id, {**names, "loopCounter": known["completed"]})
