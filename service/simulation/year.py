"""The virtual clock: it jumps from one instant at which something is due to the next, and runs what is due there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Protocol

from sqlalchemy import Connection, select

from notifications.channels.memory import MemoryChannel
from notifications.deliver import deliver
from service.auth.actor import actor_of, standing_for
from workflows.actions import SWEEPS, Desk, act_on_task, step_up_for_task
from workflows.engine.actor import CLOCK
from workflows.engine.calendar import VIETNAM
from workflows.errors import Refused
from workflows.store import directory, plans
from workflows.store.database import Database
from workflows.store.tables.worklist import tasks
from workflows.store.worklist import TaskRow, task_rows

from .answers import Question, answer_to
from .instants import EACH_EVENING, EACH_MINUTE, EACH_MORNING, EVENING, MORNING, next_archive, next_due
from .neutral import hand_in_neutrally

AGAIN = timedelta(minutes=1)  # the round that follows one in which something happened
_IS_OPEN = (tasks.c.status == "open", tasks.c.kind == "user")
_OPEN = select(tasks).where(*_IS_OPEN).order_by(tasks.c.opened_at, tasks.c.id)
_OPEN_IDS = select(tasks.c.id).where(*_IS_OPEN).order_by(tasks.c.opened_at, tasks.c.id)
LONGEST_RUN = 200_000  # instants; a simulation that needs more does not come to rest


class Habits(Protocol):
    """When virtual people act and who of them; `intended` is the instant of each task, None for never."""

    chance: Random
    intended: dict[str, datetime | None]

    def moment(self, task: TaskRow) -> datetime | None:
        """When somebody does this task; None for never."""

    def performer(
        self, connection: Connection, task: TaskRow, allowed: Sequence[directory.Holder], on: date
    ) -> directory.Holder | None:
        """Who of those who may do the task does it on that day; None when nobody can."""

    def refused(self, task: TaskRow, refusal: Refused) -> None:
        """The program refused what was tried: raised again, or kept."""


@dataclass(frozen=True)
class Acted:
    """Somebody did a task."""

    at: datetime
    task: TaskRow
    person: str
    outcome: str


class Year:
    """The offices of one database on a virtual clock; without a channel nobody is written to.

    `files`: whether plans that are over get their file in the evening.
    """

    def __init__(
        self,
        database: Database,
        people: Habits,
        channel: MemoryChannel | None = None,
        base_url: str = "",
        *,
        files: bool = False,
    ) -> None:
        self._database = database
        self._people = people
        self._channel = channel
        self._base_url = base_url
        self._files = files
        self._tokens = _tokens(people.chance)
        self._swept: dict[time, date] = {}
        self._known: dict[str, TaskRow] = {}
        self.acted: list[Acted] = []

    def run(self, start: datetime, end: datetime, planned: Mapping[datetime, Callable[[Desk], None]]) -> None:
        """Let everything happen that is due from `start` to `end`; `planned` deeds happen at their instants."""
        waiting = sorted(planned)
        now = start
        for _ in range(LONGEST_RUN):
            while waiting and waiting[0] <= now:
                planned[waiting.pop(0)](Desk(self._database, now, CLOCK))
            moved = self._sweep(now) + self._let_people_act(now)
            if self._channel is not None:
                deliver(self._database, now, self._channel, base_url=self._base_url, tokens=lambda: next(self._tokens))
            ahead = now + AGAIN if moved else self._next_instant(now, waiting)
            if ahead is None or ahead > end:
                return
            now = ahead
        raise Refused("LIMIT_EXCEEDED", limit=LONGEST_RUN)

    def _sweep(self, now: datetime) -> int:
        """Run the rounds whose time it is; how much was done."""
        desk, moved = Desk(self._database, now, CLOCK), 0
        for kind in self._rounds(now):
            while done := SWEEPS[kind](desk, 500).done:
                moved += done
                if done < 500:
                    break
        return moved

    def _rounds(self, now: datetime) -> Iterator[str]:
        """The kinds of sweeps that come round now, each daily one once a day."""
        yield from EACH_MINUTE
        local = now.astimezone(VIETNAM)
        daily = [(MORNING, EACH_MORNING), *([(EVENING, EACH_EVENING)] if self._files else [])]
        for hour, kinds in daily:
            if local.time() >= hour and self._swept.get(hour) != local.date():
                self._swept[hour] = local.date()
                yield from kinds

    def _let_people_act(self, now: datetime) -> int:
        """Everybody whose moment has come acts; how many did. A task that this opens gets a moment of its own."""
        before = len(self.acted)
        with self._database.read() as connection:
            ready = [task.id for task in self._open_tasks(connection) if _due(self._people.moment(task), now)]
            fresh = task_rows(connection, _OPEN.where(tasks.c.id.in_(ready))) if ready else []
        for task in fresh:
            self._act(now, task)
        return len(self.acted) - before

    def _act(self, now: datetime, task: TaskRow) -> None:
        with self._database.read() as connection:
            holder = self._performer(connection, task, now)
            if holder is None:
                self._people.intended[task.id] = None
                return
            actor = actor_of(connection, holder.person_id, holder.name, now, channel="mail")
            actor = standing_for(connection, actor, task, now).actor
            fields = answer_to(Question(connection, task, self._people.chance))
            seen = plans.current_stamp(connection, task.plan_id).content_hash if task.plan_id else None
        try:
            desk = Desk(self._database, now, actor)
            step_up_for_task(desk, task, "simulated")
            if fields is None:
                done = hand_in_neutrally(desk, task, seen)
            else:
                done = act_on_task(desk, task.id, fields, seen_hash=seen)
        except Refused as refusal:
            if refusal.code not in ("ALREADY_DONE", "TASK_CANCELLED", "NOT_FOUND"):
                self._people.refused(task, refusal)
            return
        self.acted.append(Acted(now, task, holder.name, done.outcome))

    def _performer(self, connection: Connection, task: TaskRow, now: datetime) -> directory.Holder | None:
        """Somebody who holds the task and is not excluded from it, chosen by chance among the candidates."""
        on = now.astimezone(VIETNAM).date()
        candidates = [holder for group in task.groups for holder in directory.holders_of(connection, group, on)]
        allowed = [one for one in candidates if str(one.person_id) not in task.excluded]
        return self._people.performer(connection, task, allowed, on)

    def _open_tasks(self, connection: Connection) -> list[TaskRow]:
        """What people have before them, oldest first; each is read in full only when it is new."""
        ids = list(connection.scalars(_OPEN_IDS))
        new = [id for id in ids if id not in self._known]
        found = {task.id: task for task in task_rows(connection, _OPEN.where(tasks.c.id.in_(new)))} if new else {}
        self._known = {id: found.get(id) or self._known[id] for id in ids}
        return list(self._known.values())

    def _next_instant(self, now: datetime, waiting: Sequence[datetime]) -> datetime | None:
        with self._database.read() as connection:
            moments = [next_due(connection, now), *(self._people.moment(task) for task in self._open_tasks(connection))]
            if self._files:
                moments.append(next_archive(connection, now))
        found = [moment for moment in moments if moment is not None and moment > now]
        return min([*found, *waiting[:1]], default=None)


def _due(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment <= now


def _tokens(chance: Random) -> Iterator[str]:
    while True:
        yield f"{chance.getrandbits(128):032x}"
