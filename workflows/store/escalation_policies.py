"""An office's own levels of escalation, which stand before those that a process was drawn with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from workflows.engine.calendar import Calendar

from .due import levels_told, record_levels
from .escalation_times import Level, still_to_tell
from .tables.processes import cases
from .tables.ways_out import escalation_policies
from .tables.worklist import tasks
from .worklist import TaskRow, task_rows

LADDER = "cac_muc_nhac"  # the key of the levels in the record of changes
Policy = tuple[tuple[int, str], ...]


def policy_of(connection: Connection, office_id: int | None) -> Policy:
    """The levels (working days, target) of this office in order of time; empty: the processes' own hold."""
    mine = select(escalation_policies.c.level, escalation_policies.c.target)
    mine = mine.where(escalation_policies.c.office_id == office_id)
    return tuple((row[0], row[1]) for row in connection.execute(mine.order_by("level", "target")))


def policies_of(connection: Connection, office_ids: Iterable[int | None]) -> dict[int, Policy]:
    """The levels of those of these offices that have levels of their own, with one query."""
    table = escalation_policies
    wanted = select(table.c.office_id, table.c.level, table.c.target)
    mine = wanted.where(table.c.office_id.in_({number for number in office_ids if number is not None}))
    found: dict[int, Policy] = {}
    for office_id, level, target in connection.execute(mine.order_by(table.c.office_id, "level", "target")):
        found[office_id] = (*found.get(office_id, ()), (level, target))
    return found


def keep_policy(
    connection: Connection, office_id: int, policy: Iterable[tuple[int, str]], now: datetime, by: str
) -> None:
    """Put these levels in the place of the office's; none gives the word back to the processes."""
    connection.execute(delete(escalation_policies).where(escalation_policies.c.office_id == office_id))
    rows = [
        {"office_id": office_id, "level": level, "target": target, "changed_at": now, "changed_by": by}
        for level, target in dict.fromkeys(policy)
    ]
    if rows:
        connection.execute(insert(escalation_policies), rows)


def ladder_of(task: TaskRow, policy: Policy, calendar: Calendar) -> list[Level]:
    """The levels of a task that is due, in order of time: the office's where it has any, else those it came with."""
    assert task.due is not None, "only a task with a due date has a ladder"
    return still_to_tell(calendar, task.due, policy or task.escalation, task.opened_at)


def open_tasks_due(connection: Connection, office_id: int) -> list[TaskRow]:
    """The open tasks of people in this office that have a due date."""
    wanted = select(tasks).join(cases, cases.c.id == tasks.c.case_id)
    wanted = wanted.where(tasks.c.office_id == office_id, tasks.c.status == "open", tasks.c.kind == "user")
    return task_rows(connection, wanted.where(tasks.c.due.is_not(None)).order_by(tasks.c.id))


def tasks_called(connection: Connection, task_ids: Iterable[str]) -> list[TaskRow]:
    """These tasks, where they are open and due at all."""
    mine = (tasks.c.id.in_(list(task_ids)), tasks.c.status == "open", tasks.c.due.is_not(None))
    return task_rows(connection, select(tasks).where(*mine).order_by(tasks.c.id))


def replan(connection: Connection, found: Sequence[TaskRow], policy: Policy, calendar: Calendar, now: datetime) -> None:
    """Set when each of these tasks is spoken of next; levels whose time is over are noted and told to nobody."""
    told = levels_told(connection, [task.id for task in found])
    passed: list[tuple[str, Level]] = []
    next_at: dict[str, datetime | None] = {}
    for task in found:
        ladder = ladder_of(task, policy, calendar)
        fresh = [rung for rung in ladder if (rung.days, rung.target) not in told[task.id]]
        passed += [(task.id, rung) for rung in fresh if rung.at <= now]
        next_at[task.id] = min((rung.at for rung in fresh if rung.at > now), default=None)
    record_levels(connection, passed, next_at, now)
