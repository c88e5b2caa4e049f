"""What stands beside the log, against what the log says: whoever can write the database need not touch the log.

The state from which a case goes on follows from its events; a text, a document and a file from their hashes; the text
that was decided on and the number that was given from the events of the plan's case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, LargeBinary, Row, Select, and_, case, cast, select

from workflows.engine import event_from_json, replay, state_from_json, state_to_json
from workflows.plans.numbering import format_number

from .chain import ROWS_AT_ONCE
from .plans import content_hash
from .spelling import canonical
from .tables.issuing import document_files, issued, register
from .tables.plans import plan_versions
from .tables.processes import cases, events
from .tables.reporting import cycles

NUMBER_GIVEN = "so_van_ban"  # the variable in which a case keeps the number that its document was given


@dataclass(frozen=True)
class Beside:
    """One thing that is not as the log says.

    STATE: the case goes on from something else than its events lead to; TEXT: a version is not the text of its hash;
    DECIDED: something was decided on a text that no version of the plan has; DOCUMENT, FILE: the bytes are not those
    of their hash; NUMBER: the register has another number than the plan was given, or none. `about` says of what:
    `case 3`, `plan 2 version 1`, `report 4`.
    """

    code: str
    about: str


def compare_beside(connection: Connection) -> list[Beside]:
    """Everything beside the log that is not as the log says, the log itself taken as it is."""
    return [*_states(connection), *_texts(connection), *_bytes(connection), *_of_plans(connection)]


def _states(connection: Connection) -> Iterator[Beside]:
    kept = {row.id: row for row in connection.execute(select(cases.c.id, cases.c.status, cases.c.suspended))}
    log = select(events.c.case_id, events.c.type, events.c.data).order_by(events.c.case_id, events.c.seq)
    for case_id, happened in groupby(_in_parts(connection, log), key=lambda row: int(row.case_id)):
        if case_id in kept and not _leads_to(connection, kept[case_id], list(happened)):
            yield Beside("STATE", f"case {case_id}")


def _leads_to(connection: Connection, case: Row[Any], happened: list[Row[Any]]) -> bool:
    """Whether these events lead to the state of the case; one that nobody can read any more leads nowhere."""
    written = connection.execute(select(cases.c.state).where(cases.c.id == case.id)).scalar_one()
    try:
        state = replay(event_from_json({"event": row.type, **row.data}) for row in happened)
        same = canonical(state_to_json(state)) == canonical(state_to_json(state_from_json(written)))
    except (AttributeError, KeyError, TypeError, ValueError):
        return False
    return same and (state.status, state.suspended) == (case.status, case.suspended)


def _texts(connection: Connection) -> Iterator[Beside]:
    wanted = select(
        plan_versions.c.plan_id, plan_versions.c.version, plan_versions.c.content_hash, plan_versions.c.text
    )
    for row in _in_parts(connection, wanted.order_by(plan_versions.c.plan_id, plan_versions.c.version)):
        if content_hash(row.text) != row.content_hash:
            yield Beside("TEXT", f"plan {row.plan_id} version {row.version}")


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
                yield Beside(code, f"{row.subject} {row.subject_id}")


def _of_plans(connection: Connection) -> Iterator[Beside]:
    """Texts that were decided on, and numbers that were given, as the events of the plan's cases name them."""
    there = {tuple(row) for row in connection.execute(select(plan_versions.c.plan_id, plan_versions.c.content_hash))}
    of_plan = (
        select(cases.c.plan_id, events.c.content_hash).join_from(cases, events).where(cases.c.plan_id.is_not(None))
    )
    for plan_id, decided in connection.execute(of_plan.where(events.c.content_hash.is_not(None)).distinct()):
        if (plan_id, decided) not in there:
            yield Beside("DECIDED", f"plan {plan_id}")
    given = _given(connection)
    set_values = select(cases.c.plan_id, events.c.data).join_from(cases, events).where(cases.c.plan_id.is_not(None))
    for plan_id, data in _in_parts(connection, set_values.where(events.c.type == "VariablesSet")):
        number = data.get("values", {}).get(NUMBER_GIVEN)
        if number is not None and (plan_id, number) not in given:
            yield Beside("NUMBER", f"plan {plan_id}")


def _given(connection: Connection) -> set[tuple[int, str]]:
    """The numbers in the register of each plan and of its reports."""
    plan_id = case((register.c.subject == "plan", register.c.subject_id), else_=cycles.c.plan_id)
    of_report = and_(register.c.subject == "report", cycles.c.id == register.c.subject_id)
    lines = select(plan_id.label("plan_id"), register.c.number, register.c.symbol)
    rows = connection.execute(lines.select_from(register.outerjoin(cycles, of_report)).where(plan_id.is_not(None)))
    return {(row.plan_id, format_number(row.number, row.symbol)) for row in rows}


def _in_parts(connection: Connection, wanted: Select[Any], rows: int = ROWS_AT_ONCE) -> Iterable[Row[Any]]:
    return connection.execute(wanted, execution_options={"yield_per": rows})
