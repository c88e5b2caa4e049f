"""Definitions by version, and cases: a snapshot each, changed only by appending events at the expected revision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, delete, insert, select, update

from workflows.engine.calendar import Calendar
from workflows.engine.events import Event
from workflows.engine.history import event_to_json
from workflows.errors import NotFound, Stale

from .chain import GENESIS, link
from .database import losing_is_stale
from .deployed_files import next_version
from .links import revoke_links_of_others
from .projection import CaseFacts, Changes, project
from .rescheduling import move_tasks, move_timers
from .tables.processes import cases, definitions, events
from .tables.worklist import incidents, subscriptions, task_groups, tasks, timers


@dataclass(frozen=True)
class DefinitionRow:
    """One version of one process; `xml` is the whole file, which may hold several processes."""

    id: int
    key: str
    version: int
    name: str
    xml: str
    sha256: str
    deployment: str
    deployed_at: datetime
    deployed_by: str | None


@dataclass(frozen=True)
class CaseRow:
    """A case as it was read: `revision` is the number of its events, `chain_head` the hash of the last one."""

    id: int
    definition_id: int
    process: str
    office_id: int | None
    plan_id: int | None
    business_key: str | None
    status: str
    revision: int
    state: Mapping[str, Any]
    chain_head: str
    started_at: datetime
    ended_at: datetime | None
    suspended: bool


@dataclass(frozen=True)
class Happened:
    """One event of the history; `data` is the event as `engine.history` writes it, without its name."""

    case_id: int
    seq: int
    revision: int
    at: datetime
    type: str
    data: Mapping[str, Any]
    actor: Mapping[str, Any]
    content_hash: str | None
    hash: str


def insert_definition(
    connection: Connection,
    *,
    key: str,
    name: str,
    xml: str,
    now: datetime,
    by: str | None,
    deployment: str | None = None,
) -> DefinitionRow:
    """Keep the next version of a process; the same file again is the version that is there.

    Files with the same `deployment` came together; a file without one came alone. `Stale` when somebody else deployed
    the same process at the same time.
    """
    known = find_definition(connection, key)
    row = next_version(known, key=key, name=name, xml=xml, now=now, by=by, deployment=deployment)
    if row is None:
        assert known is not None, "only a known file makes no version"
        return known
    with losing_is_stale(definition=key, version=row["version"]):
        added = connection.execute(insert(definitions).values(row).returning(definitions.c.id)).scalar_one()
    return DefinitionRow(id=added, **row)


def definition_row(connection: Connection, definition_id: int) -> DefinitionRow:
    """This definition; `NotFound` when there is none."""
    row = connection.execute(select(definitions).where(definitions.c.id == definition_id)).one_or_none()
    if row is None:
        raise NotFound("definition", id=definition_id)
    return DefinitionRow(**row._mapping)


def definition_hash(connection: Connection, definition_id: int) -> str:
    """The hash of this definition's file, without the file; `NotFound` when there is none."""
    digest: str | None = connection.scalar(select(definitions.c.sha256).where(definitions.c.id == definition_id))
    if digest is None:
        raise NotFound("definition", id=definition_id)
    return digest


def find_definition(connection: Connection, key: str) -> DefinitionRow | None:
    """The newest version of this process, None when it was never deployed."""
    return _definition(connection, key, None)


def latest_definition(connection: Connection, key: str) -> DefinitionRow:
    """The newest version of this process; `NotFound` when it was never deployed."""
    return _found(_definition(connection, key, None), key=key)


def definition_version(connection: Connection, key: str, version: int) -> DefinitionRow:
    """This version of this process; `NotFound` when there is none."""
    return _found(_definition(connection, key, version), key=key, version=version)


def deployed_with(connection: Connection, definition_id: int, key: str) -> DefinitionRow:
    """The newest version of a process that was deployed together with this definition; `NotFound` when none was."""
    together = select(definitions.c.deployment).where(definitions.c.id == definition_id).scalar_subquery()
    wanted = select(definitions).where(definitions.c.key == key, definitions.c.deployment == together)
    row = connection.execute(wanted.order_by(definitions.c.version.desc()).limit(1)).one_or_none()
    return _found(DefinitionRow(**row._mapping) if row else None, key=key, with_definition=definition_id)


def new_case(
    connection: Connection,
    *,
    definition_id: int,
    process: str,
    now: datetime,
    office_id: int | None = None,
    plan_id: int | None = None,
    business_key: str | None = None,
) -> CaseRow:
    """A case without any event; the events that `StartCase` makes are appended in the same transaction."""
    row: dict[str, Any] = {
        "definition_id": definition_id,
        "process": process,
        "office_id": office_id,
        "plan_id": plan_id,
        "business_key": business_key,
        "status": "new",
        "revision": 0,
        "state": {"status": "new", "counter": 0},
        "chain_head": GENESIS,
        "started_at": now,
        "ended_at": None,
        "suspended": False,
    }
    added = connection.execute(insert(cases).values(row).returning(cases.c.id)).scalar_one()
    return CaseRow(id=added, **row)


def load_case(connection: Connection, case_id: int, *, lock: bool) -> CaseRow:
    """This case; with `lock` nobody else can write it until the transaction ends. `NotFound` when there is none."""
    wanted = select(cases).where(cases.c.id == case_id)
    row = connection.execute(wanted.with_for_update() if lock else wanted).one_or_none()
    if row is None:
        raise NotFound("case", id=case_id)
    return _case(row)


