"""Look at work items through a program: those of the own offices as an administrator, or whatever one may know of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflows.errors import NotFound, Refused
from workflows.store import cases, directory, worklist
from workflows.store.inbox import Inbox, inbox, narrowed_to
from workflows.store.local_days import local_day
from workflows.store.screens.task_people import TaskPeople, task_people
from workflows.store.tasks_of_offices import tasks_of_offices
from workflows.store.worklist import TaskRow

from .administration import reach, require_administrator
from .desk import Desk
from .open_task import may_know


@dataclass(frozen=True)
class Narrowing:
    """To which tasks a list is narrowed: those of one step, of plans with these folded words, due before an instant."""

    form: str = ""
    words: str = ""
    until: datetime | None = None


EVERYTHING = Narrowing()


def look_at_tasks(
    desk: Desk,
    narrowing: Narrowing,
    *,
    limit: int,
    plan_id: int | None = None,
    person_id: int | None = None,
    after: Sequence[Any] | None = None,
) -> list[TaskRow]:
    """The open tasks of people in the administered offices, most urgent first; of one plan, held by one person.

    `after` is the place of the last one of the page before.
    """
    require_administrator(desk.by, None)
    narrowed = narrowed_to(form=narrowing.form, words=narrowing.words, until=narrowing.until)
    with desk.database.read() as connection:
        return tasks_of_offices(
            connection, reach(desk.by), narrowed, plan_id=plan_id, person_id=person_id, limit=limit, after=after
        )


def look_at_own_tasks(
    desk: Desk, after: str | None = None, narrowing: Narrowing = EVERYTHING, limit: int = 50
) -> Inbox:
    """A page of what the person may do, as the inbox shows it; with `after` the one behind this task."""
    if desk.by.person is None:
        raise Refused("NOT_SIGNED_IN")
    with desk.database.read() as connection:
        lent = directory.lent_to(connection, int(desk.by.person), desk.now)
        return inbox(
            connection,
            desk.by.person,
            desk.by.groups,
            desk.now,
            lent=lent,
            form=narrowing.form,
            words=narrowing.words,
            until=narrowing.until,
            limit=limit,
            after=after,
        )


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
