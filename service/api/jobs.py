"""Jobs of external task workers: fetch and lock, extend, complete, fail, report a BPMN error."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from workflows import actions
from workflows.actions.administration import reach, require_scope
from workflows.actions.desk import Desk
from workflows.store import jobs

from .policy import WORKER, Call, Caller, Routes
from .shapes import CompletedJob, CompleteJob, ExtendLock, FailJob, FetchedJobs, FetchJobs, Job, TaskId, ThrowError

routes = Routes("jobs")
LOOK_SECONDS = 0.5


@routes.post("/jobs/fetch", WORKER, "fetch_jobs")
async def fetch_jobs(request: Request, caller: Call, body: FetchJobs) -> FetchedJobs:
    """Lock open jobs of these topics for this worker; one job is never in two hands at once."""
    found = await run_in_threadpool(_fetch, caller, body)
    for _ in range(int(body.wait_seconds / LOOK_SECONDS)):
        if found.jobs or await request.is_disconnected():
            break
        await asyncio.sleep(LOOK_SECONDS)
        found = await run_in_threadpool(_fetch, caller, body)
    return found


def _fetch(caller: Caller, body: FetchJobs) -> FetchedJobs:
    """One look; where nothing is free it writes nothing, so that waiting workers do not wear out the database."""
    desk = Desk(caller.web.database, caller.web.clock(), caller.actor, caller.web.functions, caller.demands)
    for topic in body.topics:
        require_scope(desk.by, "topic", topic)
    with desk.database.read() as connection:
        if not jobs.any_free(connection, body.topics, now=desk.now, offices=reach(desk.by)):
            return FetchedJobs(jobs=[])
    lock = timedelta(seconds=body.lock_seconds)
    locked = actions.fetch_jobs(desk, body.topics, caller.worker(body.worker), lock, body.limit)
    return FetchedJobs(jobs=[Job.model_validate(each, from_attributes=True) for each in locked])


@routes.post("/jobs/{job_id}/extend", WORKER, "extend_lock", status_code=204)
def extend_lock(caller: Call, job_id: TaskId, body: ExtendLock) -> None:
    """Hold a fetched job for longer."""
    actions.extend_lock(caller.desk, job_id, caller.worker(body.worker), timedelta(seconds=body.lock_seconds))


@routes.post("/jobs/{job_id}/complete", WORKER, "complete_job")
def complete_job(caller: Call, job_id: TaskId, body: CompleteJob) -> CompletedJob:
    """The job is done; done twice is refused with 409 NOT_WAITING, and nothing is changed."""
    done = actions.complete_job(caller.desk, job_id, caller.worker(body.worker), body.variables, local=body.local)
    caller.web.nudge()
    return CompletedJob(completed=done)


@routes.post("/jobs/{job_id}/fail", WORKER, "fail_job", status_code=204)
def fail_job(caller: Call, job_id: TaskId, body: FailJob) -> None:
    """The job could not be done: tried again later, or an incident when no retries are left."""
    pause = timedelta(seconds=body.retry_seconds)
    worker = caller.worker(body.worker)
    actions.fail_job(caller.desk, job_id, worker, body.message, retries=body.retries, retry_after=pause)


@routes.post("/jobs/{job_id}/error", WORKER, "throw_error", status_code=204)
def throw_error(caller: Call, job_id: TaskId, body: ThrowError) -> None:
    """A BPMN error of this job; one that nothing catches fails the case."""
    actions.report_task_error(
        caller.desk,
        job_id,
        body.code,
        worker=caller.worker(body.worker),
        message=body.message,
        variables=body.variables,
    )
    caller.web.nudge()
