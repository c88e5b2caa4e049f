"""A worker could not do a job: it is tried again later, or waits for help."""

from __future__ import annotations

from datetime import timedelta

from workflows.engine.commands import FailTask
from workflows.store import jobs

from .desk import Desk
from .handle import handle
from .held_job import held_job


def fail_job(
    desk: Desk, job_id: str, worker: str, message: str, *, retries: int, retry_after: timedelta = timedelta()
) -> None:
    """Report a technical failure (EE7) and give the job back.

    With `retries` left anybody may fetch it again after `retry_after`; with none it becomes an incident, JOB_FAILED.
    """
    with desk.open() as work:
        job = held_job(work, job_id, worker)
        handle(work, job.case_id, FailTask(job.task_id, message, retries))
        jobs.set_lock(work.connection, job_id, None, work.now + retry_after if retry_after else None)
