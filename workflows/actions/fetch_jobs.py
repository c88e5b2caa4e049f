"""Workers outside fetch jobs by topic, and hold them for a while."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from workflows.engine import state_from_json
from workflows.errors import Refused
from workflows.store import cases, jobs
from workflows.store.case_row import CaseRow
from workflows.store.worklist import TaskRow

from .administration import reach, require_scope, require_worker
from .desk import Desk, Work

LONGEST_LOCK = timedelta(days=1)
MOST_JOBS = 100


@dataclass(frozen=True)
class FetchedJob:
    """A job in a worker's hands until `locked_until`; `variables` is everything that its step sees."""

    id: str
    case_id: int
    process: str
    element: str
    topic: str
    business_key: str | None
    variables: Mapping[str, Any]
    retries: int | None
    locked_until: datetime


def fetch_jobs(
    desk: Desk, topics: Collection[str], worker: str, lock_for: timedelta, limit: int = 10
) -> list[FetchedJob]:
    """Lock open jobs of these topics for this worker; one job is never in two hands at once.

    BAD_FIELD for a worker without a name, a lock longer than a day, or more than a hundred jobs; OUT_OF_SCOPE for a
    topic that this worker was not let in for.
    """
    require_worker(desk.by)
    for topic in topics:
        require_scope(desk.by, "topic", topic)
    _check(worker, lock_for, limit)
    until = desk.now + lock_for
    with desk.open() as work:
        locked = jobs.lock_jobs(
            work.connection, topics, worker, now=work.now, until=until, limit=limit, offices=reach(desk.by)
        )
        states: dict[int, CaseRow] = {}
        return [_fetched(work, job, until, states) for job in locked]


def _check(worker: str, lock_for: timedelta, limit: int) -> None:
    if not worker.strip():
        raise Refused("BAD_FIELD", field="worker", value=worker)
    if not timedelta() < lock_for <= LONGEST_LOCK:
        raise Refused("BAD_FIELD", field="lock_for", value=lock_for.total_seconds())
    if not 0 < limit <= MOST_JOBS:
        raise Refused("BAD_FIELD", field="limit", value=limit)


def _fetched(work: Work, job: TaskRow, until: datetime, known: dict[int, CaseRow]) -> FetchedJob:
    case = known.setdefault(job.case_id, cases.load_case(work.connection, job.case_id, lock=False))
    variables = state_from_json(case.state).visible(job.task_id)
    return FetchedJob(
        job.id,
        job.case_id,
        job.process,
        job.element,
        job.topic or "",
        case.business_key,
        variables,
        job.retries,
        until,
    )
