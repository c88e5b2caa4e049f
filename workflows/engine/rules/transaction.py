"""Transactions: a cancel end event stops the work, compensates what was completed, and leaves by the cancel boundary
(SX1, SX2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.bpmn.model import EventDefinition
from workflows.engine.events import InstanceNoted
from workflows.engine.program import Step
from workflows.engine.run import Run
from workflows.engine.state import Instance

from . import compensation
from .sub_process import SubProcess


class Transaction(SubProcess):
    """A transaction; one that ends normally is a sub-process like any other."""

    def triggered(self, run: Run, place: Instance, step: Step, variables: Mapping[str, Any]) -> None:
        """The completed work is undone: leave by the cancel boundary event of the transaction instance `place`."""
        transaction = run.step(place)
        whole = place
        if place.parent is not None and run.state.instances[place.parent].role == "body":
            whole = run.state.instances[place.parent]
        scope = whole.parent
        assert scope is not None
        boundary = next(item for item in transaction.boundaries if item.node.events[0].kind == "cancel")
        run.passed(step, place.id)
        run.cancel(whole)
        run.passed(boundary, scope)
        run.leave(boundary, scope)


def throw(run: Run, scope: str, step: Step, event: EventDefinition) -> None:
    """A cancel end event, which stands directly in a transaction."""
    place = run.state.instances[scope]
    chart = run.step(place).inside
    assert chart is not None
    run.clear(place.id)
    run.disarm(place.id, {start.id for start in chart.handler_starts})
    thrower = run.open(step, place.id, "event")
    compensation.compensate(run, thrower, [place.id], None)
    run.emit(InstanceNoted(thrower.id, {"cancels": True}))
