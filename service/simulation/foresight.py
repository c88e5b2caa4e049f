"""How an office is taken to work when nobody surprises: each step at its usual pace, absences and holidays applied."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import ceil
from random import Random
from typing import Final, Literal

from sqlalchemy import Connection

from workflows.engine.calendar import Calendar
from workflows.errors import Refused
from workflows.store.directory import Holder
from workflows.store.screens.roster import Roster
from workflows.store.worklist import TaskRow

Cause = Literal["absence", "pace", "overdue"]
DONE_AT: Final = time(16, 0)
CLOSING: Final = time(17, 0)
SOON: Final = timedelta(minutes=30)
UNKNOWN_PACE: Final = 5  # working days of a step that the office has never done and that has no due date


class NoSurprise(Random):
    """Chance without bad luck: no draft comes back, nobody objects."""

    def random(self) -> float:
        """The luckiest number."""
        return 1.0 - 2**-53

    def getrandbits(self, k: int) -> int:
        """As ever: without this a whole number would be drawn from `random`, again and again."""
        return super().getrandbits(k)


@dataclass(frozen=True)
class Expected:
    """When a task will be done (None: not within the time looked at), and why it will be late if it will."""

    task: TaskRow
    at: datetime | None
    usual: int
    cause: Cause | None
    because: tuple[str, ...]


@dataclass
class Foresight:
    """The habits of an office as of `now` until `end`; `pace` are working days by process and element.

    `refusals` are the tasks behind which the program would not let the copy go on, with the code.
    """

    now: datetime
    end: datetime
    calendar: Calendar
    roster: Roster
    pace: Mapping[tuple[str, str], float]
    given_days: int | None = None
    chance: Random = field(default_factory=lambda: NoSurprise(1))
    intended: dict[str, datetime | None] = field(default_factory=dict)
    expected: dict[str, Expected] = field(default_factory=dict)
    refusals: dict[str, str] = field(default_factory=dict)

    def moment(self, task: TaskRow) -> datetime | None:
        """When somebody does this task, found out once; None where it cannot be played on from here."""
        if task.id not in self.intended:
            found = self.expected[task.id] = self._expect(task)
            self.intended[task.id] = found.at
        return self.intended[task.id]

    def performer(self, connection: Connection, task: TaskRow, allowed: Sequence[Holder], on: date) -> Holder | None:
        """The first who is there, else who stands in for one of them."""
        del connection
        there = next((each for each in allowed if not self.roster.is_away(each.person_id, on)), None)
        if there is not None or not allowed:
            return there
        for person_id in self.roster.stand_ins((each.person_id for each in allowed), task.groups, on):
            if not self.roster.is_away(person_id, on):
                return Holder(person_id, self.roster.names.get(person_id, ""), None, "", 0, "", False, False)
        return None

    def refused(self, task: TaskRow, refusal: Refused) -> None:
        """The case stays where it is in the copy."""
        self.refusals[task.id] = refusal.code
        self.intended[task.id] = None

    def _expect(self, task: TaskRow) -> Expected:
        usual = self._usual(task)
        started = task.opened_at >= self.now
        left = usual if started else max(usual - self.calendar.count(task.opened_at, self.now), 1)
        start = max(task.opened_at, self.now)
        holders = self.roster.holders(task.groups, task.assignee)
        missed: list[int] = []

        def there(day: date) -> bool:
            present = [each for each in holders if not self.roster.is_away(each, day)]
            if present or not holders:
                return True
            missed.extend(each for each in holders if each not in missed)
            stand_ins = self.roster.stand_ins(holders, task.groups, day)
            return any(not self.roster.is_away(each, day) for each in stand_ins)

        at = self._after(start, left, there)
        undisturbed = self._after(start, left, lambda day: True)
        cause = self._cause(task, at, undisturbed)
        names = missed if cause == "absence" else holders
        return Expected(task, at, usual, cause, tuple(self.roster.names.get(each, "") for each in names))

    def _usual(self, task: TaskRow) -> int:
        if self.given_days is not None:
            return self.given_days
        known = self.pace.get((task.process, task.element))
        if known is not None:
            return ceil(known)
        return max(self.calendar.count(task.opened_at, task.due), 0) if task.due else UNKNOWN_PACE

    def _cause(self, task: TaskRow, at: datetime | None, undisturbed: datetime | None) -> Cause | None:
        due = task.due
        if due is None or (at is not None and at <= due) or (at is None and due > self.end):
            return None
        if due < self.now:
            return "overdue"
        return "absence" if undisturbed is not None and undisturbed <= due else "pace"

    def _after(self, start: datetime, days: int, there: Callable[[date], bool]) -> datetime | None:
        """So many working days later, counting only those on which somebody is there; None when that is never."""
        day = self.calendar.local_day(start)
        soon = start + SOON
        if days == 0:
            local = soon.astimezone(self.calendar.zone)
            if local.date() == day and local.time() < CLOSING and self.calendar.is_working(day) and there(day):
                return soon
            days = 1
        last = self.calendar.local_day(self.end)
        while day < last:
            day += timedelta(days=1)
            days -= self.calendar.is_working(day) and there(day)
            if days == 0:
                return datetime.combine(day, DONE_AT, self.calendar.zone)
        return None
