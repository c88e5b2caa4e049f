"""The database that conformance cases are played on: in memory, or a named one, which must hold no office."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Table, func, select

from workflows.store.database import Database
from workflows.store.tables.decisions import decisions
from workflows.store.tables.directory import bodies, people
from workflows.store.tables.plans import plans
from workflows.store.tables.processes import cases, definitions, events, start_triggers
from workflows.store.tables.telling import outbox
from workflows.store.tables.worklist import escalations, incidents, subscriptions, task_groups, tasks, timers

WRITTEN: Iterable[Table] = (
    events,
    escalations,
    task_groups,
    tasks,
    timers,
    subscriptions,
    incidents,
    outbox,
    start_triggers,
    cases,
    definitions,
    decisions,
)
OF_AN_OFFICE: Iterable[Table] = (bodies, people, plans)


class Playground:
    """One database, emptied between cases and opened again in the middle of them."""

    def __init__(self, url: str | None) -> None:
        self._url = url or "sqlite://"
        self.database = Database(self._url)
        self.database.upgrade()
        self._refuse_an_office()

    def _refuse_an_office(self) -> None:
        """Cases are played on rows that may be thrown away; an office's are not."""
        with self.database.read() as connection:
            for table in OF_AN_OFFICE:
                if connection.scalar(select(func.count()).select_from(table)):
                    raise RuntimeError(f"{self.database.url} holds an office ({table.name}); name an empty database")

    def clear(self) -> None:
        """Delete every row that cases leave."""
        with self.database.write() as connection:
            deleted = [f"DELETE FROM {table.name}" for table in WRITTEN]
            for statement in deleted if self.database.is_sqlite else ["; ".join(deleted)]:
                connection.exec_driver_sql(statement)

    def reopen(self) -> None:
        """Close the database and open it again; one in memory would be gone, so it stays."""
        if not self.database.in_memory:
            self.database.close()
            self.database = Database(self._url)

    def close(self) -> None:
        """Give the connections back."""
        self.database.close()
