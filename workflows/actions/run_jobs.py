"""Automatic steps that were left open are carried out: their topic was unknown then, or they had to wait."""

from __future__ import annotations

from functools import partial

from workflows.engine import state_from_json
from workflows.engine.commands import CompleteTask
from workflows.errors import Refused
from workflows.store import cases, worklist

from .automation import AUTOMATION, Job
from .desk import Desk, Swept, Work
from .handle import handle
from .one_by_one import one_by_one
from .run_functions import run_functions


def run_jobs(desk: Desk, limit: int = 500) -> Swept:
    """Carry out the open jobs that the program or a registered function does; the others wait for a worker outside."""
    desk = desk.as_clock()
    with desk.database.read() as connection:
        waiting = worklist.open_jobs(connection, limit, topics=AUTOMATION)
    steps = [partial(_run, case_id=job.case_id, task_id=job.id, topic=job.topic or "") for job in waiting]
    return one_by_one(desk, steps) + run_functions(desk, limit)


def _run(work: Work, case_id: int, task_id: str, topic: str) -> None:
    case = cases.load_case(work.connection, case_id, lock=True)
    local = task_id.split("-", 1)[1]
    variables = state_from_json(case.state).visible(local)
    answer = AUTOMATION[topic](Job(work, case, variables))
    if answer is None:
        raise Refused("NOT_DUE", task=task_id)
    handle(work, case_id, CompleteTask(local, answer))
