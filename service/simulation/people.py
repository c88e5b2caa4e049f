"""When virtual people act: most within the time they have, some late, a few never; always in office hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy import Connection

from workflows.engine.calendar import Calendar
from workflows.errors import Refused
from workflows.store.directory import Holder
from workflows.store.worklist import TaskRow

OPENING, CLOSING, OFFICE_MINUTES = time(8, 0), time(17, 0), 8 * 60
LONGEST_LATENESS = 6  # working days
PATIENCE = 20  # working days that a task without a due date may take
SILENCE_SHARE = 0.3  # of the late ones who are asked for an opinion and never answer


@dataclass
class People:
    """The habits of an office: `late` is the share of tasks done late; tasks at `held` steps are left alone.

    The tasks of `brisk` plans are done on the day or the next, whatever the habits are.
    """

    chance: Random
    late: float
    calendar: Calendar
    held: set[tuple[int | None, str]] = field(default_factory=set)
    brisk: set[int | None] = field(default_factory=set)
    intended: dict[str, datetime | None] = field(default_factory=dict)

    def moment(self, task: TaskRow) -> datetime | None:
        """When somebody does this task, drawn once; None for never."""
        if (task.plan_id, task.element) in self.held:
            return None
        if task.id not in self.intended:
            self.intended[task.id] = self._draw(task)
        return self.intended[task.id]

    def performer(self, connection: Connection, task: TaskRow, allowed: Sequence[Holder], on: date) -> Holder | None:
        """One of them by chance."""
        del connection, task, on
        return self.chance.choice(allowed) if allowed else None

    def refused(self, task: TaskRow, refusal: Refused) -> None:
        """A simulation does only what may be done: any refusal is an error of the program."""
        del task
        raise refusal

    def _draw(self, task: TaskRow) -> datetime | None:
        if task.plan_id in self.brisk:
            return self._office_hour(task.opened_at, self.chance.randint(0, 1))
        is_late = task.due is not None and self.chance.random() < self.late
        if is_late and task.form == "gop_y" and self.chance.random() < SILENCE_SHARE:
            return None
        given = self.calendar.count(task.opened_at, task.due) if task.due else PATIENCE
        if is_late:
            days = max(given, 0) + self.chance.randint(1, LONGEST_LATENESS)
        else:
            days = self.chance.randint(0, max(given - 1, 0))
        moment = self._office_hour(task.opened_at, days)
        in_time = task.due is not None and task.due > task.opened_at and not is_late
        return min(moment, task.due) if in_time and task.due is not None else moment

    def _office_hour(self, opened: datetime, days: int) -> datetime:
        """A minute of the office's day that lies so many working days ahead, and not before the task was there."""
        day = self.calendar.local_day(self.calendar.add_working_days(opened, days))
        moment = self._minute_of(day)
        soon = opened + timedelta(minutes=self.chance.randint(5, 45))
        if moment >= soon and self.calendar.is_working(day):
            return moment
        local = soon.astimezone(self.calendar.zone)
        in_hours = OPENING <= local.time() < CLOSING and self.calendar.is_working(local.date())
        if in_hours:
            return soon
        return self._minute_of(self.calendar.local_day(self.calendar.add_working_days(opened, days + 1)))

    def _minute_of(self, day: date) -> datetime:
        start = datetime.combine(day, OPENING, self.calendar.zone)
        return start + timedelta(minutes=self.chance.randrange(OFFICE_MINUTES))
