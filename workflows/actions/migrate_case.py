"""Bring running cases to another version of their process, one or all; what would happen can be asked before."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from workflows.engine import decide, state_from_json
from workflows.engine.actor import CLOCK, Context
from workflows.engine.commands import MigrateCase
from workflows.engine.migration_check import forbids, migration_findings
from workflows.errors import Reason, Refused
from workflows.store import cases, clockwork
from workflows.store.case_row import CaseRow
from workflows.store.running_cases import RunningCase, running_cases

from .administration import reach, require_administrator
from .definitions import StoredDefinitions
from .desk import Desk
from .handle import handle


class CaseFindings(NamedTuple):
    """What was found about one case: what `forbids` its migration, and what only tells."""

    case_id: int
    business_key: str | None
    findings: tuple[Reason, ...]

    @property
    def may_go(self) -> bool:
        """Whether nothing forbids it."""
        return not any(forbids(finding) for finding in self.findings)


@dataclass(frozen=True)
class Migrated:
    """What became of one case: migrated or not, and the findings about it."""

    case_id: int
    business_key: str | None
    done: bool
    findings: tuple[Reason, ...]


def migrate_case(
    desk: Desk, case_id: int, to_version: int, *, reason: str, mapping: Mapping[str, str] | None = None
) -> tuple[Reason, ...]:
    """Go on under this version of the case's process; what is worth knowing about it, which forbids nothing.

    `mapping` names elements and flows that are called otherwise there. Refused with every finding that forbids it
    (ELEMENT_GONE, KIND_CHANGED, SCOPE_CHANGED, REPETITION_CHANGED, FLOW_GONE, COMPENSATION_GONE, INCIDENT_OPEN,
    BAD_MAPPING), and NOT_YOURS, REASON_REQUIRED, SAME_VERSION, CASE_SUSPENDED, NOT_WAITING, NotFound.
    """
    if not reason.strip():
        raise Refused("REASON_REQUIRED", field="ly_do", shortest=1)
    with desk.open() as work:
        case = cases.load_case(work.connection, case_id, lock=True)
        require_administrator(desk.by, case.office_id)
        command = _command(work.connection, case.process, to_version, reason.strip(), mapping)
        state = state_from_json(case.state)
        found = () if state.is_over() else migration_findings(StoredDefinitions(work.connection), state, command)
        handle(work, case_id, command)
        return found


def migrate_all(
    desk: Desk,
    process: str,
    to_version: int,
    *,
    reason: str,
    from_version: int | None = None,
    mapping: Mapping[str, str] | None = None,
) -> list[Migrated]:
    """Migrate every running case (of this version, else of all others) that the actor administers, each by itself."""
    require_administrator(desk.by, None)
    with desk.database.read() as connection:
        cases.definition_version(connection, process, to_version)
        concerned = _concerned(connection, process, from_version, to_version)
    offices = reach(desk.by)
    concerned = [case for case in concerned if offices is None or case.office_id in offices]
    results = []
    for case in concerned:
        try:
            findings, done = migrate_case(desk, case.id, to_version, reason=reason, mapping=mapping), True
        except Refused as refused:
            findings, done = refused.reasons, False
        results.append(Migrated(case.id, case.business_key, done, findings))
    return results


def migration_report(
    connection: Connection,
    process: str,
    from_version: int | None,
    to_version: int,
    *,
    now: datetime,
    mapping: Mapping[str, str] | None = None,
    offices: Collection[int | None] | None = None,
) -> list[CaseFindings]:
    """What a migration of all running cases (of this version, else of all others) would meet; nothing is changed.

    With `offices` only cases of these are looked at.

    A case that nothing forbids is tried out in memory, so that what fails only on the way is found as well.
    """
    command = _command(connection, process, to_version, "", mapping)
    return [
        CaseFindings(
            each.id,
            each.business_key,
            _tried(connection, cases.load_case(connection, each.id, lock=False), command, now),
        )
        for each in _concerned(connection, process, from_version, to_version)
        if offices is None or each.office_id in offices
    ]


def _command(
    connection: Connection, process: str, version: int, reason: str, mapping: Mapping[str, str] | None
) -> MigrateCase:
    target = cases.definition_version(connection, process, version)
    return MigrateCase(str(target.id), reason, dict(mapping or {}))


def _concerned(connection: Connection, process: str, from_version: int | None, to_version: int) -> list[RunningCase]:
    return [case for case in running_cases(connection, process, from_version) if case.version != to_version]


def _tried(connection: Connection, case: CaseRow, command: MigrateCase, now: datetime) -> tuple[Reason, ...]:
    definitions, state = StoredDefinitions(connection), state_from_json(case.state)
    found = migration_findings(definitions, state, command)
    if any(forbids(finding) for finding in found):
        return (*found, Reason("CASE_SUSPENDED")) if state.suspended else found
    try:
        decide(definitions, state, command, CLOCK, Context(now, clockwork.calendar_of(connection, case.office_id)))
    except Refused as refused:
        return (*found, *refused.reasons)
    return found
