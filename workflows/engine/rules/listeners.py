"""Registered functions that a step calls before and after its work: each is a job in an instance of its own, inside the
step's (semantics.md T2; the order is that of Camunda 7).

A step that is cancelled calls nobody any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.bpmn.model import Job
from workflows.engine.program import Step
from workflows.engine.run import Run
from workflows.engine.state import Instance

from .open_job import open_job

LISTENER = "listener"
BEFORE, AFTER = ("start", "create"), ("complete", "end")


def call(
    run: Run,
    place: Instance,
    step: Step,
    moments: tuple[str, ...],
    results: Mapping[str, Any] | None = None,
    *,
    local: bool = False,
    at: int = 0,
) -> bool:
    """Open the job of listener number `at` of these moments; False when there is none, so that the step goes on.

    After the work it sees the `results`, which wait with it until the last listener is done.
    """
    wanted = [each for moment in moments for each in step.node.listeners if each.moment == moment]
    if at >= len(wanted):
        return False
    facts = {"after": moments is AFTER, "at": at, "results": dict(results or {}), "local": local}
    facts["function"] = wanted[at].function
    listener = run.open(step, place.id, LISTENER, dict(results) if results else None, facts)
    open_job(run, listener, step, Job(wanted[at].function), inner=True)
    return True
