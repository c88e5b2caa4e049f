"""What a sweep costs follows what is due, never what is open: every question about it goes by an index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from workflows.actions import Desk
from workflows.actions.deploy import deploy_library
from workflows.actions.sweep import SWEEPS
from workflows.engine.actor import CLOCK
from workflows.store.database import Database

# What grows with the work of offices, not with their number.
GROWING = {
    "tasks", "task_groups", "cases", "events", "timers", "subscriptions", "escalations", "cycles", "submissions",
    "occurrences", "duties", "outbox", "notices", "deliveries", "recipients", "signing_orders", "envelopes",
}  # fmt: skip
ALL_OVER = {"checkpoint_log"}  # once a month every case is compared with what is noted outside
NOW = datetime(2026, 11, 27, 3, tzinfo=UTC)


@pytest.mark.parametrize("kind", sorted(SWEEPS.keys() - ALL_OVER))
def test_no_sweep_goes_through_a_whole_table_of_what_grows(kind: str, memory: Database) -> None:
    assert _gone_through(memory, kind) & GROWING == set()


def test_without_its_index_a_sweep_would_go_through_all_tasks(memory: Database) -> None:
    with memory.write() as connection:
        connection.execute(text("DROP INDEX ix_tasks_next_escalation_at"))
        connection.execute(text("DROP INDEX ix_tasks_status_due"))
    assert "tasks" in _gone_through(memory, "escalate")


def _gone_through(database: Database, kind: str) -> set[str]:
    """The tables of which one sweep reads every row, as SQLite says how it would answer each of its questions."""
    desk = Desk(database, NOW, CLOCK)
    deploy_library(desk)
    with _asked(database) as questions:
        SWEEPS[kind](desk, 500)
    assert questions, "the sweep asked for something"
    with database.read() as connection:
        steps = [step for question in questions for step in _steps(connection, *question)]
    return {step.split()[1] for step in steps if step.startswith("SCAN")}


@contextmanager
def _asked(database: Database) -> Iterator[list[tuple[str, Any]]]:
    questions: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_more: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            questions.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    yield questions
    event.remove(database.engine, "before_cursor_execute", note)


def _steps(connection: Connection, statement: str, parameters: Any) -> list[str]:
    driver: Any = connection.connection.driver_connection
    return [str(row[3]) for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
