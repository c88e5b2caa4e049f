"""Definitions by version, and cases: a snapshot each, changed only by appending events at the expected revision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from workflows.engine.calendar import Calendar
from workflows.engine.events import Event
from workflows.errors import NotFound, Stale

from . import driver
from .appending import Appending, appending
from .case_numbers import numbers_of
from .case_row import CaseRow, new_case_row
from .changes import offer_anew
from .database import losing_is_stale
from .deployed_files import next_version
from .driver import Reading, read_rows, write
from .links import revoke_links_of_others
from .refusals import text_without_nul
from .remembered import Newest, remembered_by
from .rescheduling import move_tasks, move_timers
from .steps import Insert
from .tables.processes import cases, definitions, events


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


def keys_naming(connection: Connection, text: str) -> list[str]:
    """The processes in whose newest file this text stands."""
    newest = select(definitions.c.key, func.max(definitions.c.version).label("version")).group_by(definitions.c.key)
    last = newest.subquery()
    same = (definitions.c.key == last.c.key) & (definitions.c.version == last.c.version)
    wanted = select(definitions.c.key).join(last, same).where(definitions.c.xml.contains(text, autoescape=True))
    return list(connection.scalars(wanted.order_by(definitions.c.key)))


def latest_definition(connection: Connection, key: str) -> DefinitionRow:
    """The newest version of this process; `NotFound` when it was never deployed."""
    return _found(_definition(connection, key, None), key=key)


_NEWEST = Reading(
    "SELECT id, sha256 FROM definitions WHERE key = ?1 ORDER BY version DESC LIMIT 1",
    [definitions.c.id.type, definitions.c.sha256.type],
)


def latest_definition_id(connection: Connection, key: str) -> int:
    """The id of the newest version of this process, without its file; `NotFound` when it was never deployed."""
    found = read_rows(connection, _NEWEST, (text_without_nul(key),))
    if not found:
        raise NotFound("definition", key=key)
    newest = Newest(*found[0])
    remembered_by(connection).keep_newest(key, newest)
    return newest.definition_id


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
    case = new_case_row(
        0,
        definition_id=definition_id,
        process=process,
        office_id=office_id,
        plan_id=plan_id,
        business_key=business_key,
        now=now,
    )
    numbers = numbers_of(connection) if plan_id is None else None  # those of a plan stand in the order of their start
    if numbers is not None:
        numbered = case._asdict() | {"id": numbers.take(connection)}
        return case._replace(id=driver.insert(connection, cases, numbered))
    row = {name: value for name, value in case._asdict().items() if name != "id"}
    return case._replace(id=driver.insert(connection, cases, row))


def load_case(connection: Connection, case_id: int, *, lock: bool) -> CaseRow:
    """This case; with `lock` nobody else can write it until the transaction ends. `NotFound` when there is none."""
    wanted = select(cases).where(cases.c.id == case_id)
    row = connection.execute(wanted.with_for_update() if lock else wanted).one_or_none()
    if row is None:
        raise NotFound("case", id=case_id)
    return _case(row)


def revision_of(connection: Connection, case_id: int) -> int | None:
    """How many events this case has, with the case locked until the transaction ends; None when there is none."""
    return connection.execute(select(cases.c.revision).where(cases.c.id == case_id).with_for_update()).scalar()


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
    told: Sequence[Insert] = (),
) -> CaseRow:
    """Write what happened and everything that follows from it, and return the case as it now stands.

    One compare-and-set on the revision: `Stale` when another command was first. `actor` says who, in what capacity, for
    whom, through which channel; the office's calendar places the levels of escalation; `told` goes into the outbox.
    """
    if not happened:
        return case
    written = appending(
        case,
        happened,
        state=state,
        now=now,
        actor=actor,
        content_hash=content_hash,
        calendar=calendar or Calendar(),
        told=told,
    )
    return carry_out(connection, written, calendar or Calendar(), now)


def carry_out(connection: Connection, written: Appending, calendar: Calendar, now: datetime) -> CaseRow:
    """Write this, with what has to be looked at first, and return the case as it now stands; see `append`."""
    case, changes = written.case, written.changes
    if not write(connection, written.at({"id": case.id, "revision": case.revision}), written.steps):
        raise Stale(case=case.id)
    offer_anew(connection, changes)
    if changes.rescheduled:
        move_tasks(connection, changes.rescheduled, calendar, now)
    move_timers(connection, case.id, changes.timers_moved)
    for task_id, holder in changes.links_of_others_gone.items():
        revoke_links_of_others(connection, task_id, holder, now)
    return case._replace(**written.values)


def history(connection: Connection, case_id: int) -> list[Happened]:
    """Everything that happened in this case, first to last."""
    wanted = select(events).where(events.c.case_id == case_id).order_by(events.c.seq)
    return [Happened(**row._mapping) for row in connection.execute(wanted)]


def closer_of(connection: Connection, case_id: int, task_id: str, at: datetime | None) -> str | None:
    """The name of whoever's deed closed this task of the case at this instant; None when there is no such event."""
    closing = (events.c.case_id == case_id, events.c.at == at, events.c.type == "TaskClosed")
    for data, actor in connection.execute(select(events.c.data, events.c.actor).where(*closing)):
        if data["task_id"] == task_id:
            return str(actor["name"])
    return None


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
    return CaseRow(**{name: row._mapping[name] for name in CaseRow._fields})
