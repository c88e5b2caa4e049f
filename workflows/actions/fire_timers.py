"""The clock asks every case whose timer is due to go on, and starts what start timers start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from workflows.engine import following
from workflows.engine.commands import FireTimer
from workflows.errors import Stale
from workflows.store import due, start_triggers
from workflows.store.start_triggers import Armed

from .desk import Desk, Swept, Work
from .handle import handle, start_by
from .one_by_one import one_by_one


@dataclass(frozen=True)
class _Firing:
    """One firing that is due: which timer it is, since when, and what to do."""

    key: tuple[object, ...]
    due: datetime
    step: Callable[[Work], None]


def fire_timers(desk: Desk, limit: int = 500) -> Swept:
    """Fire what is due, in the order of the instants, each in a transaction of its own; twice is once.

    What was missed is made up for: a cycle fires once for each of its instants (ET5). One that fails is left for the
    next sweep and holds up nobody.
    """
    swept, passed = Swept(), set[tuple[object, ...]]()
    while swept.found < limit:
        with desk.database.read() as connection:
            firing = _next(connection, desk.now, passed)
        if firing is None:
            break
        fired = one_by_one(desk.as_clock(), [firing.step])
        if not fired.done:
            passed.add(firing.key)
        swept += fired
    return swept


def _next(connection: Connection, now: datetime, passed: set[tuple[object, ...]]) -> _Firing | None:
    """The earliest firing that is due and was not tried before; a case goes before a start at the same instant."""
    some = len(passed) + 1
    firings = [
        _Firing((timer.case_id, timer.timer_id), timer.due, partial(_fire, timer=timer))
        for timer in due.due_timers(connection, now, some)
    ]
    firings += [
        _Firing((each.trigger.process, each.trigger.start, each.trigger.due), each.trigger.due, partial(_start, each))
        for each in start_triggers.due_starts(connection, now, some)
        if each.trigger.due is not None
    ]
    return min((each for each in firings if each.key not in passed), key=lambda each: each.due, default=None)


def _fire(work: Work, timer: due.DueTimer) -> None:
    handle(work, timer.case_id, FireTimer(timer.timer_id))


def _start(armed: Armed, work: Work) -> None:
    if not start_triggers.move_on(work.connection, armed, following(armed.trigger)):
        raise Stale(process=armed.trigger.process, start=armed.trigger.start)
    start_by(work, armed, {})
