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

from .alike_rows import AlikeRows
from .case_row import CaseRow
from .chain import Chain
from .copying import Shared
from .many_rows import insert_columns, insert_many
from .projection import CaseFacts, project
from .spelling import canonical
from .tables.processes import cases, events
from .tables.telling import outbox
from .tables.worklist import READ_MODELS


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
    log: dict[str, list[Any]] = {}
    columns: dict[str, dict[str, list[Any]]] = {table.name: {} for table in READ_MODELS}
    told: list[Mapping[str, Any]] = []
    patterns: dict[int, _Pattern] = {}
    for new in started:
        pattern = patterns.get(id(new.outline)) if new.outline is not None else None
        if pattern is None:
            pattern = patterns[id(new.outline)] = _Pattern(new, now)
        head = pattern.write_log(new, now, actor, log)
        end = {"revision": pattern.events, "chain_head": head, "state": new.state, **pattern.case}
        case_rows.append({**new.case._asdict(), **end})
        facts = _facts(new.case)
        for name, rows in pattern.rows.items():
            rows.lay_down(facts, columns[name])
        told += new.told
    insert_many(connection, cases, case_rows)
    insert_columns(connection, events, log, {"at": now, "actor": dict(actor), "content_hash": None})
    for table in READ_MODELS:
        insert_columns(connection, table, columns[table.name], logged=False)  # nothing was decided in a task yet
    insert_many(connection, outbox, told, new=False)


class _Pattern:
    """What cases of one outline have in common, worked out once: the data of their events, their read models."""

    def __init__(self, new: NewCase, now: datetime) -> None:
        self._tail = [_spelled_once(*kind_and_fields(event)) for event in new.events[1:]]
        self.events = len(new.events)
        changes = project(_facts(new.case), new.events, now, new.calendar, new.state)
        for row in changes.tasks.values():
            row.update({name: Shared(row[name]) for name in ("variables", "escalation", "excluded")})
        self.case = changes.case
        self.rows = {
            "tasks": AlikeRows(list(changes.tasks.values())),
            "task_groups": AlikeRows(changes.task_groups),
            **{
                name: AlikeRows(list(getattr(changes, name).values()))
                for name in ("timers", "subscriptions", "incidents")
            },
        }

    def write_log(self, new: NewCase, now: datetime, actor: Mapping[str, Any], log: dict[str, list[Any]]) -> str:
        """Add the case's events to the columns of the log, but for what all rows have in common; the last hash."""
        kind, fields = kind_and_fields(new.events[0])
        happened = [_spelled_once(kind, fields | {"belongs": new.case.belongs}), *self._tail]
        chain = Chain(new.case.id, new.case.chain_head, now, actor)
        added = {
            "case_id": [new.case.id] * self.events,
            "revision": [self.events] * self.events,
            "seq": range(1, self.events + 1),
            "type": [kind for kind, _, _ in happened],
            "data": [data for _, data, _ in happened],
            "hash": [chain.link(seq, kind, spelled) for seq, (kind, _, spelled) in enumerate(happened, 1)],
        }
        for name, values in added.items():
            log.setdefault(name, []).extend(values)
        return chain.head


def _spelled_once(kind: str, data: Mapping[str, Any]) -> tuple[str, Shared, str]:
    """The kind of an event, and its data as its row has it, and as its hash is made of."""
    spelled = canonical(data)
    return kind, Shared(data, spelled), spelled


def _facts(case: CaseRow) -> CaseFacts:
    return CaseFacts(case.id, case.process, case.office_id, case.plan_id, case.business_key)
