"""A worker has done a job."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.engine.commands import CompleteTask

from .desk import Desk
from .handle import handle
from .held_job import held_job


def complete_job(
    desk: Desk, job_id: str, worker: str, variables: Mapping[str, Any] | None = None, *, local: bool = False
) -> bool:
    """Complete the job with its results; `local` keeps them in the step, and only output mappings leave (D3).

    False when the case could not go on from here: the job stays open, and an incident says why.
    """
    with desk.open() as work:
        job = held_job(work, job_id, worker)
        handled = handle(work, job.case_id, CompleteTask(job.task_id, variables or {}, local))
        return job.task_id not in handled.state.tasks
