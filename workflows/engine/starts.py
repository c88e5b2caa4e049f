"""What starts cases by itself: the timer, message and signal start events of a deployed file (ET4, EM5, ES3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflows.bpmn.expressions import ExpressionError, parse
from workflows.bpmn.model import Definition, EventDefinition, Node
from workflows.errors import Refused

from .actor import Context
from .rules.timer import again, first_due
from .state import Timer


@dataclass(frozen=True, slots=True)
class StartTrigger:
    """A start event that waits since deployment; `due` (UTC) is for a timer, `name` for a message or signal."""

    process: str
    start: str
    kind: str
    name: str | None = None
    due: datetime | None = None
    cycle: str | None = None
    anchor: datetime | None = None
    fired: int = 0
    left: int | None = 1


def start_triggers(definition: Definition, context: Context) -> tuple[StartTrigger, ...]:
    """What a newly deployed file waits for; it replaces what an older version of the same process waited for."""
    return tuple(
        _trigger(process.id, node, node.events[0], context)
        for process in definition.processes
        for node in process.nodes
        if node.kind == "startEvent" and node.events
    )


def following(trigger: StartTrigger) -> StartTrigger | None:
    """The next firing of a start timer after this one has fired; None after the last."""
    if trigger.due is None:
        return None
    timer = Timer("0", "", "", trigger.due, trigger.cycle, trigger.anchor, trigger.fired, trigger.left)
    armed = again(timer, "0")
    if armed is None:
        return None
    return StartTrigger(
        trigger.process,
        trigger.start,
        trigger.kind,
        None,
        armed.due,
        armed.cycle,
        armed.anchor,
        armed.fired,
        armed.left,
    )


def _trigger(process: str, node: Node, event: EventDefinition, context: Context) -> StartTrigger:
    def evaluate(text: str) -> Any:  # noqa: ANN401 - whatever the expression gives
        try:
            return parse(text).evaluate(
                {},
                {
                    "now": lambda: context.now,
                    "ngay_lam_viec": lambda days: context.calendar.add_working_days(context.now, days),
                },
            )
        except ExpressionError as problem:
            raise Refused("EXPRESSION_ERROR", element=node.id, message=problem.message) from problem

    if event.kind != "timer":
        return StartTrigger(process, node.id, event.kind, str(evaluate(event.name or "")))
    due, cycle, left = first_due(event, evaluate, context.now, node.id)
    return StartTrigger(process, node.id, "timer", None, due, cycle, context.now if cycle else None, 0, left)
