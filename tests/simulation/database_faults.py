"""Faults of the database, at the connection of the driver: what SQLAlchemy sends and what the hot path sends meet the
same ones."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from typing import Any, cast
from weakref import WeakSet

# How each fault shows itself: the name of SQLite's result code, and what its driver says.
SAID = {
    "error_before": ("SQLITE_IOERR", "disk I/O error"),
    "error_after": ("SQLITE_IOERR", "disk I/O error"),
    "locked": ("SQLITE_BUSY", "database is locked"),
    "disk_full": ("SQLITE_FULL", "database or disk is full"),
    "read_only": ("SQLITE_READONLY", "attempt to write a readonly database"),
    "connection_lost": ("SQLITE_IOERR", "the connection was lost"),
    "commit_refused": ("SQLITE_FULL", "database or disk is full"),
    "commit_unknown": ("SQLITE_IOERR", "the answer to the commit was lost"),
}
# The process dies: nothing more reaches the database until it is started again.
DEATHS = ("dies_before", "dies_after", "dies_at_commit", "dies_after_commit")
KINDS = (*SAID, *DEATHS)
AT_COMMIT = frozenset({"commit_refused", "commit_unknown", "dies_at_commit", "dies_after_commit"})
ONLY_WRITES = frozenset({"disk_full", "read_only"})
# After these the one who asked cannot know whether it was done.
WRITES = ("INSERT", "UPDATE", "DELETE", "WITH")
BEGINS_TO_WRITE = "PRAGMA query_only = OFF"  # what the product says before each transaction that writes


class Died(BaseException):
    """The process is gone; no handler of failures of the product may keep it."""


class Faults:
    """Which fault comes next, after how many statements (or commits); `fired` counts those that came."""

    def __init__(self) -> None:
        self.kind: str | None = None
        self.countdown = 0
        self.dead = False
        self.off = False
        self.fired: Counter[str] = Counter()
        self.struck: str | None = None  # the fault that came since it was armed
        self.between: Callable[[], None] | None = None  # another process acts at a border of transactions of this one
        self.borders = 0  # at which of them, counted from now

    def arm(self, kind: str, countdown: int) -> None:
        """Let this fault come at the statement or commit of that number from now."""
        self.kind, self.countdown, self.struck = kind, countdown, None

    def disarm(self) -> None:
        """What has not come does not come; a dead process is started again."""
        self.kind, self.dead, self.between = None, False, None

    def due(self, *, at_commit: bool, writes: bool) -> str | None:
        """The fault that comes at this statement or commit."""
        if self.dead:
            raise Died
        if self.kind is None or (self.kind in AT_COMMIT) != at_commit:
            return None
        if self.kind in ONLY_WRITES and not writes:
            return None
        self.countdown -= 1
        if self.countdown > 0:
            return None
        kind, self.kind = self.kind, None
        self.struck = kind
        self.fired[kind] += 1
        return kind

    def border(self) -> None:
        """A transaction that writes is about to begin, or was committed: between the two another process may act."""
        self.borders -= 1
        if self.borders <= 0 and not self.off:
            between, self.between = self.between, None
            if between is not None:
                between()

    def die(self) -> None:
        """Nothing more of this process reaches anything."""
        self.dead = True
        raise Died


def error_of(kind: str) -> sqlite3.OperationalError:
    """The error as the driver raises it."""
    name, said = SAID[kind]
    error = sqlite3.OperationalError(said)
    error.sqlite_errorname = name
    return error


class FaultyCursor(sqlite3.Cursor):
    """A cursor whose statements meet the faults of its connection."""

    def execute(self, sql: str, parameters: Any = ()) -> FaultyCursor:
        self._meet(sql, lambda: super(FaultyCursor, self).execute(sql, parameters))
        return self

    def executemany(self, sql: str, parameters: Any) -> FaultyCursor:
        self._meet(sql, lambda: super(FaultyCursor, self).executemany(sql, parameters))
        return self

    def _meet(self, sql: str, run: Callable[[], object]) -> None:
        connection = cast(FaultyConnection, self.connection)
        faults = connection.faults
        if sql == BEGINS_TO_WRITE:
            faults.border()
        if faults.off or sql.startswith("PRAGMA"):
            run()
            return
        kind = faults.due(at_commit=False, writes=sql.lstrip().startswith(WRITES))
        if kind in ("error_after", "dies_after"):
            run()
        if kind == "connection_lost" and connection.in_transaction:
            sqlite3.Connection.rollback(connection)
        if kind in DEATHS:
            faults.die()
        if kind is not None:
            raise error_of(kind)
        run()


class FaultyConnection(sqlite3.Connection):
    """The one connection of a database in memory, shared by all processes of a world."""

    faults: Faults
    made: set[str]
    cursors: WeakSet[sqlite3.Cursor]

    def cursor(self, factory: Any = FaultyCursor) -> Any:
        cursor = super().cursor(FaultyCursor if factory is None else factory)
        self.cursors.add(cursor)
        return cursor

    def forget_statements(self) -> None:
        """The statements of a process that died end with it."""
        for cursor in list(self.cursors):
            cursor.close()

    def execute(self, sql: str, parameters: Any = ()) -> Any:
        return self.cursor().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Any) -> Any:
        return self.cursor().executemany(sql, parameters)

    def commit(self) -> None:
        """Commit, unless a fault comes first; afterwards another process may have its turn."""
        faults = self.faults
        if faults.off or not self.in_transaction:
            super().commit()
            return
        kind = faults.due(at_commit=True, writes=True)
        if kind in ("commit_refused", "dies_at_commit"):
            super().rollback()
        else:
            super().commit()
        if kind in DEATHS:
            faults.die()
        if kind is not None:
            raise error_of(kind)
        faults.border()

    def create_function(self, name: str, *arguments: Any, **options: Any) -> None:
        """Once: each process that connects would make the same function again, which a statement under way forbids."""
        if name not in self.made:
            self.made.add(name)
            super().create_function(name, *arguments, **options)

    def close(self) -> None:
        """A pool that gives the connection up loses what was not committed; the database in memory stays for others."""
        if self.in_transaction:
            super().rollback()

    def look(self, sql: str, parameters: Any = ()) -> list[tuple[Any, ...]]:
        """The rows of a query of the tests' own, which meets no fault."""
        cursor = super().cursor(sqlite3.Cursor)
        found = cursor.execute(sql, parameters).fetchall()
        cursor.close()
        return found


def connect() -> FaultyConnection:
    """A new database in memory without any table, and without faults until some are armed."""
    connection = sqlite3.connect(":memory:", factory=FaultyConnection, check_same_thread=False)
    connection.faults, connection.made, connection.cursors = Faults(), set(), WeakSet()
    return connection
