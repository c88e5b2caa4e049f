"""Figures of the whole installation for a monitor: what is open, what waits, how long what is due has been lying."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from workflows.store import clockwork
from workflows.store.tables.signing import signing_orders
from workflows.store.tables.telling import deliveries, outbox
from workflows.store.tables.worklist import incidents, tasks, timers

from .system import letters_by_status


@dataclass(frozen=True)
class Figures:
    """Counts and ages in seconds at one instant; `lag` is the age of the oldest due row a sweep has not taken."""

    open_tasks: Mapping[str, int]  # by process
    overdue_tasks: int
    letters: Mapping[str, int]  # by status
    untold: int
    incidents: int
    lag: Mapping[str, float]
    sweep_age: Mapping[str, float]
    failed_sweeps: frozenset[str]


def figures(connection: Connection, now: datetime) -> Figures:
    """The figures as they are now; each is one indexed query."""
    is_open = (tasks.c.status == "open", tasks.c.kind == "user")
    by_process = select(tasks.c.process, func.count().label("number")).where(*is_open).group_by(tasks.c.process)
    sweeps = clockwork.last_sweeps(connection)
    return Figures(
        open_tasks={row.process: row.number for row in connection.execute(by_process)},
        overdue_tasks=connection.scalar(select(func.count()).where(*is_open, tasks.c.due < now)) or 0,
        letters=letters_by_status(connection),
        untold=connection.scalar(select(func.count()).where(outbox.c.addressed_at.is_(None))) or 0,
        incidents=connection.scalar(select(func.count()).select_from(incidents)) or 0,
        lag=lags(connection, now),
        sweep_age={each.kind: (now - each.finished_at).total_seconds() for each in sweeps if each.finished_at},
        failed_sweeps=frozenset(each.kind for each in sweeps if each.error),
    )


def lags(connection: Connection, now: datetime) -> dict[str, float]:
    """Of each sweep that takes rows as they come due: for how many seconds the oldest has been due; 0 when none is."""
    oldest = {
        "fire_timers": [select(func.min(timers.c.due))],
        "escalate": [select(func.min(tasks.c.next_escalation_at)).where(tasks.c.status == "open")],
        "sign_documents": [select(func.min(signing_orders.c.next_at)).where(signing_orders.c.state == "waiting")],
        "deliver": [
            select(func.min(outbox.c.at)).where(outbox.c.addressed_at.is_(None)),
            select(func.min(deliveries.c.next_at)).where(deliveries.c.status.in_(("pending", "retry"))),
        ],
    }
    found = {kind: [connection.scalar(query) for query in queries] for kind, queries in oldest.items()}
    return {kind: max(_seconds_due(each, now) for each in instants) for kind, instants in found.items()}


def _seconds_due(instant: datetime | None, now: datetime) -> float:
    return max((now - instant).total_seconds(), 0.0) if instant is not None else 0.0
