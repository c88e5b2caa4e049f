"""Figures of the whole installation for a monitor: what is open, what waits, how long what is due has been lying."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Select, and_, func, select

from workflows.store import clockwork, distributing, exchange
from workflows.store.file_words import WAITING
from workflows.store.local_days import start_of
from workflows.store.suspending import goes_on, office_of_document
from workflows.store.tables.exchange import envelopes
from workflows.store.tables.file_words import file_words
from workflows.store.tables.issuing import document_files
from workflows.store.tables.plans import duties, occurrences, plans
from workflows.store.tables.processes import cases, start_triggers
from workflows.store.tables.reporting import cycles
from workflows.store.tables.signing import signing_orders
from workflows.store.tables.telling import deliveries, outbox
from workflows.store.tables.worklist import incidents, tasks, timers

from .system import letters_by_status

BEGINS: Final = timedelta(hours=6)  # what opens on a day is to be open before people come to work
# Sweeps that leave no row which says that it is due: how long after one the next is to have ended.
PERIODS: Final = {
    "chase_receipts": timedelta(days=1),
    "checkpoint_log": timedelta(days=1),
    "archive_plans": timedelta(days=1),
    "turn_years": timedelta(days=1),
    "tell_authority": timedelta(minutes=8),
}


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


def figures(connection: Connection, now: datetime, topics: Mapping[str, Collection[str]]) -> Figures:
    """The figures as they are now, each an indexed query; `topics` are the jobs that these sweeps carry out."""
    is_open = (tasks.c.status == "open", tasks.c.kind == "user")
    by_process = select(tasks.c.process, func.count().label("number")).where(*is_open).group_by(tasks.c.process)
    sweeps = clockwork.last_sweeps(connection)
    return Figures(
        open_tasks={row.process: row.number for row in connection.execute(by_process)},
        overdue_tasks=connection.scalar(select(func.count()).where(*is_open, tasks.c.due < now)) or 0,
        letters=letters_by_status(connection),
        untold=connection.scalar(select(func.count()).where(outbox.c.addressed_at.is_(None))) or 0,
        incidents=connection.scalar(select(func.count()).select_from(incidents)) or 0,
        lag=lags(connection, now, topics, sweeps),
        sweep_age={each.kind: (now - each.finished_at).total_seconds() for each in sweeps if each.finished_at},
        failed_sweeps=frozenset(each.kind for each in sweeps if each.error),
    )


def lags(
    connection: Connection, now: datetime, topics: Mapping[str, Collection[str]], sweeps: Sequence[clockwork.Sweep] = ()
) -> dict[str, float]:
    """Of each sweep: for how many seconds the oldest thing that it should have taken has been due; 0 when none is.

    A sweep that leaves no due row behind is due its period after it last ended.
    """
    oldest = _oldest()
    for kind, own in topics.items():
        job = select(func.min(tasks.c.opened_at)).where(tasks.c.status == "open", tasks.c.kind == "job")
        of_plans = (tasks.c.plan_id.is_not(None), tasks.c.topic.in_(own), goes_on(tasks.c.office_id))
        oldest.setdefault(kind, []).append(job.where(*of_plans))
    found = {kind: [connection.scalar(query) for query in queries] for kind, queries in oldest.items()}
    untold = distributing.untold(connection, 1)
    found.setdefault("distribute", []).extend(each.since for each in untold)
    found |= {kind: [day and start_of(day) + BEGINS] for kind, day in _days_not_opened(connection).items()}
    ended = {each.kind: each.finished_at for each in sweeps}
    found |= {kind: [at + period] for kind, period in PERIODS.items() if (at := ended.get(kind))}
    return {kind: max((_seconds_due(each, now) for each in instants), default=0.0) for kind, instants in found.items()}


def _oldest() -> dict[str, list[Select[Any]]]:
    """Since when the oldest due row of a sweep has been due, as questions; what is of suspended offices is not due."""
    of_order = office_of_document(signing_orders.c.subject, signing_orders.c.subject_id, signing_orders)
    of_letter = select(outbox.c.office_id).where(outbox.c.id == deliveries.c.outbox_id).correlate(deliveries)
    unsent = (deliveries.c.status.in_(("pending", "retry")), goes_on(of_letter.scalar_subquery()))
    leaving = (envelopes.c.state.in_(exchange.UNSENT), envelopes.c.direction == exchange.OUT)
    of_cases = select(func.min(timers.c.due)).join(cases, cases.c.id == timers.c.case_id)
    reminders = select(func.min(tasks.c.next_escalation_at)).where(
        tasks.c.next_escalation_at.is_not(None), tasks.c.status == "open", goes_on(tasks.c.office_id)
    )
    orders = select(func.min(signing_orders.c.next_at)).where(signing_orders.c.state == "waiting")
    untold = select(func.min(outbox.c.at)).where(outbox.c.addressed_at.is_(None), goes_on(outbox.c.office_id))
    unread = select(func.min(document_files.c.made_at)).join(file_words)
    unread = unread.where(file_words.c.state == WAITING, goes_on(file_words.c.office_id))
    return {
        "read_attachments": [unread],
        "fire_timers": [of_cases.where(goes_on(cases.c.office_id)), select(func.min(start_triggers.c.due))],
        "escalate": [reminders],
        "sign_documents": [orders.where(goes_on(of_order))],
        "deliver": [untold, select(func.min(deliveries.c.next_at)).where(*unsent)],
        "exchange": [select(func.min(envelopes.c.next_at)).where(*leaving, goes_on(envelopes.c.office_id))],
    }


def _days_not_opened(connection: Connection) -> dict[str, date | None]:
    """The oldest day on which a cycle or a duty of a plan in force should have opened and did not."""
    in_force = and_(plans.c.status == "in_force", goes_on(plans.c.office_id))
    of_cycles = select(func.min(cycles.c.opens_on)).join(plans, plans.c.id == cycles.c.plan_id)
    of_duties = (
        select(func.min(occurrences.c.opens_on))
        .join(duties, duties.c.id == occurrences.c.duty_id)
        .join(plans, plans.c.id == duties.c.plan_id)
    )
    return {
        "open_cycles": connection.scalar(of_cycles.where(cycles.c.opened_at.is_(None), in_force)),
        "open_duties": connection.scalar(of_duties.where(occurrences.c.opened_at.is_(None), in_force)),
    }


def _seconds_due(instant: datetime | None, now: datetime) -> float:
    return max((now - instant).total_seconds(), 0.0) if instant is not None else 0.0
