"""What a closed task led to: the decision, what is open now and with whom, and the next task of the person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from workflows.errors import NotFound
from workflows.store import worklist

from .holding import Held, held_by
from .inbox import InboxRow, to_do
from .labels import PlanLabel, person_names, plan_labels


@dataclass(frozen=True)
class OpenNow:
    """A task that is open after the decision, and who holds it."""

    task: worklist.TaskRow
    held: Held


@dataclass(frozen=True)
class Result:
    """The decision and what the case waits for now."""

    task: worklist.TaskRow
    plan: PlanLabel | None
    by: str
    principal: str
    open_now: list[OpenNow]


@dataclass(frozen=True)
class Waiting:
    """How many tasks wait for the person (over `total` where they are not all counted), and the most urgent one."""

    total: int
    uncounted: bool
    first: InboxRow | None


def result_of(connection: Connection, task_id: str, on: date) -> Result:
    """The decision on this task, and the open tasks of its case."""
    task = worklist.task(connection, task_id)
    if task is None:
        raise NotFound("task", id=task_id)
    open_now = worklist.open_tasks_of(connection, case_id=task.case_id)
    holding = held_by(connection, open_now, on)
    names = person_names(connection, [task.closed_by, task.closed_for])
    return Result(
        task,
        plan_labels(connection, [task.plan_id]).get(task.plan_id or 0),
        names.get(task.closed_by or "", ""),
        names.get(task.closed_for or "", ""),
        [OpenNow(each, holding[each.id]) for each in open_now],
    )


def next_for(connection: Connection, person_id: int, groups: Collection[str], now: datetime) -> Waiting:
    """The next item of this person's inbox."""
    page = to_do(connection, person_id, groups, (), now, size=1)
    return Waiting(page.total, page.uncounted, page.rows[0] if page.rows else None)
