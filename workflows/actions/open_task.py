"""A task that a person may act on now: open, with its case locked; else who was first, to those who may know."""

from __future__ import annotations

from sqlalchemy import Connection

from workflows.engine.actor import CLOCK, Actor
from workflows.errors import NotFound, Refused
from workflows.store import cases, worklist
from workflows.store.directory.groups import PERSON
from workflows.store.remembered import Known, known_now
from workflows.store.screens import sight
from workflows.store.screens.labels import person_names
from workflows.store.suspending import require_going_on
from workflows.store.worklist import TaskRow

from .desk import Work
from .lent_authority import require_lent_authority


def open_task(work: Work, task_id: str) -> tuple[TaskRow, Known]:
    """The open task and its locked case with its state, to be passed on to `handle`; two who act on it take turns here.

    NotFound also for a task that the actor may not know of. ALREADY_DONE names who was first (`by`, and `person` for
    the program) and when; TASK_CANCELLED whose deed took the plan another way; DELEGATION_OVER for somebody who acts
    for another without authority for it at this instant; WORK_SUSPENDED while the office of the task is suspended.
    """
    try:
        known = known_now(work.connection, worklist.case_of(task_id))
    except NotFound as missing:
        raise NotFound("task", id=task_id) from missing
    task = worklist.task(work.connection, task_id)
    if task is None or task.kind != "user" or not may_know(work.connection, work.by, task):
        raise NotFound("task", id=task_id)
    if task.status == "completed":
        names = person_names(work.connection, [task.closed_by])
        by = names.get(task.closed_by or "", CLOCK.name)
        raise Refused("ALREADY_DONE", by=by, person=task.closed_by, at=task.closed_at, outcome=task.outcome)
    if task.status != "open":
        closer = cases.closer_of(work.connection, task.case_id, task.task_id, task.closed_at)
        raise Refused("TASK_CANCELLED", by=closer, at=task.closed_at)
    if task.office_id is not None and not work.by.is_system:
        require_going_on(work.connection, task.office_id)
    require_lent_authority(work, task)
    return task, known


def may_know(connection: Connection, by: Actor, task: TaskRow) -> bool:
    """Whoever is offered the task, has it or had it, and everybody who may look at its plan or its office's work."""
    if by.is_system or (by.groups | {f"{PERSON}@{by.person}"}) & set(task.groups):
        return True
    if {by.person, by.on_behalf_of} & {task.assignee, task.closed_by} - {None}:
        return True
    own = sight.sight_of(connection, by.groups)
    if task.plan_id is not None:
        return sight.sees(connection, own, task.plan_id)
    return task.office_id in own.office_ids
