"""The open work items of people in some offices, for those who look after them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, or_, select

from .tables.worklist import tasks
from .worklist import TaskRow, task_rows


def tasks_of_offices(
    connection: Connection,
    offices: Collection[int | None] | None,
    plan_id: int | None,
    person_id: int | None,
    limit: int,
) -> list[TaskRow]:
    """Most urgent first; `offices` None stands for all, a None inside for tasks of no office."""
    wanted = select(tasks).where(tasks.c.status == "open", tasks.c.kind == "user")
    if offices is not None:
        named = tasks.c.office_id.in_([each for each in offices if each is not None])
        wanted = wanted.where(or_(named, tasks.c.office_id.is_(None)) if None in offices else named)
    if plan_id is not None:
        wanted = wanted.where(tasks.c.plan_id == plan_id)
    if person_id is not None:
        wanted = wanted.where(tasks.c.assignee == str(person_id))
    return task_rows(connection, wanted.order_by(tasks.c.due.is_(None), tasks.c.due, tasks.c.opened_at).limit(limit))
