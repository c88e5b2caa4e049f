"""Look at the work items of the own offices from the administrator's side."""

from __future__ import annotations

from workflows.errors import NotFound
from workflows.store import worklist
from workflows.store.screens.task_people import TaskPeople, task_people
from workflows.store.tasks_of_offices import tasks_of_offices
from workflows.store.worklist import TaskRow

from .administration import reach, require_administrator
from .desk import Desk

MOST_TASKS = 500


def look_at_tasks(desk: Desk, plan_id: int | None = None, person_id: int | None = None) -> list[TaskRow]:
    """The open tasks of people in the administered offices, most urgent first; of one plan, held by one person."""
    require_administrator(desk.by, None)
    with desk.database.read() as connection:
        return tasks_of_offices(connection, reach(desk.by), plan_id, person_id, MOST_TASKS)


def look_at_task(desk: Desk, task_id: str) -> tuple[TaskRow, TaskPeople]:
    """One task with the people around it; NotFound, NOT_YOURS unless its office is administered."""
    with desk.database.read() as connection:
        task = worklist.task(connection, task_id)
        if task is None or task.kind != "user":
            raise NotFound("task", id=task_id)
        require_administrator(desk.by, task.office_id)
        return task, task_people(connection, task, None, desk.now.date())
