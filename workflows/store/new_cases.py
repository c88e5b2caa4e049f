"""Many new cases at once: their rows, and everything that their first events mean, with one statement a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, text

from workflows.engine.calendar import Calendar
from workflows.engine.events import Event

from .appending import log_rows
from .case_row import CaseRow
from .chain import GENESIS
from .many_rows import insert_many
from .projection import CaseFacts, project
from .tables.processes import cases, events
from .tables.telling import outbox
from .tables.worklist import incidents, subscriptions, task_groups, tasks, timers


@dataclass(frozen=True)
class NewCase:
    """A case that nobody knows yet: how it stands before its first event, what happened, its state, its occasions."""

    case: CaseRow
    events: Sequence[Event]
    state: Mapping[str, Any]
    told: Sequence[Mapping[str, Any]]
    calendar: Calendar


def ids_for(connection: Connection, number: int) -> list[int]:
    """So many ids that no case has and none will get but from here."""
    if connection.dialect.name == "postgresql":
        drawn = "SELECT nextval(pg_get_serial_sequence('cases', 'id')) FROM generate_series(1, :number)"
        return list(connection.scalars(text(drawn), {"number": number}))
    last = connection.scalar(select(func.max(cases.c.id))) or 0
    return list(range(last + 1, last + 1 + number))


def unwritten(
    case_id: int,
    *,
    definition_id: int,
    process: str,
    office_id: int | None,
    plan_id: int | None,
    business_key: str | None,
    now: datetime,
) -> CaseRow:
    """A case with this id before its first event."""
    return CaseRow(
        id=case_id,
        definition_id=definition_id,
        process=process,
        office_id=office_id,
        plan_id=plan_id,
        business_key=business_key,
        status="new",
        revision=0,
        state={"status": "new", "counter": 0},
        chain_head=GENESIS,
        started_at=now,
        ended_at=None,
        suspended=False,
    )


def write_new(connection: Connection, started: Sequence[NewCase], now: datetime, actor: Mapping[str, Any]) -> None:
    """Write them all: what `append` would write of each."""
    case_rows: list[dict[str, Any]] = []
    log: list[dict[str, Any]] = []
    rows: dict[str, list[Mapping[str, Any]]] = {}
    for new in started:
        written = log_rows(new.case, new.events, now, actor, None)
        log += written
        case = new.case
        facts = CaseFacts(case.id, case.process, case.office_id, case.plan_id, case.business_key)
        changes = project(facts, new.events, now, new.calendar, new.state)
        end = {"revision": written[-1]["seq"], "chain_head": written[-1]["hash"], "state": new.state, **changes.case}
        case_rows.append({**vars(case), **end})
        rows.setdefault("tasks", []).extend(changes.tasks.values())
        rows.setdefault("task_groups", []).extend(changes.task_groups)
        for name in ("timers", "subscriptions", "incidents"):
            rows.setdefault(name, []).extend(getattr(changes, name).values())
        rows.setdefault("outbox", []).extend(new.told)
    insert_many(connection, cases, case_rows)
    shared = {"at": now, "actor": dict(actor), "content_hash": None}
    insert_many(connection, events, [{name: row[name] for name in row if name not in shared} for row in log], shared)
    for table in (tasks, task_groups, timers, subscriptions, incidents):
        insert_many(connection, table, rows.get(table.name, []))
    insert_many(connection, outbox, rows.get("outbox", []), new=False)
