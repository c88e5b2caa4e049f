"""Numbers for cases that are to be started, taken from the database's sequence many at a time (PostgreSQL)."""

from __future__ import annotations

import threading

from sqlalchemy import Connection, Engine

from .driver import Reading, read_rows
from .tables.processes import cases

OPTION = "kehoach_case_numbers"  # among the options of an engine
_FIFTY = Reading("SELECT nextval(pg_get_serial_sequence('cases', 'id')) FROM generate_series(1, 50)", [cases.c.id.type])


class CaseNumbers:
    """Numbers that no other process is given, in their order; those that are left when it ends are used by nobody."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._left: list[int] = []
        self._lock = threading.Lock()

    def take(self, within: Connection | None = None) -> int:
        """The next number; who has a connection already gives it, for two of them are one too many."""
        while (number := self._next()) is None:
            if within is not None:
                self._refill(within)
            else:
                with self._engine.connect() as connection:
                    self._refill(connection)
        return number

    def _next(self) -> int | None:
        with self._lock:
            return self._left.pop() if self._left else None

    def _refill(self, connection: Connection) -> None:
        """Take more; the lock is not held meanwhile, for who holds it might wait for a connection of the pool."""
        more = [int(row[0]) for row in read_rows(connection, _FIFTY, ())]
        with self._lock:
            self._left = sorted((*self._left, *more), reverse=True)


def numbers_of(connection: Connection) -> CaseNumbers | None:
    """The numbers of this process for the connection's database, None where that numbers its cases itself."""
    numbers = connection.get_execution_options().get(OPTION)
    return numbers if isinstance(numbers, CaseNumbers) else None
