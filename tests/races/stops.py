"""One seam at the driver: every statement of a database, by SQLAlchemy or past it, first asks whether it may run.

The pool hands out its driver connections wrapped, so the hot path of the store, which talks to the driver itself, is
seen as well as everything that goes through SQLAlchemy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from psycopg import pq
from sqlalchemy import event

from workflows.store.database import Database

# What touches no row and takes no lock that matters is not worth an order of its own.
IDLE_WORDS = ("SET", "SHOW", "PRAGMA", "SAVEPOINT", "RELEASE", "DEALLOCATE")
# A writer of SQLite queues between these two (`store/turnstile.py`): it is stopped before, lest it keeps others out.
QUEUES, BEGINS = "PRAGMA query_only = OFF", "BEGIN IMMEDIATE"
# Before a statement: its words, and the number of the server's process that will run it (0: SQLite).
Ask = Callable[[str, int], None]


def stop_before_statements(database: Database, ask: Ask) -> None:
    """Have `ask` called, in the thread that wants to run it, before each statement of this database."""

    def wrap(connection: Any, record: Any) -> None:
        record.dbapi_connection = (_Sqlite if database.is_sqlite else _Postgres)(connection, ask)

    event.listen(database.engine, "connect", wrap)


class _Around:
    """All that the wrapped thing is and has."""

    def __init__(self, inner: Any, ask: Ask) -> None:
        object.__setattr__(self, "_inner", inner)
        object.__setattr__(self, "_ask", ask)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._inner, name, value)

    def _before(self, statement: object, process: int = 0) -> None:
        words = statement.decode() if isinstance(statement, bytes) else str(statement)
        idle = (*IDLE_WORDS, "BEGIN") if process else (*IDLE_WORDS, BEGINS)
        if words == QUEUES:
            self._ask(BEGINS, process)
        elif not words.lstrip().upper().startswith(idle):
            self._ask(words, process)


class _Cursor(_Around):
    """A cursor that asks first."""

    def __init__(self, inner: Any, ask: Ask, process: int) -> None:
        super().__init__(inner, ask)
        object.__setattr__(self, "_process", process)

    def execute(self, statement: Any, *parameters: Any, **more: Any) -> Any:
        self._before(statement, self._process)
        self._inner.execute(statement, *parameters, **more)
        return self

    def executemany(self, statement: Any, *parameters: Any, **more: Any) -> Any:
        self._before(statement, self._process)
        self._inner.executemany(statement, *parameters, **more)
        return self

    def copy(self, statement: Any, *parameters: Any, **more: Any) -> Any:
        self._before(statement, self._process)
        return self._inner.copy(statement, *parameters, **more)

    def __iter__(self) -> Any:
        return iter(self._inner)

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *failure: object) -> None:
        self._inner.close()


class _Sqlite(_Around):
    """A connection of sqlite3 that asks first."""

    def cursor(self, *kind: Any) -> Any:
        return _Cursor(self._inner.cursor(*kind), self._ask, 0)

    def execute(self, statement: str, *parameters: Any) -> Any:
        self._before(statement)
        return self._inner.execute(statement, *parameters)

    def executemany(self, statement: str, *parameters: Any) -> Any:
        self._before(statement)
        return self._inner.executemany(statement, *parameters)

    def commit(self) -> None:
        if self._inner.in_transaction:
            self._before("COMMIT")
        self._inner.commit()

    def rollback(self) -> None:
        if self._inner.in_transaction:
            self._before("ROLLBACK")
        self._inner.rollback()


class _Session(_Around):
    """What libpq knows of a connection; the store runs its prepared statements here."""

    def exec_(self, statement: bytes) -> Any:
        self._before(statement, self._inner.backend_pid)
        return self._inner.exec_(statement)

    def prepare(self, name: bytes, statement: bytes, *more: Any) -> Any:
        self._statements[name] = statement
        return self._inner.prepare(name, statement, *more)

    def exec_prepared(self, name: bytes, *parameters: Any) -> Any:
        self._before(self._statements[name], self._inner.backend_pid)
        return self._inner.exec_prepared(name, *parameters)


class _Postgres(_Around):
    """A connection of psycopg that asks first, and so does the libpq under it."""

    def __init__(self, inner: Any, ask: Ask) -> None:
        super().__init__(inner, ask)
        session = _Session(inner.pgconn, ask)
        object.__setattr__(session, "_statements", {})
        object.__setattr__(self, "pgconn", session)

    def cursor(self, *kind: Any, **more: Any) -> Any:
        return _Cursor(self._inner.cursor(*kind, **more), self._ask, self._inner.pgconn.backend_pid)

    def commit(self) -> None:
        self._before_end("COMMIT")
        self._inner.commit()

    def rollback(self) -> None:
        self._before_end("ROLLBACK")
        self._inner.rollback()

    def _before_end(self, word: str) -> None:
        session = self._inner.pgconn
        if session.transaction_status in (pq.TransactionStatus.INTRANS, pq.TransactionStatus.INERROR):
            self._before(word, session.backend_pid)
