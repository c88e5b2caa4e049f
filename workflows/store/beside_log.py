"""What stands beside the log, against what the log says: whoever can write the database need not touch the log.

The state from which a case goes on, its process and its times follow from its events; a text, a document and a file
from their hashes; the text that was decided on and the number that was given from the events of the plan's case; the
rest that people rely on from the log of rows (`beside/`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, LargeBinary, Row, Select, and_, case, cast, select

from workflows.engine import State, state_from_json, state_to_json
from workflows.plans.numbering import format_number

from .beside.compare_reminders import Offices, ReminderRows, compare_reminders
from .beside.compare_rows import compare_rows
from .beside.compare_worklist import WorklistRows, compare_worklist, without_case
from .beside.found import Beside
from .beside.rows_of_events import RowsOfCase, belongs_to, rows_said_by
from .chain import ROWS_AT_ONCE
from .plans import content_hash
from .spelling import canonical
from .tables.decisions import decisions
from .tables.issuing import document_files, issued, register
from .tables.plans import plan_versions, plans
from .tables.processes import cases, definitions, events
from .tables.reporting import cycles

__all__ = ["Beside", "compare_beside"]

CASES_AT_ONCE = 200
NUMBER_GIVEN = "so_van_ban"  # the variable in which a case keeps the number that its document was given


def compare_beside(connection: Connection) -> list[Beside]:
    """Everything beside the log that is not as the log says, the log itself taken as it is."""
    return [
        *_cases(connection),
        *without_case(connection),
        *_texts(connection),
        *_files(connection),
        *_bytes(connection),
        *_of_plans(connection),
        *compare_rows(connection),
    ]


def _cases(connection: Connection) -> Iterator[Beside]:
    """The rows of cases against their events, and those of their tasks and plans."""
    offices = Offices(connection)
    kept = select(cases).order_by(cases.c.id)
    for part in connection.execute(kept, execution_options={"yield_per": CASES_AT_ONCE}).partitions():
        bounds = part[0].id, part[-1].id
        log = select(events).where(events.c.case_id.between(*bounds))
        happened = connection.execute(log.order_by(events.c.case_id, events.c.seq))
        of_case = {number: list(some) for number, some in groupby(happened, key=lambda row: int(row.case_id))}
        rows, reminders = WorklistRows(connection, *bounds), ReminderRows(connection, *bounds)
        for row in part:
            said = rows_said_by(row, of_case.get(row.id, []))
            yield from _case(row, of_case.get(row.id, []), said)
            if said is not None:
                yield from compare_worklist(rows, row.id, row.plan_id, said)
                yield from compare_reminders(reminders, said, row.plan_id, offices)
    yield from (Beside("CASE", f"case {number}", plan_id) for number, plan_id in _elsewhere(connection))


def _case(row: Row[Any], happened: Sequence[Row[Any]], said: RowsOfCase | None) -> Iterator[Beside]:
    if not happened:
        return  # the chain says that they are gone
    about = f"case {row.id}"
    if said is None or not _is_in(row, said.state):
        yield Beside("STATE", about, row.plan_id)
    named = (str(row.definition_id), row.process, row.business_key, row.started_at, row.ended_at)
    belongs = belongs_to(_as_record(happened[0].data))
    if _facts(happened) != named or belongs not in (None, (row.office_id, row.plan_id)):
        yield Beside("CASE", about, row.plan_id)
    commands = groupby(happened, key=lambda event: int(event.revision))
    if any([event.seq for event in written][-1] != revision for revision, written in commands):
        yield Beside("REVISION", about, row.plan_id)


def _is_in(row: Row[Any], state: State) -> bool:
    """Whether the case is in the state to which its events lead."""
    try:
        same = canonical(state_to_json(state)) == canonical(state_to_json(state_from_json(row.state)))
    except (AttributeError, KeyError, TypeError, ValueError):
        return False
    return same and (state.status, state.suspended) == (row.status, row.suspended)


def _facts(happened: Sequence[Row[Any]]) -> tuple[object, ...]:
    """What the events say of the case itself: its definition, process and key, and when it began and ended."""
    first = _as_record(happened[0].data)
    moved = [_as_record(event.data).get("definition") for event in happened if event.type == "CaseMigrated"]
    ended = next((event.at for event in happened if event.type == "CaseEnded"), None)
    definition = moved[-1] if moved else first.get("definition")
    return definition, first.get("process"), first.get("business_key"), happened[0].at, ended


def _elsewhere(connection: Connection) -> Iterable[tuple[int, int | None]]:
    """Cases whose office is not that of their plan."""
    of_plans = select(cases.c.id, cases.c.plan_id).join_from(cases, plans, plans.c.id == cases.c.plan_id)
    found = connection.execute(of_plans.where(cases.c.office_id.is_distinct_from(plans.c.office_id)))
    return sorted((row.id, row.plan_id) for row in found)


def _texts(connection: Connection) -> Iterator[Beside]:
    wanted = select(
        plan_versions.c.plan_id, plan_versions.c.version, plan_versions.c.content_hash, plan_versions.c.text
    )
    for row in _in_parts(connection, wanted.order_by(plan_versions.c.plan_id, plan_versions.c.version)):
        if content_hash(row.text) != row.content_hash:
            yield Beside("TEXT", f"plan {row.plan_id} version {row.version}", row.plan_id)


def _files(connection: Connection) -> Iterator[Beside]:
    """The files of processes and decisions that were deployed, against their hashes."""
    for table in (definitions, decisions):
        wanted = select(table.c.key, table.c.version, table.c.xml, table.c.sha256).order_by(table.c.id)
        for row in _in_parts(connection, wanted, 10):
            if sha256(row.xml.encode()).hexdigest() != row.sha256:
                yield Beside("DEFINITION", f"{table.name} {row.key} version {row.version}")


def _bytes(connection: Connection) -> Iterator[Beside]:
    for code, table, content in (
        ("DOCUMENT", issued, issued.c.bytes),
        ("FILE", document_files, document_files.c.content),
    ):
        wanted = select(
            table.c.subject, table.c.subject_id, table.c.sha256, cast(content, LargeBinary).label("content")
        )
        for row in _in_parts(connection, wanted.order_by(table.c.subject, table.c.subject_id), 10):
            if sha256(row.content).hexdigest() != row.sha256:
                of_plan = row.subject_id if row.subject == "plan" else None
                yield Beside(code, f"{row.subject} {row.subject_id}", of_plan)


def _of_plans(connection: Connection) -> Iterator[Beside]:
    """Texts that were decided on, and numbers that were given, as the events of the plan's cases name them."""
    there = {tuple(row) for row in connection.execute(select(plan_versions.c.plan_id, plan_versions.c.content_hash))}
    of_plan = (
        select(cases.c.plan_id, events.c.content_hash).join_from(cases, events).where(cases.c.plan_id.is_not(None))
    )
    for plan_id, decided in connection.execute(of_plan.where(events.c.content_hash.is_not(None)).distinct()):
        if (plan_id, decided) not in there:
            yield Beside("DECIDED", f"plan {plan_id}", plan_id)
    given = _given(connection)
    set_values = select(cases.c.plan_id, events.c.data).join_from(cases, events).where(cases.c.plan_id.is_not(None))
    for plan_id, data in _in_parts(connection, set_values.where(events.c.type == "VariablesSet")):
        number = _as_record(_as_record(data).get("values")).get(NUMBER_GIVEN)
        if number is not None and (plan_id, number) not in given:
            yield Beside("NUMBER", f"plan {plan_id}", plan_id)


def _given(connection: Connection) -> set[tuple[int, str]]:
    """The numbers in the register of each plan and of its reports."""
    plan_id = case((register.c.subject == "plan", register.c.subject_id), else_=cycles.c.plan_id)
    of_report = and_(register.c.subject == "report", cycles.c.id == register.c.subject_id)
    lines = select(plan_id.label("plan_id"), register.c.number, register.c.symbol)
    rows = connection.execute(lines.select_from(register.outerjoin(cycles, of_report)).where(plan_id.is_not(None)))
    return {(row.plan_id, format_number(row.number, row.symbol)) for row in rows}


def _in_parts(connection: Connection, wanted: Select[Any], rows: int = ROWS_AT_ONCE) -> Iterable[Row[Any]]:
    return connection.execute(wanted, execution_options={"yield_per": rows})


def _as_record(data: object) -> Mapping[str, Any]:
    """The fields of what an event holds; none where it is no record any more, which the chain says by itself."""
    return data if isinstance(data, dict) else {}
