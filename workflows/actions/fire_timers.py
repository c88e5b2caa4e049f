"""The clock asks every case whose timer is due to go on; each is judged like any other command."""

from __future__ import annotations

from functools import partial

from workflows.engine.commands import FireTimer
from workflows.store import due

from .desk import Desk, Swept, Work
from .handle import handle
from .one_by_one import one_by_one


def fire_timers(desk: Desk, limit: int = 500) -> Swept:
    """Fire the due timers, oldest first, each in a transaction of its own; twice is once."""
    with desk.database.read() as connection:
        waiting = due.due_timers(connection, desk.now, limit)
    return one_by_one(desk.as_clock(), [partial(_fire, case_id=row.case_id, timer_id=row.timer_id) for row in waiting])


def _fire(work: Work, case_id: int, timer_id: str) -> None:
    handle(work, case_id, FireTimer(timer_id))
