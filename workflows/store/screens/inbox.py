"""The inbox: what waits for a person, what the person did, and what of it now waits for others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, or_, select

from workflows.plans.authority import by_name
from workflows.store import worklist
from workflows.store.directory import Delegation
from workflows.store.tables.plans import duties, occurrences, plans
from workflows.store.tables.reporting import cycles
from workflows.store.tables.worklist import tasks

from .labels import PlanLabel, person_names, plan_labels

DONE_SHOWN = 100


@dataclass(frozen=True)
class InboxRow:
    """A task with its plan; `subject` says which duty or cycle.

    `lent` names those for whom it may be done, where only a delegation gives the right. `done_for` is the person in
    whose place it was done, `done_by` who did it, each where that is somebody else.
    """

    task: worklist.TaskRow
    plan: PlanLabel | None
    subject: str = ""
    lent: tuple[str, ...] = ()
    done_for: str = ""
    done_by: str = ""


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
    lent: Sequence[Delegation],
    now: datetime,
    page: int,
    size: int,
) -> InboxPage:
    """The open tasks that this person may do in the own right or for another; pages count from 1."""
    found = worklist.inbox(connection, person_id, own, now, lent=lent, limit=size, offset=(page - 1) * size)
    keys = frozenset(own) | {by_name(person_id)}
    marked = tuple(_marked(row, person_id, keys, lent) for row in _with_plans(connection, found.tasks))
    return InboxPage(marked, found.total, {str(bucket): count for bucket, count in found.counts.items()})


def _marked(row: InboxRow, person_id: int, own: frozenset[str], lent: Sequence[Delegation]) -> InboxRow:
    """The row with the names of those for whom it may be done, where the person has no right of their own to it."""
    task = row.task
    if task.assignee == str(person_id) or (task.assignee is None and own & frozenset(task.groups)):
        return row
    return replace(row, lent=tuple(dict.fromkeys(each.from_name for each in lent if each.reaches(task))))


def done(connection: Connection, person_id: int) -> tuple[InboxRow, ...]:
    """What the person completed, or another in their place, latest first."""
    found = worklist.done_by(connection, person_id, DONE_SHOWN)
    names = person_names(connection, {name for task in found for name in (task.closed_by, task.closed_for)})
    return tuple(
        replace(
            row,
            done_for=names.get(row.task.closed_for or "", "") if row.task.closed_for != str(person_id) else "",
            done_by=names.get(row.task.closed_by or "", "") if row.task.closed_by != str(person_id) else "",
        )
        for row in _with_plans(connection, found)
    )


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
