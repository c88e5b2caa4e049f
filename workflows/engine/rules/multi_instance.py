"""Multi-instance activities, parallel and sequential (BPMN 2.0.2, 13.3.7; semantics.md M1 to M10)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from workflows.bpmn.expressions import parse
from workflows.bpmn.model import MultiInstance as Characteristics
from workflows.engine.events import InstanceNoted, VariablesSet
from workflows.engine.program import Step
from workflows.engine.run import Run
from workflows.engine.state import Instance
from workflows.errors import Refused

from .activity import Activity, Rounds

SIMPLE_NAME = re.compile(r"[=$#{\s]*([^\W\d]\w*)[}\s]*")

REJECTED = "nrOfRejectedInstances"  # how many said no, where the process says what that is; it outlives the rounds


class MultiInstance(Rounds):
    """One instance per item or number; the body keeps the counters and the results."""

    def start(self, run: Run, activity: Activity, body: Instance, step: Step) -> None:
        """Count the instances once (M8) and start the first one or all of them."""
        multi = step.node.multi
        assert multi is not None and body.parent is not None
        run.at = step.id
        items, total = _items(run, multi, body.parent, step.id)
        if total > run.context.limits.cardinality:
            raise Refused("LIMIT_EXCEEDED", element=step.id, limit="cardinality", most=run.context.limits.cardinality)
        results = {"results": [None] * total} if multi.output_collection else {}
        run.emit(InstanceNoted(body.id, {"total": total, "completed": 0, "items": items, **results}))
        run.emit(VariablesSet(body.id, _counters(multi, total, 0)))
        if total == 0:
            self._finish(run, activity, body, step)
        for index in range(min(total, 1) if multi.sequential else total):
            run.later(body.id, _begin, run, activity, body, step, index)

    def add(self, run: Run, activity: Activity, body: Instance, step: Step, item: Any) -> None:  # noqa: ANN401 - JSON
        """One more instance, behind all that there were; the numbers of those before stay."""
        multi, known = step.node.multi, run.state.facts[body.id]
        assert multi is not None
        index, total = len(known["items"]), known["total"] + 1
        results = {"results": [*known["results"], None]} if "results" in known else {}
        run.emit(InstanceNoted(body.id, {"total": total, "items": [*known["items"], item], **results}))
        run.emit(VariablesSet(body.id, _counters(multi, total, known["completed"])))
        run.later(body.id, _begin, run, activity, body, step, index)

    def drop(self, run: Run, activity: Activity, body: Instance, step: Step, place: Instance) -> None:
        """One instance fewer, as if it had never been asked; the rest may be complete without it (M5)."""
        multi, known = step.node.multi, run.state.facts[body.id]
        assert multi is not None
        run.at = step.id
        dropped = [*known.get("dropped", ()), run.state.facts[place.id]["index"]]
        run.cancel(place)
        total, completed = known["total"] - 1, known["completed"]
        run.emit(InstanceNoted(body.id, {"total": total, "dropped": dropped}))
        counters = _counters(multi, total, completed)
        run.emit(VariablesSet(body.id, counters))
        condition = multi.completion_condition
        if completed == total or (condition and run.holds(condition, body.id, counters)):
            self._finish(run, activity, body, step)

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
        """Count the round, look at the completion condition (M5), go on or finish."""
        multi = step.node.multi
        assert multi is not None
        run.at = step.id
        known = run.state.facts[body.id]
        completed, total = known["completed"] + 1, known["total"]
        noted: dict[str, Any] = {"completed": completed}
        if multi.output_collection is not None:
            results = list(known["results"])
            value = run.evaluate(multi.output_element, body.id, names) if multi.output_element else None
            results[facts["index"]] = run.kept(value)
            noted["results"] = results
        counters = _counters(multi, total, completed)
        ends = False
        rights = step.node.human.rights if step.node.human is not None else None
        if rights is not None and rights.rejected is not None:
            said_no = run.holds(rights.rejected, body.id, {**names, **counters})
            noted[REJECTED] = counters[REJECTED] = known.get(REJECTED, 0) + int(said_no)
            ends = said_no and rights.first_reject_ends
        run.emit(InstanceNoted(body.id, noted))
        run.emit(VariablesSet(body.id, counters))
        condition = multi.completion_condition
        if completed == total or ends or (condition and run.holds(condition, body.id, {**names, **counters})):
            self._finish(run, activity, body, step)
        elif multi.sequential:
            run.later(body.id, _begin, run, activity, body, step, completed)

    def _finish(self, run: Run, activity: Activity, body: Instance, step: Step) -> None:
        """Cancel what is left (M6), hand over the results in index order (M9), and leave."""
        multi = step.node.multi
        assert multi is not None and body.parent is not None
        run.clear(body.id)
        if REJECTED in run.state.facts[body.id]:
            run.write(body.parent, {REJECTED: run.state.facts[body.id][REJECTED]})
        if multi.output_collection is not None:
            known = run.state.facts[body.id]
            gone = known.get("dropped", ())
            results = [result for index, result in enumerate(known["results"]) if index not in gone]
            run.write(body.parent, {_name(multi.output_collection): results})
        activity.leave_body(run, body, step)


def _begin(run: Run, activity: Activity, body: Instance, step: Step, index: int) -> None:
    multi = step.node.multi
    assert multi is not None
    items = run.state.facts[body.id]["items"]
    variables: dict[str, Any] = {"loopCounter": index + multi.counter_base}
    if multi.element_variable is not None and items is not None:
        variables[multi.element_variable] = items[index]
    if multi.output_element is not None:
        simple = SIMPLE_NAME.fullmatch(multi.output_element)
        if simple is not None and simple[1] not in variables and multi.output_element.strip().startswith("="):
            variables[simple[1]] = None  # zeebe: an output element that is a plain name is local to its instance
    activity.begin(run, step, body.id, variables, facts={"index": index})


def _items(run: Run, multi: Characteristics, scope: str, element: str) -> tuple[list[Any] | None, int]:
    """The collection (None when only a number is given) and the number of instances; anything else is an error
    (M10)."""
    if multi.collection is not None:
        expression = parse(multi.collection)
        if expression.is_literal:
            value = run.state.visible(scope).get(multi.collection.strip())
        else:
            value = run.evaluate(expression, scope)
        if not isinstance(value, list | tuple):
            raise Refused("EXPRESSION_ERROR", element=element, message="Tập hợp của bước lặp phải là danh sách.")
        return run.kept(list(value)), len(value)
    value = run.evaluate(multi.cardinality or "", scope)
    if isinstance(value, str) and re.fullmatch(r"\s*\d{1,18}\s*", value):
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise Refused("EXPRESSION_ERROR", element=element, message="Số lần lặp phải là số nguyên không âm.")
    return None, value


def _name(text: str) -> str:
    """A variable name that was written as such, as `${name}` or as `= name`."""
    simple = SIMPLE_NAME.fullmatch(text.strip())
    return simple[1] if simple else text.strip()


def _counters(multi: Characteristics, total: int, completed: int) -> dict[str, Any]:
    active = min(1, total - completed) if multi.sequential else total - completed
    return {
        "nrOfInstances": total,
        "nrOfActiveInstances": active,
        "nrOfCompletedInstances": completed,
        "numberOfInstances": total,
        "numberOfActiveInstances": active,
        "numberOfCompletedInstances": completed,
        "numberOfTerminatedInstances": 0,
    }
