"""A BPMN error of a worker or a person: the process goes the way that it has for this error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.engine.commands import ThrowTaskError
from workflows.store import worklist
from workflows.store.remembered import Known

from .administration import WORKER
from .desk import Desk, Work
from .handle import handle
from .held_job import held_job
from .open_task import open_task


def report_task_error(
    desk: Desk,
    task_id: str,
    code: str,
    *,
    worker: str = "",
    message: str = "",
    variables: Mapping[str, Any] | None = None,
) -> None:
    """Throw a BPMN error from an open work item; one that nothing catches fails the case (EE5).

    A job's is thrown by its worker, that of a person's task by whoever may do the task.
    """
    with desk.open() as work:
        task, case = _open(work, task_id, worker)
        handle(work, case, ThrowTaskError(task.task_id, code, message, variables or {}))


def _open(work: Work, task_id: str, worker: str) -> tuple[worklist.TaskRow, int | Known]:
    found = worklist.task(work.connection, task_id)
    if work.by.channel == WORKER or (found is not None and found.kind == "job"):
        job = held_job(work, task_id, worker)
        return job, job.case_id
    return open_task(work, task_id)
