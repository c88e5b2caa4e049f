"""One case as an administrator sees it: its state, what it waits for, its data and its troubles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from workflows.engine import state_from_json
from workflows.store import cases
from workflows.store.case_row import CaseRow
from workflows.store.tables.worklist import subscriptions, tasks, timers

from .incidents import OpenIncident, open_incidents

MOST_INCIDENTS = 200


@dataclass(frozen=True)
class WaitingAt:
    """What the case waits for at an element: a person, a worker, an instant, a message or a signal."""

    element: str
    kind: str  # user | job | timer | message | signal
    name: str
    id: str
    due: datetime | None = None
    held_by: str | None = None


@dataclass(frozen=True)
class CaseSeen:
    """The case with everything that is open in it."""

    id: int
    process: str
    version: int
    business_key: str | None
    office_id: int | None
    plan_id: int | None
    status: str
    suspended: bool
    started_at: datetime
    ended_at: datetime | None
    variables: Mapping[str, Any]
    waiting: tuple[WaitingAt, ...]
    incidents: tuple[OpenIncident, ...]
    revision: int


def case_seen(connection: Connection, case: CaseRow) -> CaseSeen:
    """The case as it stands."""
    waiting = [*_work(connection, case.id), *_timers(connection, case.id), *_subscriptions(connection, case.id)]
    return CaseSeen(
        case.id,
        case.process,
        cases.definition_row(connection, case.definition_id).version,
        case.business_key,
        case.office_id,
        case.plan_id,
        case.status,
        case.suspended,
        case.started_at,
        case.ended_at,
        state_from_json(case.state).process_variables(),
        tuple(waiting),
        tuple(open_incidents(connection, None, MOST_INCIDENTS, case.id)),
        case.revision,
    )


def _work(connection: Connection, case_id: int) -> list[WaitingAt]:
    rows = connection.execute(select(tasks).where(tasks.c.case_id == case_id, tasks.c.status == "open"))
    return [
        WaitingAt(
            row.element, row.kind, row.topic if row.kind == "job" else row.name, row.id, row.due,
            row.assignee or row.locked_by,
        )
        for row in rows
    ]  # fmt: skip


def _timers(connection: Connection, case_id: int) -> list[WaitingAt]:
    rows = connection.execute(select(timers).where(timers.c.case_id == case_id).order_by(timers.c.due))
    return [WaitingAt(row.element, "timer", row.element, row.timer_id, row.due) for row in rows]


def _subscriptions(connection: Connection, case_id: int) -> list[WaitingAt]:
    rows = connection.execute(select(subscriptions).where(subscriptions.c.case_id == case_id))
    return [WaitingAt(row.element, row.kind, row.name, row.subscription_id) for row in rows]
