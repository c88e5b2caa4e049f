"""The inbox: what waits for a person, what the person did, and what of it now waits for others."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, or_, select

from workflows.store import worklist
from workflows.store.tables.plans import duties, occurrences, plans
from workflows.store.tables.reporting import cycles
from workflows.store.tables.worklist import tasks

from .labels import PlanLabel, plan_labels

DONE_SHOWN = 100


@dataclass(frozen=True)
class InboxRow:
    """A task with its plan; `subject` says which duty or cycle; `lent` when only a delegation gives the right."""

    task: worklist.TaskRow
    plan: PlanLabel | None
    subject: str = ""
    lent: bool = False


@dataclass(frozen=True)
class InboxPage:
    """One page of the inbox in order of urgency, the whole count, and the count of each bucket."""

    rows: tuple[InboxRow, ...]
    total: int
    counts: dict[str, int]


def to_do(  # noqa: PLR0917 - what is judged together
    connection: Connection,
    person_id: int,
    own: Collection[str],
    lent: Collection[str],
    now: datetime,
    page: int,
    size: int,
) -> InboxPage:
    """The open tasks that this person may do with own and lent groups; pages count from 1."""
    groups = frozenset(own) | frozenset(lent)
    found = worklist.inbox(connection, person_id, groups, now, limit=size, offset=(page - 1) * size)
    rows = _with_plans(connection, found.tasks)
    marked = tuple(
        replace(row, lent=bool(row.task.groups) and not frozenset(own) & frozenset(row.task.groups))
        if row.task.assignee is None
        else row
        for row in rows
    )
    return InboxPage(marked, found.total, {str(bucket): count for bucket, count in found.counts.items()})


def done(connection: Connection, person_id: int) -> tuple[InboxRow, ...]:
    """What the person completed, latest first."""
    return _with_plans(connection, worklist.done_by(connection, person_id, DONE_SHOWN))


def with_others(connection: Connection, person_id: int, name: str, groups: Collection[str]) -> tuple[InboxRow, ...]:
    """Open tasks of other people in plans that this person made or acted on, most urgent first."""
    acted = select(tasks.c.plan_id).where(tasks.c.closed_by == str(person_id), tasks.c.plan_id.is_not(None))
    made = select(plans.c.id).where(plans.c.created_by == name)
    wanted = (
        select(tasks)
        .where(
            tasks.c.status == "open",
            tasks.c.kind == "user",
            or_(tasks.c.plan_id.in_(acted), tasks.c.plan_id.in_(made)),
        )
        .order_by(tasks.c.due.is_(None), tasks.c.due, tasks.c.opened_at)
        .limit(DONE_SHOWN)
    )
    rows = worklist.task_rows(connection, wanted)
    others = [row for row in rows if row.assignee != str(person_id) and not frozenset(row.groups) & frozenset(groups)]
    return _with_plans(connection, others)


def _with_plans(connection: Connection, found: Collection[worklist.TaskRow]) -> tuple[InboxRow, ...]:
    labels = plan_labels(connection, [task.plan_id for task in found])
    subjects = _subjects(connection, [task.case_id for task in found if task.process != "ke_hoach"])
    return tuple(InboxRow(task, labels.get(task.plan_id or 0), subjects.get(task.case_id, "")) for task in found)


def _subjects(connection: Connection, case_ids: Collection[int]) -> dict[int, str]:
    """Which duty, or which report cycle, a case is about."""
    duty_of = (
        select(occurrences.c.case_id, duties.c.no, duties.c.title, occurrences.c.key)
        .join(duties, duties.c.id == occurrences.c.duty_id)
        .where(occurrences.c.case_id.in_(case_ids))
    )
    said = {row.case_id: f"{row.no}. {row.title} ({row.key})" for row in connection.execute(duty_of)}
    cycle_of = select(cycles.c.case_id, cycles.c.key).where(cycles.c.case_id.in_(case_ids))
    return said | {row.case_id: row.key for row in connection.execute(cycle_of)}
