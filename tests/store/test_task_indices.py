"""A task is found by what it has, through an index of those that have it, on both kinds of database."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, Select, or_, select, text

from workflows.store.database import Database
from workflows.store.tables.worklist import tasks

WHAT_FEW_HAVE = ("asked_in", "assignee", "closed_by", "closed_for", "next_escalation_at", "topic")


def _plan(connection: Connection, wanted: Select[tuple[str]]) -> str:
    """How the database would find this, with the values written into the question."""
    asked = str(wanted.compile(connection, compile_kwargs={"literal_binds": True}))
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}")
        return "\n".join(row[3] for row in rows)
    # A small table is read whole, whatever its indexes.
    connection.execute(text("SET LOCAL enable_seqscan = off"))
    return "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {asked}"))


@pytest.mark.parametrize("column", [name for name in WHAT_FEW_HAVE if name != "next_escalation_at"])
def test_a_task_is_found_by_what_it_has(database: Database, column: str) -> None:
    with database.read() as connection:
        for wanted in (tasks.c[column] == "x", tasks.c[column].in_(("x", "y"))):
            assert f"ix_tasks_{column}" in _plan(connection, select(tasks.c.id).where(wanted))


def test_what_a_person_closed_for_themselves_or_another_is_found_by_both_indexes(database: Database) -> None:
    by_or_for = or_(tasks.c.closed_by == "1", tasks.c.closed_for == "1")
    with database.read() as connection:
        found = _plan(connection, select(tasks.c.id).where(by_or_for))
    assert "ix_tasks_closed_by" in found
    assert "ix_tasks_closed_for" in found


def test_a_task_stands_in_no_index_of_what_it_has_not(database: Database) -> None:
    """Each write of a task writes into all the indexes that it stands in."""
    with database.read() as connection:
        for column in WHAT_FEW_HAVE:
            nobodys = _plan(connection, select(tasks.c.id).where(tasks.c[column].is_(None)))
            assert f"ix_tasks_{column}" not in nobodys
