"""Work for automation workers: service, send and business rule tasks, message events with a job type (semantics.md
T2, T3, T5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.engine.program import Step
from workflows.engine.run import Run
from workflows.engine.state import Instance

from . import message
from .activity import Activity
from .open_job import open_job


class JobTask(Activity):
    """A task that a worker does; a send task without a job type hands its message to the outbox instead."""

    def work(self, run: Run, place: Instance, step: Step) -> None:
        """Open the job, or throw the message and go on."""
        if step.node.job is not None:
            open_job(run, place, step, step.node.job)
            return
        for event in step.node.events:
            message.throw(run, place.id, step, event)
        self.complete(run, place, step)

    def done(self, run: Run, place: Instance, step: Step, results: Mapping[str, Any], *, local: bool) -> None:
        """The worker has completed it."""
        self.complete(run, place, step, results, local=local)
