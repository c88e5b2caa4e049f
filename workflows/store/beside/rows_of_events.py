"""The rows that the events of a case lead to, made by the same rule that writes them (`projection.project`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Row

from workflows.engine import State, event_from_json, state_to_json
from workflows.engine.calendar import Calendar
from workflows.engine.events import Event, SubscriptionOpened, TaskReminded, TaskRescheduled
from workflows.engine.evolve import apply
from workflows.store.projection import CaseFacts, Changes, as_listed, project, task_row_id

Values = dict[str, Any]
Level = tuple[int, str]
# Where the levels of a task lie in time is not asked of it: that is the matter of `compare_reminders`.
_ANY_CALENDAR = Calendar()


@dataclass
class RowsOfCase:
    """What stands in the read models of a case after the commands that it was told, by the key of each row.

    `reminded` says of each task when the events name a level as told, since the task was last due anew; `planned` when
    its levels were placed otherwise.
    """

    facts: CaseFacts
    state: State = field(default_factory=State)
    tasks: dict[str, Values] = field(default_factory=dict)
    timers: dict[str, Values] = field(default_factory=dict)
    subscriptions: dict[str, Values] = field(default_factory=dict)
    incidents: dict[str, Values] = field(default_factory=dict)
    reminded: dict[str, dict[Level, datetime]] = field(default_factory=dict)
    planned: dict[str, set[datetime]] = field(default_factory=dict)
    _offers: dict[str, list[str]] = field(default_factory=dict)

    def take(self, command: Sequence[Event], at: datetime) -> None:
        """Go on by the events of one command; KeyError for events that no case can have had."""
        for event in command:
            apply(self.state, event)
        asked = any(isinstance(event, SubscriptionOpened) for event in command)  # only then the projection looks at it
        self._write(project(self.facts, command, at, _ANY_CALENDAR, state_to_json(self.state) if asked else {}))
        for event in command:
            if isinstance(event, TaskReminded):
                told = self.reminded.setdefault(task_row_id(self.facts.id, event.task_id), {})
                told.update(dict.fromkeys(event.levels, at))
            elif isinstance(event, TaskRescheduled):
                row_id = task_row_id(self.facts.id, event.task_id)
                self.reminded.pop(row_id, None)
                self.planned.setdefault(row_id, set()).add(at)

    @property
    def task_groups(self) -> dict[str, Values]:
        """What stands beside each group that a task is offered to."""
        found: dict[str, Values] = {}
        for task_id, groups in self._offers.items():
            listed = as_listed(self.tasks[task_id])
            found |= {f"{task_id}:{key}": {"task_id": task_id, "group_key": key, **listed} for key in groups}
        return found

    def _write(self, changes: Changes) -> None:
        """As `cases.carry_out` writes it."""
        self.tasks |= changes.tasks
        for row_id in changes.task_groups_gone:
            self._offers.pop(row_id, None)
        for row in changes.task_groups:
            self._offers.setdefault(row["task_id"], []).append(row["group_key"])
        for row_id, values in changes.task_updates.items():
            self.tasks[row_id].update(values)
        for row_id, (due, days) in changes.rescheduled.items():
            if self.tasks[row_id]["status"] == "open":
                self.tasks[row_id].update(due=due, due_days=days)
        _come_and_go(self.timers, changes.timers, changes.timers_gone)
        for timer_id, due in changes.timers_moved.items():
            self.timers[timer_id]["due"] = due
        _come_and_go(self.subscriptions, changes.subscriptions, changes.subscriptions_gone)
        _come_and_go(self.incidents, changes.incidents, changes.incidents_gone)


def rows_said_by(row: Row[Any], happened: Sequence[Row[Any]]) -> RowsOfCase | None:
    """What these rows of events lead to in the case of this row; None where nobody can read them any more."""
    first = happened[0].data if happened and isinstance(happened[0].data, dict) else {}
    office_id, plan_id = belongs_to(first) or (row.office_id, row.plan_id)
    said = RowsOfCase(CaseFacts(row.id, first.get("process", ""), office_id, plan_id, first.get("business_key")))
    try:
        for _, written in groupby(happened, key=lambda event: int(event.revision)):
            command = list(written)
            said.take([event_from_json({"event": each.type, **each.data}) for each in command], command[0].at)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    return said


def belongs_to(first: Mapping[str, Any]) -> tuple[int | None, int | None] | None:
    """The office and the plan that the first event of a case names; None in one of before version 0036."""
    belongs = first.get("belongs")
    return (belongs.get("office"), belongs.get("plan")) if isinstance(belongs, dict) and belongs else None


def _come_and_go(rows: dict[str, Values], come: Mapping[str, Values], gone: Sequence[str]) -> None:
    for key in gone:
        rows.pop(key, None)
    rows.update(come)
