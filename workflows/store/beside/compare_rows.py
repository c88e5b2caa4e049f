"""The rows of the house against their log: what was changed, removed or slipped in past the program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, func, select

from workflows.store.tables.processes import checkpoints
from workflows.store.tables.row_log import row_log

from .found import Beside
from .logged_tables import logged_tables
from .row_log import BEGINNING, GONE, ROWS_AT_ONCE, as_they_stand, digest, holds_nothing, key_of, last_lines, values_of


def compare_rows(connection: Connection) -> Iterator[Beside]:
    """Every row that is not as it was written last: CHANGED, REMOVED, INSERTED; NO_LOG: its table has no log."""
    for table in logged_tables():
        lines = last_lines(connection, table)
        if lines.pop(BEGINNING, None) is None:
            yield Beside("NO_LOG", table.name)
            continue
        for row in as_they_stand(connection, table, few=len(lines) < ROWS_AT_ONCE):
            found = row._mapping
            key, values = key_of(table, found), values_of(table, found)
            line = lines.pop(key, None)
            if line is None or line == GONE:
                if line == GONE or not holds_nothing(table, values):
                    yield Beside("INSERTED", f"{table.name} {key}", _plan_of(connection, table, found))
            elif line != digest(table.name, key, values):
                yield Beside("CHANGED", f"{table.name} {key}", _plan_of(connection, table, found))
        yield from (Beside("REMOVED", f"{table.name} {key}") for key, line in lines.items() if line != GONE)


def covered_since(connection: Connection) -> str | None:
    """When the first checkpoint sealed the log of rows (ISO): what was changed before is not covered. None: not yet."""
    first = select(func.min(checkpoints.c.at)).where(checkpoints.c.rows_root.is_not(None))
    at = connection.scalar(first)
    return None if at is None else at.isoformat(timespec="seconds")


def lines_of_rows(connection: Connection) -> int:
    """How many lines the log of rows has."""
    return connection.scalar(select(func.count()).select_from(row_log)) or 0


def _plan_of(connection: Connection, table: Table, row: Mapping[Any, Any]) -> int | None:
    """The plan that a row belongs to, through the rows that it refers to; None when it belongs to none."""
    for _ in range(4):
        if table.name == "plans":
            return int(row[table.c.id])
        if "plan_id" in table.c and row.get(table.c.plan_id) is not None:
            return int(row[table.c.plan_id])
        step = next(_above(table, row), None)
        if step is None:
            return None
        table, above = step
        found = connection.execute(select(*table.c).where(table.c.id == above)).one_or_none()
        if found is None:
            return None
        row = found._mapping
    return None


SUBJECTS = {"plan": "plans", "report": "cycles", "copy": "copies", "comment": "comments", "opinion": "opinions"}
ABOVE = ("task_id", "round_id", "opinion_id", "cycle_id", "submission_id", "duty_id", "occurrence_id", "recipient_id")


def _above(table: Table, row: Mapping[Any, Any]) -> Iterator[tuple[Table, int]]:
    if "subject" in table.c and row.get(table.c.subject) in SUBJECTS:
        yield table.metadata.tables[SUBJECTS[row[table.c.subject]]], row[table.c.subject_id]
    for name in ABOVE:
        if name in table.c:
            (key,) = table.c[name].foreign_keys
            yield key.column.table, row[table.c[name]]
