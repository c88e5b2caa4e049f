"""A job that a worker may report on: open, and not held by another worker."""

from __future__ import annotations

from workflows.errors import NotFound, Refused
from workflows.store import cases, worklist
from workflows.store.suspending import require_going_on
from workflows.store.worklist import TaskRow

from .administration import require_reach, require_scope
from .desk import Work


def held_job(work: Work, job_id: str, worker: str) -> TaskRow:
    """The open job, with its case locked; NOT_WAITING when it is over, LOCKED while another worker holds it.

    A worker whose lock ran out may still report as long as nobody else fetched the job. WORK_SUSPENDED while its office
    is suspended.
    """
    found = worklist.task(work.connection, job_id)
    if found is None or found.kind != "job":
        raise NotFound("job", id=job_id)
    require_reach(work.by, found.office_id)
    require_scope(work.by, "topic", found.topic or "")
    cases.load_case(work.connection, found.case_id, lock=True)
    if found.office_id is not None:
        require_going_on(work.connection, found.office_id)
    job = worklist.task(work.connection, job_id)
    assert job is not None, "rows of tasks are never deleted"
    if job.status != "open":
        raise Refused("NOT_WAITING", task=job_id, status=job.status)
    held_on = job.locked_until is not None and job.locked_until > work.now
    if held_on and job.locked_by not in (None, worker):
        raise Refused("LOCKED", by=job.locked_by, until=job.locked_until)
    return job