def cases_of_plan(connection: Connection, plan_id: int) -> list[CaseRow]:
    """The cases of a plan, its own life first, then duties and cycles in the order in which they began."""
    wanted = select(cases).where(cases.c.plan_id == plan_id).order_by(cases.c.id)
    return [_case(row) for row in connection.execute(wanted)]


def append(
    connection: Connection,
    case: CaseRow,
    happened: Sequence[Event],
    *,
    state: Mapping[str, Any],
    now: datetime,
    actor: Mapping[str, Any],
    content_hash: str | None = None,
    calendar: Calendar | None = None,
) -> CaseRow:
    """Write what happened and everything that follows from it, and return the case as it now stands.

    One compare-and-set on the revision: `Stale` when another command was first. `actor` says who, in what capacity, for
    whom, through which channel; the office's calendar places the levels of escalation.
    """
    if not happened:
        return case
    rows = log_rows(case, happened, now, actor, content_hash)
    facts = CaseFacts(case.id, case.process, case.office_id, case.plan_id, case.business_key)
    changes = project(facts, happened, now, calendar or Calendar(), state)
    values = {"revision": rows[-1]["seq"], "state": state, "chain_head": rows[-1]["hash"], **changes.case}
    at_revision = (cases.c.id == case.id, cases.c.revision == case.revision)
    if connection.execute(update(cases).where(*at_revision).values(values)).rowcount != 1:
        raise Stale(case=case.id)
    connection.execute(insert(events), rows)
    _write(connection, case.id, changes)
    if changes.rescheduled:
        move_tasks(connection, changes.rescheduled, calendar or Calendar(), now)
    move_timers(connection, case.id, changes.timers_moved)
    for task_id, holder in changes.links_of_others_gone.items():
        revoke_links_of_others(connection, task_id, holder, now)
    return replace(case, **values)


def history(connection: Connection, case_id: int) -> list[Happened]:
    """Everything that happened in this case, first to last."""
    wanted = select(events).where(events.c.case_id == case_id).order_by(events.c.seq)
    return [Happened(**row._mapping) for row in connection.execute(wanted)]


def last_time(connection: Connection, case_id: int, kind: str) -> datetime | None:
    """When an event of this class last happened in the case; None when it never did."""
    wanted = select(events.c.at).where(events.c.case_id == case_id, events.c.type == kind)
    at: datetime | None = connection.scalar(wanted.order_by(events.c.seq.desc()).limit(1))
    return at


def _definition(connection: Connection, key: str, version: int | None) -> DefinitionRow | None:
    wanted = select(definitions).where(definitions.c.key == key)
    if version is not None:
        wanted = wanted.where(definitions.c.version == version)
    row = connection.execute(wanted.order_by(definitions.c.version.desc()).limit(1)).one_or_none()
    return DefinitionRow(**row._mapping) if row else None


def _found(row: DefinitionRow | None, **facts: Any) -> DefinitionRow:  # noqa: ANN401 - facts are JSON
    if row is None:
        raise NotFound("definition", **facts)
    return row


def _case(row: Row[Any]) -> CaseRow:
    return CaseRow(**{name: row._mapping[name] for name in CaseRow.__dataclass_fields__})


def log_rows(
    case: CaseRow, happened: Sequence[Event], now: datetime, actor: Mapping[str, Any], content_hash: str | None
) -> list[dict[str, Any]]:
    """The rows of these events as they follow on the case in its chain."""
    rows: list[dict[str, Any]] = []
    head, revision = case.chain_head, case.revision + len(happened)
    for seq, event in enumerate(happened, case.revision + 1):
        data = event_to_json(event)
        kind = data.pop("event")
        head = link(head, case=case.id, seq=seq, at=now, type=kind, data=data, actor=actor, content_hash=content_hash)
        row = {"case_id": case.id, "seq": seq, "revision": revision, "at": now, "type": kind, "data": data}
        rows.append({**row, "actor": actor, "content_hash": content_hash, "hash": head})
    return rows


def _write(connection: Connection, case_id: int, changes: Changes) -> None:
    """One statement a table where nothing there changes, each for all its rows."""
    if changes.tasks:
        connection.execute(insert(tasks), list(changes.tasks.values()))
    if changes.task_groups_gone:
        connection.execute(delete(task_groups).where(task_groups.c.task_id.in_(changes.task_groups_gone)))
    if changes.task_groups:
        connection.execute(insert(task_groups), changes.task_groups)
    _update_tasks(connection, changes.task_updates)
    pairs: tuple[tuple[Table, str, dict[str, Any], list[str]], ...] = (
        (timers, "timer_id", changes.timers, changes.timers_gone),
        (subscriptions, "subscription_id", changes.subscriptions, changes.subscriptions_gone),
        (incidents, "incident_id", changes.incidents, changes.incidents_gone),
    )
    for table, key, come, gone in pairs:
        if gone:
            connection.execute(delete(table).where(table.c.case_id == case_id, table.c[key].in_(gone)))
        if come:
            connection.execute(insert(table), list(come.values()))


def _update_tasks(connection: Connection, updates: Mapping[str, Mapping[str, Any]]) -> None:
    """Tasks that change the same columns change in one statement."""
    by_columns: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row_id, values in updates.items():
        row = {"row_id": row_id, **{f"new_{column}": value for column, value in values.items()}}
        by_columns.setdefault(tuple(sorted(values)), []).append(row)
    for columns, rows in by_columns.items():
        new = {column: bindparam(f"new_{column}", type_=tasks.c[column].type) for column in columns}
        connection.execute(update(tasks).where(tasks.c.id == bindparam("row_id")).values(new), rows)
