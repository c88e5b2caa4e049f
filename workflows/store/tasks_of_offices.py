"""The open work items of people in some offices, for those who look after them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from .keyset import behind
from .of_offices import Offices, is_of
from .tables.worklist import tasks
from .worklist import TaskRow, task_rows


def tasks_of_offices(
    connection: Connection,
    offices: Offices,
    narrowed: Sequence[ColumnElement[bool]] = (),
    *,
    limit: int,
    plan_id: int | None = None,
    person_id: int | None = None,
    after: Sequence[Any] | None = None,
) -> list[TaskRow]:
    """Most urgent first; `offices` None stands for all, a None inside for tasks of no office.

    `after` is the `place` of the last task of the page before; `narrowed` are conditions of `inbox.narrowed_to`.
    """
    order = (tasks.c.due.is_(None), tasks.c.due, tasks.c.opened_at, tasks.c.id)
    ours = is_of(tasks.c.office_id, offices)
    wanted = select(tasks).where(tasks.c.status == "open", tasks.c.kind == "user", ours, *narrowed)
    if plan_id is not None:
        wanted = wanted.where(tasks.c.plan_id == plan_id)
    if person_id is not None:
        wanted = wanted.where(tasks.c.assignee == str(person_id))
    if after is not None:
        wanted = wanted.where(behind(order, after))
    return task_rows(connection, wanted.order_by(*order).limit(limit))


def place(task: TaskRow) -> tuple[bool, datetime | None, datetime, str]:
    """Where a task stands in the order of these lists."""
    return task.due is None, task.due, task.opened_at, task.id
