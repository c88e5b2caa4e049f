"""Numbers for cases that are to be started, taken from the database's sequence many at a time (PostgreSQL)."""

from __future__ import annotations

import threading

from sqlalchemy import Engine

from .driver import Reading, read_rows
from .tables.processes import cases

_FIFTY = Reading("SELECT nextval(pg_get_serial_sequence('cases', 'id')) FROM generate_series(1, 50)", [cases.c.id.type])


class CaseNumbers:
    """Numbers that no other process is given; those that are not used when it ends are used by nobody."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._left: list[int] = []
        self._lock = threading.Lock()

    def take(self) -> int:
        """The next number."""
        with self._lock:
            if not self._left:
                with self._engine.connect() as connection:
                    self._left = sorted((int(row[0]) for row in read_rows(connection, _FIFTY, ())), reverse=True)
            return self._left.pop()
