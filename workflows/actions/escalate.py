"""Remind and escalate: each rung of a task's ladder is told once, to a target found in the organisation."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from sqlalchemy import Connection

from workflows.engine.calendar import Calendar
from workflows.store import clockwork
from workflows.store.due import levels_told
from workflows.store.escalation_policies import Policy, policies_of
from workflows.store.escalation_times import Level, Reminder, remind, still_to_tell
from workflows.store.reminding import DueTask, claim_due, write_reminders
from workflows.store.shard import EVERY_OFFICE, Shard

from .desk import Desk, Swept, Work
from .handle import who

# Tasks of one transaction: enough that a statement's cost is shared, few enough to hold few rows and little memory.
CHUNK = 5_000
_log = logging.getLogger(__name__)


def escalate(desk: Desk, limit: int | None = None, shard: Shard = EVERY_OFFICE) -> Swept:
    """Tell the rungs that are due of open tasks, up to `limit` of them (None: all), some thousands a transaction.

    Several may sweep at once: what one has claimed the others leave to it.
    """
    clock, swept, last = desk.as_clock(), Swept(), None
    ladders = Ladders()
    while limit is None or swept.found < limit:
        wanted = CHUNK if limit is None else min(CHUNK, limit - swept.found)
        with clock.open() as work:
            due = claim_due(work.connection, work.now, wanted, last, shard)
            swept += _tell(work, due, ladders)
        if len(due) < wanted:
            break
        last = due[-1]
    return swept


def _tell(work: Work, due: list[DueTask], ladders: Ladders) -> Swept:
    """Judge each task, and write what was found of all; one that cannot be judged is logged and holds up no other."""
    if not due:
        return Swept()
    noted = levels_told(work.connection, [task.id for task in due])
    ladders.read(work.connection, {task.office_id for task in due})
    found: list[tuple[DueTask, Reminder]] = []
    for task in due:
        try:
            found.append((task, remind(ladders.of(task), noted[task.id], work.now)))
        except Exception:
            _log.exception("the levels of task %s cannot be placed", task.id)
    write_reminders(work.connection, found, work.now, who(work.by))
    return Swept(len(due), len(found), len(due) - len(found))


class Ladders:
    """The ladders of many tasks: calendars and levels of an office are read once a sweep."""

    def __init__(self) -> None:
        self._calendars: dict[int | None, Calendar] = {}
        self._policies: dict[int, Policy] = {}

    def read(self, connection: Connection, office_ids: Iterable[int | None]) -> None:
        """Have what is known of these offices at hand."""
        unread = [each for each in office_ids if each not in self._calendars]
        if unread:
            self._calendars |= clockwork.calendars_of(connection, unread)
            self._policies |= policies_of(connection, unread)

    def of(self, task: DueTask) -> list[Level]:
        """The levels of this task in order of time: its office's where it has any, else those it came with."""
        calendar = self._calendars[task.office_id]
        levels = self._policies.get(task.office_id or 0) or task.escalation
        return still_to_tell(calendar, task.due, levels, task.opened_at)
