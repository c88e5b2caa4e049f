"""Where a process can die: every write to the database, every commit, every effect outside, counted as it is passed.

The product has no hook for it: watched is what it speaks through, the driver of SQLite, files, mail, the signer.
PostgreSQL is watched on the wire (`wire.py`), for its driver is compiled. A death between two reads is the death before
the next write, so reads are not counted.
"""

from __future__ import annotations

import os
import smtplib
import sqlite3
from collections.abc import Callable
from typing import Any

from workflows.actions import make_signature

from .forking import DEAD

READS = ("SELECT", "PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE")


class Points:
    """Counts the points as they are passed; at the one numbered `dies_at` (from 1) the process is over."""

    def __init__(self, dies_at: int | None = None) -> None:
        self.dies_at = dies_at
        self.names: list[str] = []

    def reach(self, name: str) -> None:
        """Pass a point, or die there: no handler, no `finally`, no buffer is honoured."""
        self.names.append(name)
        if len(self.names) == self.dies_at:
            os._exit(DEAD)

    def watch(self, *, sqlite: bool) -> None:
        """From now on everything that this process does passes here."""
        if sqlite:
            _watch_sqlite(self)
        for module, name in ((os, "fsync"), (os, "replace"), (os, "link")):
            setattr(module, name, self._around(getattr(module, name), f"os.{name}"))
        for name in ("send", "getreply"):
            setattr(smtplib.SMTP, name, self._around(getattr(smtplib.SMTP, name), f"smtp.{name}"))
        make_signature.make_signature = self._around(make_signature.make_signature, "signer")

    def _around(self, called: Callable[..., Any], name: str) -> Callable[..., Any]:
        def around(*args: Any, **kwargs: Any) -> Any:
            self.reach(f"before {name}")
            result = called(*args, **kwargs)
            self.reach(f"after {name}")
            return result

        return around


def _watch_sqlite(points: Points) -> None:
    class Cursor(sqlite3.Cursor):
        def execute(self, sql: str, *parameters: Any) -> Any:
            result = super().execute(sql, *parameters)
            _passed(sql)
            return result

        def executemany(self, sql: str, *parameters: Any) -> Any:
            result = super().executemany(sql, *parameters)
            _passed(sql)
            return result

    class Connection(sqlite3.Connection):
        def cursor(self, factory: Any = Cursor) -> Any:
            return super().cursor(factory)

        def commit(self) -> None:
            if self.in_transaction and self.total_changes != self.changed:
                points.reach("before COMMIT")
                super().commit()
                self.changed = self.total_changes
                points.reach("after COMMIT")
            else:
                super().commit()

        changed = 0

    def _passed(sql: str) -> None:
        words = sql.split(None, 3)
        if words and words[0].upper() not in READS:
            points.reach(f"after {' '.join(words[:3])}")

    real = sqlite3.connect

    def connect(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        return real(*args, **{"factory": Connection, **kwargs})

    sqlite3.connect = sqlite3.dbapi2.connect = connect  # type: ignore[attr-defined]
