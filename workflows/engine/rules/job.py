"""Work for automation workers: service, send and business rule tasks, message events with a job type (semantics.md
T2, T3, T5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.bpmn.model import Job
from workflows.engine.events import TaskOpened
from workflows.engine.program import Step
from workflows.engine.run import Run
from workflows.engine.state import Instance

from . import message
from .activity import Activity

DEFAULT_RETRIES = 3


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


def open_job(run: Run, place: Instance, step: Step, job: Job) -> None:
    """Open the work item for workers of the job's topic."""
    topic = run.evaluate(job.topic, place.id)
    retries = run.evaluate(job.retries, place.id) if job.retries is not None else DEFAULT_RETRIES
    run.emit(
        TaskOpened(
            place.id,
            step.id,
            name=step.node.name,
            kind="job",
            topic=str(topic),
            variables=run.state.variables.get(place.id, {}),
            round=run.state.rounds.get(step.id, 0) + 1,
            retries=int(retries) if str(retries).isdigit() else DEFAULT_RETRIES,
            properties=dict(step.node.properties),
        )
    )
