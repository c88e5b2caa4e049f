"""A worker needs longer for a job."""

from __future__ import annotations

from datetime import timedelta

from workflows.errors import Refused
from workflows.store import jobs

from .desk import Desk
from .fetch_jobs import LONGEST_LOCK
from .held_job import held_job


def extend_lock(desk: Desk, job_id: str, worker: str, lock_for: timedelta) -> None:
    """Hold the job for this long from now; NOT_LOCKED unless this worker fetched it, LOCKED when another holds it."""
    if not timedelta() < lock_for <= LONGEST_LOCK:
        raise Refused("BAD_FIELD", field="lock_for", value=lock_for.total_seconds())
    with desk.open() as work:
        job = held_job(work, job_id, worker)
        if job.locked_by != worker:
            raise Refused("NOT_LOCKED", task=job_id)
        jobs.set_lock(work.connection, job_id, worker, work.now + lock_for)
