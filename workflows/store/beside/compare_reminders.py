"""The reminders of open tasks against the events: nobody is silenced, and none is said to have been told who was not.

When a level of a task comes depends on the office's calendar, which may have changed since its time was worked out; so
a time is only wrong where no calendar explains it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, select

from workflows.engine.calendar import Calendar
from workflows.store.clockwork import calendars_of
from workflows.store.escalation_policies import LADDER, Policy, policies_of
from workflows.store.escalation_times import still_to_tell
from workflows.store.tables.display import setting_changes
from workflows.store.tables.worklist import escalations, tasks

from .compare_worklist import in_words
from .found import Beside
from .rows_of_events import Level, RowsOfCase

# No change of a calendar moves a level further: Tết with its weekends and swapped days.
EXPLAINED = timedelta(days=21)

_MARKS = select(escalations, tasks.c.case_id).join_from(escalations, tasks, tasks.c.id == escalations.c.task_id)
_MARKS = _MARKS.where(tasks.c.case_id.between(bindparam("first"), bindparam("last")))
_NEXT = select(tasks.c.id, tasks.c.case_id, tasks.c.next_escalation_at)
_NEXT = _NEXT.where(tasks.c.case_id.between(bindparam("first"), bindparam("last")))

Marks = Mapping[Level, datetime]


class Offices:
    """What each office that is met says of reminders: its calendar, its levels, and when it changed these."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._of: dict[int | None, tuple[Calendar, Policy, Collection[datetime]]] = {}

    def of(self, office_id: int | None) -> tuple[Calendar, Policy, Collection[datetime]]:
        """Its calendar, its own levels, and when these were changed."""
        if office_id not in self._of:
            changed = select(setting_changes.c.at).where(
                setting_changes.c.office_id == office_id, setting_changes.c.key == LADDER
            )
            calendar = calendars_of(self._connection, [office_id])[office_id]
            policy = policies_of(self._connection, [office_id]).get(office_id or 0, ())
            self._of[office_id] = calendar, policy, set(self._connection.scalars(changed))
        return self._of[office_id]


class ReminderRows:
    """When the tasks of the cases from `first` to `last` are spoken of next, and what was told of them."""

    def __init__(self, connection: Connection, first: int, last: int) -> None:
        bounds = {"first": first, "last": last}
        self._marks: dict[str, dict[Level, datetime]] = {}
        for row in connection.execute(_MARKS, bounds):
            self._marks.setdefault(row.task_id, {})[row.level, row.target] = row.at
        self._next: dict[str, datetime | None] = {
            row.id: row.next_escalation_at for row in connection.execute(_NEXT, bounds)
        }

    def marks(self, task_id: str) -> Marks:
        """The levels that count as told, each with its instant."""
        return self._marks.get(task_id, {})

    def has(self, task_id: str) -> bool:
        """Whether the task's row is there."""
        return task_id in self._next

    def next_at(self, task_id: str) -> datetime | None:
        """When the clock looks at the task."""
        return self._next[task_id]


def compare_reminders(rows: ReminderRows, said: RowsOfCase, plan_id: int | None, offices: Offices) -> Iterator[Beside]:
    """What was told and what comes next of each task of a case: FIELD, MISSING, SURPLUS."""
    for task_id, task in said.tasks.items():
        if rows.has(task_id):
            yield from _of_marks(rows.marks(task_id), said, task, plan_id, offices)
            yield from _of_next(rows, task, plan_id, offices)


def _of_marks(
    held: Marks, said: RowsOfCase, task: Mapping[str, Any], plan_id: int | None, offices: Offices
) -> Iterator[Beside]:
    """Levels are told by an event, or count as told when their time was over as the task was opened or moved, or as
    its office changed its levels."""
    told = said.reminded.get(task["id"], {})
    for (days, target), at in told.items():
        about = f"escalations {task['id']}:{days}:{target}"
        there = held.get((days, target))
        if there is None:
            yield Beside("MISSING", about, plan_id)
        elif there != at:
            yield Beside("FIELD", about, plan_id, "at", in_words(there), in_words(at))
    if held.keys() <= told.keys():
        return
    passed = {task["opened_at"], *said.planned.get(task["id"], ()), *offices.of(task["office_id"])[2]}
    for level, at in held.items():
        if level not in told and at not in passed:
            yield Beside("SURPLUS", f"escalations {task['id']}:{level[0]}:{level[1]}", plan_id)


def _of_next(rows: ReminderRows, task: Mapping[str, Any], plan_id: int | None, offices: Offices) -> Iterator[Beside]:
    """A closed task is spoken of no more; of an open one no level that nobody heard of is left out or put off."""
    held = rows.next_at(task["id"])
    about = f"tasks {task['id']}"
    if task["status"] != "open" or task["due"] is None:
        if held is not None:
            yield Beside("FIELD", about, plan_id, "next_escalation_at", in_words(held), None)
        return
    sure = next_of(task, rows.marks(task["id"]), offices, task["opened_at"] + EXPLAINED)
    if sure is not None and (held is None or held > sure + EXPLAINED):
        yield Beside("FIELD", about, plan_id, "next_escalation_at", in_words(held), in_words(sure))


def next_of(task: Mapping[str, Any], told: Collection[Level], offices: Offices, opened: datetime) -> datetime | None:
    """When the next level of an open task comes that nobody was told of; one before `opened` is told to nobody."""
    calendar, policy, _ = offices.of(task["office_id"])
    ladder = (policy if task["kind"] == "user" else ()) or task["escalation"]
    try:
        rungs = still_to_tell(calendar, task["due"], [(days, target) for days, target in ladder], opened)
    except (OverflowError, ValueError):  # a level that no calendar has, which the sweep leaves as well
        return None
    return min((rung.at for rung in rungs if (rung.days, rung.target) not in told), default=None)
