"""When what a completed task led to went on, so that the task can no longer be taken back (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import events as ev


def goes_on(handed: Mapping[str, Any], event: ev.Event) -> bool:
    """Whether this event moves what a step was handed on to, given the facts of its `StepHandedOn`: a task that came of
    it is taken or closed, an instance is left, or a token that waited at a join is used."""
    match event:
        case ev.TaskAssigned() | ev.TaskClosed():
            return event.task_id in handed["tasks"]
        case ev.NodeLeft():
            return event.instance == handed["scope"] or event.instance in handed["places"]
        case ev.TokensTaken():
            return event.parent == handed["scope"] and not set(event.flows).isdisjoint(handed["held"])
    return False
