"""Business rule tasks: a deployed decision is made at once, any other is a worker's job (semantics.md T5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workflows.bpmn.dmn import Decision, Outcome, evaluate
from workflows.bpmn.model import DecisionCall
from workflows.engine.program import Step
from workflows.engine.run import Run
from workflows.engine.state import Instance
from workflows.errors import Refused

from .job import JobTask

RESULT = "decisionResult"  # the name under which output mappings see the result (Camunda 7)


class BusinessRule(JobTask):
    """A business rule task."""

    def work(self, run: Run, place: Instance, step: Step) -> None:
        """Make the decision and go on, or open the job."""
        call = step.node.decision
        decision = _decision(run, place, call) if call is not None else None
        if call is None or decision is None:
            super().work(run, place, step)
            return
        run.at = step.id
        try:
            outcome = evaluate(decision, run.state.visible(place.id), run.functions)
            value = MAPPINGS[call.mapping](outcome)
        except Refused as refused:
            raise Refused(refused.code, **{**refused.facts, "element": step.id}) from refused
        except ValueError as problem:
            message = f"Quyết định cho nhiều hơn một kết quả, không lấy {call.mapping} được."
            raise Refused(
                "DECISION_ERROR",
                element=step.id,
                decision=decision.id,
                rules=outcome.rules,
                problem="NOT_SINGLE",
                message=message,
            ) from problem
        results = {call.variable: value} if call.variable else {}
        if step.node.outputs:
            results[RESULT] = value
        self.complete(run, place, step, results)


def _decision(run: Run, place: Instance, call: DecisionCall) -> Decision | None:
    key = str(run.evaluate(call.decision, place.id))
    version = str(run.evaluate(call.version, place.id)) if call.version is not None else None
    return run.definitions.decision(key, call.binding, version, run.state.homes[place.root][0])


def _single_entry(outcome: Outcome) -> Any:  # noqa: ANN401 - a JSON value
    (value,) = _single_result(outcome).values() or (None,)
    return value


def _single_result(outcome: Outcome) -> Mapping[str, Any]:
    (row,) = outcome.rows or ({},)
    return row


def _entries(outcome: Outcome) -> list[Any]:
    found = []
    for row in outcome.rows:
        (value,) = row.values()
        found.append(value)
    return found


MAPPINGS: Mapping[str, Callable[[Outcome], Any]] = {
    "raw": lambda outcome: outcome.value,
    "singleEntry": _single_entry,
    "singleResult": lambda outcome: dict(_single_result(outcome)) if outcome.rows else None,
    "collectEntries": _entries,
    "resultList": lambda outcome: [dict(row) for row in outcome.rows],
}
