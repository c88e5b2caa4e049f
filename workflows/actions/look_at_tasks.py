"""Look at work items through a program: those of the own offices as an administrator, or whatever one may know of."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.errors import NotFound, Refused
from workflows.store import cases, directory, worklist
from workflows.store.inbox import Inbox, inbox
from workflows.store.local_days import local_day
from workflows.store.screens.task_people import TaskPeople, task_people
from workflows.store.tasks_of_offices import tasks_of_offices
from workflows.store.worklist import TaskRow

from .administration import reach, require_administrator
from .desk import Desk
from .open_task import may_know

MOST_TASKS = 500


def look_at_tasks(desk: Desk, plan_id: int | None = None, person_id: int | None = None) -> list[TaskRow]:
    """The open tasks of people in the administered offices, most urgent first; of one plan, held by one person."""
    require_administrator(desk.by, None)
    with desk.database.read() as connection:
        return tasks_of_offices(connection, reach(desk.by), plan_id, person_id, MOST_TASKS)


def look_at_own_tasks(desk: Desk, after: str | None = None) -> Inbox:
    """A page of what the person may do, as the inbox shows it; with `after` the one behind this task."""
    if desk.by.person is None:
        raise Refused("NOT_SIGNED_IN")
    with desk.database.read() as connection:
        lent = directory.lent_to(connection, int(desk.by.person), desk.now)
        return inbox(connection, desk.by.person, desk.by.groups, desk.now, lent=lent, after=after)


@dataclass(frozen=True)
class TaskSeen:
    """One task with the people around it, and the revision of its case."""

    task: TaskRow
    people: TaskPeople
    revision: int


def look_at_task(desk: Desk, task_id: str) -> TaskSeen:
    """One task; NOT_YOURS for a program unless it administers its office, NotFound for a person who may not know it."""
    with desk.database.read() as connection:
        task = worklist.task(connection, task_id)
        if task is None or task.kind != "user":
            raise NotFound("task", id=task_id)
        if desk.by.person is None:
            require_administrator(desk.by, task.office_id)
        elif not may_know(connection, desk.by, task):
            raise NotFound("task", id=task_id)
        people = task_people(connection, task, desk.by.person, local_day(desk.now))
        return TaskSeen(task, people, cases.load_case(connection, task.case_id, lock=False).revision)
