"""Automatic steps that were left open are carried out: their topic was unknown then, or they had to wait."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from workflows.engine import state_from_json
from workflows.engine.commands import CompleteTask
from workflows.errors import Refused
from workflows.store import cases, worklist

from .automation import AUTOMATION, DISTRIBUTION, Job
from .desk import Desk, Swept, Work
from .handle import handle
from .one_by_one import one_by_one
from .run_functions import run_functions


def run_jobs(desk: Desk, limit: int = 500) -> Swept:
    """Carry out the open jobs that the program or a registered function does; the others wait for a worker outside.

    What sends an issued document on its way is done by `distribute`.
    """
    clock = desk.as_clock()
    steps = own_steps(clock, AUTOMATION.keys() - DISTRIBUTION, limit)
    return one_by_one(clock, steps) + run_functions(clock, limit)


def own_steps(desk: Desk, topics: Collection[str], limit: int) -> list[Callable[[Work], None]]:
    """The open jobs of these topics of the program's own, oldest first, as steps of a sweep."""
    with desk.database.read() as connection:
        waiting = worklist.open_jobs(connection, limit, topics=topics)
    return [partial(_run, case_id=job.case_id, task_id=job.id, topic=job.topic or "") for job in waiting]


def _run(work: Work, case_id: int, task_id: str, topic: str) -> None:
    case = cases.load_case(work.connection, case_id, lock=True)
    local = task_id.split("-", 1)[1]
    variables = state_from_json(case.state).visible(local)
    answer = AUTOMATION[topic](Job(work, case, variables))
    if answer is None:
        raise Refused("NOT_DUE", task=task_id)
    handle(work, case_id, CompleteTask(local, answer))
