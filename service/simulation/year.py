"""The virtual clock: it jumps from one instant at which something is due to the next, and runs what is due there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Protocol

from sqlalchemy import Connection, Select, func, select

from notifications.channels.memory import MemoryChannel
from notifications.deliver import deliver
from service.auth.actor import actor_of, standing_for
from workflows.actions import SWEEPS, Desk, act_on_task, step_up_for_task
from workflows.engine.actor import CLOCK
from workflows.engine.calendar import VIETNAM
from workflows.errors import Refused
from workflows.store import directory, plans
from workflows.store.database import Database
from workflows.store.tables.notices import notices
from workflows.store.tables.plans import duties, occurrences
from workflows.store.tables.plans import plans as plan_table
from workflows.store.tables.processes import start_triggers
from workflows.store.tables.reporting import cycles
from workflows.store.tables.worklist import tasks, timers
from workflows.store.worklist import TaskRow, task_rows

from .answers import Question, answer_to

SWEPT = (
    "sign_documents",
    "run_jobs",
    "distribute",
    "open_duties",
    "open_cycles",
    "turn_years",
    "fire_timers",
    "escalate",
)
MORNING = time(7, 30)
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
    """The offices of one database on a virtual clock; without a channel nobody is written to."""

    def __init__(
        self, database: Database, people: Habits, channel: MemoryChannel | None = None, base_url: str = ""
    ) -> None:
        self._database = database
        self._people = people
        self._channel = channel
        self._base_url = base_url
        self._tokens = _tokens(people.chance)
        self.acted: list[Acted] = []

    def run(self, start: datetime, end: datetime, planned: Mapping[datetime, Callable[[Desk], None]]) -> None:
        """Let everything happen that is due from `start` to `end`; `planned` deeds happen at their instants."""
        waiting = sorted(planned)
        now = start
        for _ in range(LONGEST_RUN):
            while waiting and waiting[0] <= now:
                planned[waiting.pop(0)](Desk(self._database, now, CLOCK))
            self._sweep(now)
            self._let_people_act(now)
            if self._channel is not None:
                deliver(self._database, now, self._channel, base_url=self._base_url, tokens=lambda: next(self._tokens))
            following = self._next_instant(now, waiting)
            if following is None or following > end:
                return
            now = following
        raise Refused("LIMIT_EXCEEDED", limit=LONGEST_RUN)

    def _sweep(self, now: datetime) -> None:
        desk = Desk(self._database, now, CLOCK)
        for kind in SWEPT:
            while SWEEPS[kind](desk, 500).done >= 500:
                pass

    def _let_people_act(self, now: datetime) -> None:
        """Everybody whose moment has come acts; a task that this opens gets a moment of its own."""
        with self._database.read() as connection:
            ready = [task for task in _open_tasks(connection) if _due(self._people.moment(task), now)]
        for task in ready:
            self._act(now, task)

    def _act(self, now: datetime, task: TaskRow) -> None:
        with self._database.read() as connection:
            holder = self._performer(connection, task, now)
            if holder is None:
                self._people.intended[task.id] = None
                return
            actor = actor_of(connection, holder.person_id, holder.name, now, channel="mail")
            actor = standing_for(connection, actor, task, now).actor
            fields = answer_to(Question(connection, task, self._people.chance))
            seen = plans.current_version(connection, task.plan_id).content_hash if task.plan_id else None
        try:
            desk = Desk(self._database, now, actor)
            step_up_for_task(desk, task, "simulated")
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

    def _next_instant(self, now: datetime, waiting: Sequence[datetime]) -> datetime | None:
        with self._database.read() as connection:
            moments = [next_due(connection, now), *(self._people.moment(task) for task in _open_tasks(connection))]
        found = [moment for moment in moments if moment is not None and moment > now]
        return min([*found, *waiting[:1]], default=None)


def _open_tasks(connection: Connection) -> list[TaskRow]:
    wanted = select(tasks).where(tasks.c.status == "open", tasks.c.kind == "user")
    return task_rows(connection, wanted.order_by(tasks.c.opened_at, tasks.c.id))


def _due(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment <= now


def next_due(connection: Connection, after: datetime) -> datetime | None:
    """The earliest timer, rung of a ladder, duty, cycle or held letter that comes due later than this instant."""
    today = after.astimezone(VIETNAM).date()
    first = today if _morning(today) > after else today + timedelta(days=1)
    wanted = [
        select(func.min(column)).where(column > after)
        for column in (timers.c.due, start_triggers.c.due, tasks.c.next_escalation_at)
    ]
    wanted.append(select(func.min(notices.c.due_at)).where(notices.c.fate == "waiting", notices.c.due_at > after))
    found: list[datetime | None] = [connection.execute(each).scalar() for each in wanted]
    days = [connection.execute(each).scalar() for each in _to_open()]
    found += [_morning(max(day, first)) for day in days if day is not None]
    return min((instant for instant in found if instant is not None), default=None)


def _to_open() -> list[Select[tuple[date | None]]]:
    """The first day of the duties, and of the cycles, of plans in force that have not opened; it may be over."""
    duty = (
        select(func.min(occurrences.c.opens_on))
        .join(duties, duties.c.id == occurrences.c.duty_id)
        .join(plan_table, plan_table.c.id == duties.c.plan_id)
        .where(occurrences.c.opened_at.is_(None), occurrences.c.passed_over.is_(None))
    )
    cycle = (
        select(func.min(cycles.c.opens_on))
        .join(plan_table, plan_table.c.id == cycles.c.plan_id)
        .where(cycles.c.opened_at.is_(None))
    )
    return [each.where(plan_table.c.status == "in_force") for each in (duty, cycle)]


def _morning(day: date) -> datetime:
    return datetime.combine(day, MORNING, VIETNAM)


def _tokens(chance: Random) -> Iterator[str]:
    while True:
        yield f"{chance.getrandbits(128):032x}"
