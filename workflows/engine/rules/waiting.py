"""Arming events: what each kind of trigger needs in order to wait, in one explicit table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from workflows.bpmn.model import EventDefinition
from workflows.engine.program import Step
from workflows.engine.run import Run
from workflows.engine.state import Instance

from . import conditional, message, signal, timer

Arm: TypeAlias = Callable[[Run, Instance, Step, EventDefinition], None]

ARM: dict[str, Arm] = {"timer": timer.arm, "message": message.arm, "signal": signal.arm, "conditional": conditional.arm}


def arm(run: Run, step: Step, place: Instance) -> None:
    """Make `step` wait in the instance `place`; kinds that are found by search (error, escalation, ...) need no
    waiting."""
    for event in step.node.events:
        act = ARM.get(event.kind)
        if act is not None:
            run.at = step.id
            act(run, place, step, event)


def arm_all(run: Run, steps: Iterable[Step], place: Instance) -> None:
    """Make all these steps wait in the instance."""
    for step in steps:
        arm(run, step, place)
