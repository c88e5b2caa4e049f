"""Opening a work item for whoever does jobs of a topic: a worker outside, the program, or a registered function."""

from __future__ import annotations

from workflows.bpmn.model import Job
from workflows.engine.events import TaskOpened
from workflows.engine.program import Step
from workflows.engine.run import Run
from workflows.engine.state import Instance

DEFAULT_RETRIES = 3


def open_job(run: Run, place: Instance, step: Step, job: Job, *, inner: bool = False) -> None:
    """Open the work item for workers of the job's topic; an `inner` one is no new round of its step."""
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
            round=run.state.rounds.get(step.id, 0) + (0 if inner else 1),
            retries=int(retries) if str(retries).isdigit() else DEFAULT_RETRIES,
            properties=dict(step.node.properties),
        )
    )
