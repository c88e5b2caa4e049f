"""Many new cases at once: their rows, and everything that their first events mean, with one statement a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, text

from workflows.engine.calendar import Calendar
from workflows.engine.events import Event
from workflows.engine.history import kind_and_fields

from .case_row import CaseRow
from .chain import Chain
from .copying import Shared
from .many_rows import insert_many
from .projection import CaseFacts, of_another, project
from .spelling import canonical
from .tables.processes import cases, events
from .tables.telling import outbox
from .tables.worklist import incidents, subscriptions, task_groups, tasks, timers

READ_MODELS = (tasks, task_groups, timers, subscriptions, incidents)


@dataclass(frozen=True)
class NewCase:
    """A case that nobody knows yet: how it stands before its first event, what happened, its state, its occasions.

    Cases with the same `outline` have all events but the first in common, and a calendar.
    """

    case: CaseRow
    events: Sequence[Event]
    state: Mapping[str, Any]
    told: Sequence[Mapping[str, Any]]
    calendar: Calendar
    outline: object = None


def ids_for(connection: Connection, number: int) -> list[int]:
    """So many ids that no case has and none will get but from here."""
    if connection.dialect.name == "postgresql":
        drawn = "SELECT nextval(pg_get_serial_sequence('cases', 'id')) FROM generate_series(1, :number)"
        return list(connection.scalars(text(drawn), {"number": number}))
    last = connection.scalar(select(func.max(cases.c.id))) or 0
    return list(range(last + 1, last + 1 + number))


def write_new(connection: Connection, started: Sequence[NewCase], now: datetime, actor: Mapping[str, Any]) -> None:
    """Write them all: what `append` would write of each."""
    case_rows: list[dict[str, Any]] = []
    log: list[dict[str, Any]] = []
    rows: dict[str, list[Mapping[str, Any]]] = {table.name: [] for table in (*READ_MODELS, outbox)}
    patterns: dict[int, _Pattern] = {}
    for new in started:
        pattern = patterns.get(id(new.outline)) if new.outline is not None else None
        if pattern is None:
            pattern = patterns[id(new.outline)] = _Pattern(new, now)
        written = pattern.log(new, now, actor)
        log += written
        changes = of_another(pattern.changes, _facts(new.case))
        end = {"revision": written[-1]["seq"], "chain_head": written[-1]["hash"], "state": new.state, **changes.case}
        case_rows.append({**new.case._asdict(), **end})
        rows["tasks"] += changes.tasks.values()
        rows["task_groups"] += changes.task_groups
        for name in ("timers", "subscriptions", "incidents"):
            rows[name] += getattr(changes, name).values()
        rows["outbox"] += new.told
    insert_many(connection, cases, case_rows)
    insert_many(connection, events, log, {"at": now, "actor": dict(actor), "content_hash": None})
    for table in READ_MODELS:
        insert_many(connection, table, rows[table.name])
    insert_many(connection, outbox, rows["outbox"], new=False)


class _Pattern:
    """What cases of one outline have in common, worked out once: the data of their events, their read models."""

    def __init__(self, new: NewCase, now: datetime) -> None:
        self._tail = [_spelled_once(event) for event in new.events[1:]]
        self.changes = project(_facts(new.case), new.events, now, new.calendar, new.state)
        for row in self.changes.tasks.values():
            row.update({name: Shared(row[name]) for name in ("variables", "escalation", "excluded")})

    def log(self, new: NewCase, now: datetime, actor: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The rows of the case's events, but for what all rows have in common."""
        happened = [_spelled_once(new.events[0]), *self._tail]
        chain = Chain(new.case.id, new.case.chain_head, now, actor)
        last = {"case_id": new.case.id, "revision": len(happened)}
        return [
            {**last, "seq": seq, "type": kind, "data": data, "hash": chain.link(seq, kind, spelled)}
            for seq, (kind, data, spelled) in enumerate(happened, 1)
        ]


def _spelled_once(event: Event) -> tuple[str, Shared, str]:
    """Its kind, and its data as its row has it, and as its hash is made of."""
    kind, data = kind_and_fields(event)
    spelled = canonical(data)
    return kind, Shared(data, spelled), spelled


def _facts(case: CaseRow) -> CaseFacts:
    return CaseFacts(case.id, case.process, case.office_id, case.plan_id, case.business_key)
