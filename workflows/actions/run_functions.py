"""Jobs that wait for a registered function: slow ones, and those whose function failed before, are called now.

The function runs between two transactions, so that it holds up nobody: the job is locked, the function is called, and
its answer is written. Around a crash it may be called twice for the same job.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from workflows.engine import state_from_json
from workflows.errors import Refused
from workflows.store import cases, jobs
from workflows.store.worklist import TaskRow

from .automatic_steps import pause_after
from .complete_job import complete_job
from .desk import Desk, Swept
from .fail_job import fail_job
from .functions import Answer, Call, call_function
from .one_by_one import SOMEBODY_WAS_FIRST
from .report_task_error import report_task_error

RUNNER = "kehoach"
LOCK = timedelta(minutes=10)
_log = logging.getLogger(__name__)


def run_functions(desk: Desk, limit: int) -> Swept:
    """Call the function of each open job that has one and that nobody holds, one after another."""
    swept = Swept()
    while desk.functions.names and swept.found < limit:
        taken = _take(desk)
        if taken is None:
            return swept
        job, call = taken
        answer = call_function(desk.functions, call)
        if answer.failure is not None:
            _log.warning("function failed in case %s: %s", job.case_id, answer.failure)
        swept += _report(desk, job, answer)
    return swept


def _take(desk: Desk) -> tuple[TaskRow, Call] | None:
    """The next job, locked, and what its function is to see."""
    with desk.open() as work:
        found = jobs.lock_jobs(
            work.connection, work.functions.names, RUNNER, now=work.now, until=work.now + LOCK, limit=1
        )
        if not found:
            return None
        job = found[0]
        case = cases.load_case(work.connection, job.case_id, lock=False)
        variables = state_from_json(case.state).visible(job.task_id)
        return job, Call(job.topic or "", case.id, case.business_key, variables, work.now)


def _report(desk: Desk, job: TaskRow, answer: Answer) -> Swept:
    try:
        if answer.error is not None:
            error = answer.error
            report_task_error(desk, job.id, error.code, worker=RUNNER, message=error.message, variables=error.variables)
        elif answer.failure is not None:
            left = max((job.retries or 0) - 1, 0)
            pause = pause_after(left) if left else timedelta()
            fail_job(desk, job.id, RUNNER, answer.failure, retries=left, retry_after=pause)
            return Swept(1, 0, 1)
        else:
            complete_job(desk, job.id, RUNNER, answer.variables)
    except Refused as refused:
        if refused.code not in SOMEBODY_WAS_FIRST:
            _log.warning("answer of %s refused: %s", job.topic, refused)
            return Swept(1, 0, 1)
    return Swept(1, 1, 0)
