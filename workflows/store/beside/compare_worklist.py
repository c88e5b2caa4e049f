"""What is open, against the events: each row of the read models that differs, is missing or that no event speaks of.

The rows of some hundred cases are read at a time, so that memory is bounded by these.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, bindparam, select
from sqlalchemy.types import JSON

from workflows.store.spelling import canonical
from workflows.store.tables.processes import cases
from workflows.store.tables.worklist import (
    READ_MODELS,
    escalations,
    incidents,
    subscriptions,
    task_groups,
    tasks,
    timers,
)

from .found import Beside
from .row_log import key_of
from .rows_of_events import RowsOfCase
from .rules import STATE, rule_of

Rows = Mapping[str, Mapping[str, Any]]
NO_ROWS: Rows = {}


class WorklistRows:
    """The rows of the read models of the cases from `first` to `last`, by case, each by its key."""

    def __init__(self, connection: Connection, first: int, last: int) -> None:
        self._of_case: dict[tuple[str, int], dict[str, Mapping[str, Any]]] = {}
        for table in READ_MODELS:
            for row in connection.execute(_rows_of(table), {"first": first, "last": last}):
                found: Any = row._mapping
                self._of_case.setdefault((table.name, found["of_case"]), {})[key_of(table, found)] = found

    def of(self, table: Table, case_id: int) -> Rows:
        """The rows of this table that belong to the case."""
        return self._of_case.get((table.name, case_id), NO_ROWS)


def compare_worklist(rows: WorklistRows, case_id: int, plan_id: int | None, said: RowsOfCase) -> Iterator[Beside]:
    """The rows of this case that are not what its events lead to: FIELD, MISSING, SURPLUS."""
    for table in READ_MODELS:
        expected = expected_rows(said, table)
        held = rows.of(table, case_id)
        for key, row in expected.items():
            there = held.get(key)
            if there is None:
                yield Beside("MISSING", f"{table.name} {key}", plan_id)
                continue
            for name, is_json in followed(table):
                if there[name] != row[name] or (is_json and canonical(there[name]) != canonical(row[name])):
                    about = f"{table.name} {key}"
                    yield Beside("FIELD", about, plan_id, name, in_words(there[name]), in_words(row[name]))
        yield from (Beside("SURPLUS", f"{table.name} {key}", plan_id) for key in held if key not in expected)


def expected_rows(said: RowsOfCase, table: Table) -> Rows:
    """The rows that this table must have of the case, by their key."""
    rows: Rows = getattr(said, table.name)
    if table in {timers, subscriptions, incidents}:
        return {f"{said.facts.id}:{key}": row for key, row in rows.items()}
    return rows


def without_case(connection: Connection) -> Iterator[Beside]:
    """Rows of cases or tasks that are not there."""
    of_cases = ((table, cases, table.c.case_id) for table in READ_MODELS if table is not task_groups)
    of_tasks = ((table, tasks, table.c.task_id) for table in (task_groups, escalations))
    for table, above, column in (*of_cases, *of_tasks):
        wanted = select(*table.primary_key).outerjoin(above, above.c.id == column).where(above.c.id.is_(None))
        for row in connection.execute(wanted.order_by(*table.primary_key)):
            yield Beside("SURPLUS", f"{table.name} {key_of(table, row._mapping)}")


def in_words(value: Any) -> str | None:  # noqa: ANN401 - any value of a column
    """A value as it is said of a row: instants in UTC, JSON in its one spelling."""
    if value is None or isinstance(value, str):
        return value
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else canonical(value)


@cache
def followed(table: Table) -> Sequence[tuple[str, bool]]:
    """The columns that follow from events, and whether each holds JSON."""
    followed = (each for each in table.c if not each.primary_key and rule_of(table.name, each.name) == STATE)
    return [(each.name, isinstance(each.type, JSON)) for each in followed]


@cache
def _rows_of(table: Table) -> Select[Any]:
    """Its keys and what is compared, of the cases from :first to :last."""
    of_case: Column[Any] = tasks.c.case_id if table is task_groups else table.c.case_id
    columns = [*table.primary_key, *(table.c[name] for name, _ in followed(table))]
    wanted = select(*dict.fromkeys(columns), of_case.label("of_case"))
    if table is task_groups:
        wanted = wanted.join_from(task_groups, tasks, tasks.c.id == task_groups.c.task_id)
    return wanted.where(of_case.between(bindparam("first"), bindparam("last")))
