"""Planted faults in how cases are written: locks, comparison, log, outbox, timers, and what a process remembers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy.exc import OperationalError

from workflows.actions import handle as handling
from workflows.store import appending as written
from workflows.store import due, plans, telling
from workflows.store import remembered as memory
from workflows.store.ahead import Ahead
from workflows.store.appending import Appending
from workflows.store.changes import steps_of
from workflows.store.database import Database
from workflows.store.issuing import next_number
from workflows.store.open_case import ALONE
from workflows.store.steps import Change, Insert

from .planted import everywhere, instead, plant
from .world import World


@contextmanager
def _events_new_only() -> Iterator[None]:
    """The second barrier off too: an event whose place is taken is left out in silence."""
    real = written.appending

    def appending(*args: Any, **more: Any) -> Appending:
        found = real(*args, **more)
        log, *rest = found.steps
        return replace(found, steps=[replace(log, new_only=True), *rest])

    with everywhere(real, appending):
        yield


@plant
def stale_memory_accepted() -> Iterator[None]:
    """What was decided on what a process remembers is written without comparing."""
    real = Ahead.put

    def put(self: Ahead, appending: Appending, then: Any) -> None:
        real(self, appending, then)
        if self.write is not None and isinstance(self.write.first, Change):
            self.write = replace(self.write, first=appending.at({"id": appending.case.id}, ALONE))

    with _events_new_only(), instead(Ahead, "put", put):
        yield


@plant
def no_lock_and_no_comparison() -> Iterator[None]:
    """A command is judged on what the process remembers of its case, and written whatever the case is by now."""
    real, at = memory.known_now, Appending.at

    def known_now(connection: Any, case_id: int) -> Any:
        return memory.remembered_by(connection).of(case_id) or real(connection, case_id)

    def anyhow(self: Appending, unchanged: Any, also: str = "true") -> Change:
        return at(self, {"id": unchanged["id"]}, also)

    with _events_new_only(), everywhere(real, known_now), instead(Appending, "at", anyhow):
        yield


@plant
def event_skipped() -> Iterator[None]:
    """Of several events of one command the last is not kept."""
    real = written._log

    def log(*args: Any) -> Any:
        alike, rows = real(*args)
        return alike, [*rows[:-2], rows[-1]] if len(rows) > 2 else rows

    with everywhere(real, log):
        yield


@plant
def rows_of_closed_tasks_forgotten() -> Iterator[None]:
    """The state knows that a task is over, its row does not."""

    def forgetful(case_id: int, changes: Any) -> Any:
        return [
            step for step in steps_of(case_id, changes) if not (isinstance(step, Change) and step.table.name == "tasks")
        ]

    with everywhere(steps_of, forgetful):
        yield


@plant
def outbox_outside_the_transaction() -> Iterator[None]:
    """What is to be told is written in a transaction of its own, after that of the deed."""
    real, write = handling._told, Database.write
    later: list[Any] = []

    def told(*args: Any) -> list[Insert]:
        later.extend(row for insert in real(*args) for row in insert.rows)
        return []

    @contextmanager
    def and_then(self: Database) -> Iterator[Any]:
        mark = len(later)
        try:
            with write(self) as connection:
                yield connection
        except BaseException:
            del later[mark:]
            raise
        rows = list(later)
        later.clear()
        if rows:
            with write(self) as connection:
                telling.tell_many(connection, rows)

    with everywhere(real, told), instead(Database, "write", and_then):
        yield


@plant
def answered_before_the_commit() -> Iterator[None]:
    """Whoever asked is told that it is done, whatever comes of the commit."""
    write = Database.write

    @contextmanager
    def anyhow(self: Database) -> Iterator[Any]:
        done = False
        try:
            with write(self) as connection:
                yield connection
                done = True
        except OperationalError:
            if not done:
                raise

    with instead(Database, "write", anyhow):
        yield


@plant
def timers_from_memory() -> Iterator[None]:
    """A process fires the timers that were set while it lived; those from before its start are forgotten."""
    restart, forgotten = World.restart, set[tuple[int, str]]()

    def started(world: World) -> None:
        restart(world)
        forgotten.update(world.look("SELECT case_id, timer_id FROM timers"))  # type: ignore[arg-type]  # pairs

    def remembered(connection: Any, now: Any, limit: int) -> Any:
        found = real(connection, now, limit + len(forgotten))
        return [each for each in found if (each.case_id, each.timer_id) not in forgotten][:limit]

    real = due.due_timers
    with everywhere(real, remembered), instead(World, "restart", started):
        yield
    forgotten.clear()


@plant
def duties_opened_without_a_claim() -> Iterator[None]:
    """A duty whose day has come is opened by whoever found it, though somebody else did meanwhile."""
    real = plans.claim_occurrences

    def claim_all(connection: Any, ids: Any, now: Any) -> Any:
        real(connection, ids, now)
        return set(ids)

    with everywhere(real, claim_all):
        yield


@plant
def number_is_the_last_plus_one() -> Iterator[None]:
    """The next number is one more than the highest that a document has."""

    def highest(connection: Any, office_id: int, series: str, year: int) -> int:
        wanted = "SELECT coalesce(max(number), 0) FROM register WHERE office_id = ? AND series = ? AND year = ?"
        found = connection.exec_driver_sql(f"{wanted} AND status = 'issued'", (office_id, series, year))
        return int(found.scalar_one()) + 1

    with everywhere(next_number, highest):
        yield


@plant
def number_from_a_sequence() -> Iterator[None]:
    """Numbers come from a counter outside the transaction: what is undone leaves a gap."""
    last: dict[object, int] = {}

    def following(connection: Any, office_id: int, series: str, year: int) -> int:
        inside = next_number(connection, office_id, series, year)
        key = (office_id, series, year)
        last[key] = max(last.get(key, 0) + 1, inside) if inside > 1 else 1
        return last[key]

    with everywhere(next_number, following):
        yield
