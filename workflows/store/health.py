"""Whether a database keeps what it was given: SQLite's journal mode, PostgreSQL's settings, pending migrations."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from functools import cache
from typing import Any, Literal

from sqlalchemy import Connection, func, select, text

from workflows.errors import Refused

from . import schema, wall
from .finding import Finding
from .tables.clockwork import sweeps

# 3.7.0 to 3.51.2 can lose committed data in WAL mode when two connections write and checkpoint at once.
SAFE_WAL = (3, 51, 3)
SAFE_WAL_BRANCHES = ((3, 50, 7), (3, 44, 6))
# Switched off, a commit that was answered "done" may be gone after a power cut.
MUST_BE_ON = ("fsync", "full_page_writes")
OLDEST_POSTGRES = 14


def safe_journal_mode(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> str:
    """WAL where this version of SQLite is known to be sound in it, else PERSIST.

    Both sync what makes a commit final. DELETE does not (pragma.html#pragma_synchronous, EXTRA): a journal whose name
    comes back after a power cut takes the last commit back.
    """
    sound = version >= SAFE_WAL or any(version[:2] == fixed[:2] and version >= fixed for fixed in SAFE_WAL_BRANCHES)
    return "WAL" if sound else "PERSIST"


@cache
def knows_fts5() -> bool:
    """Whether this program's SQLite was built with FTS5, in which the search has its words."""
    with closing(sqlite3.connect(":memory:")) as tried:
        try:
            tried.execute("CREATE VIRTUAL TABLE tried USING fts5(words)")
        except sqlite3.OperationalError:
            return False
    return True


def refuse_without_fts5() -> None:
    """SQLITE_FTS5 (`version`) where no table of the search can be made."""
    if not knows_fts5():
        raise Refused("SQLITE_FTS5", version=sqlite3.sqlite_version, there=False)


def examine(connection: Connection) -> list[Finding]:
    """Everything worth saying about this database, in a fixed order."""
    found = _sqlite(connection) if connection.dialect.name == "sqlite" else _postgres(connection)
    return [*found, _migrations(connection)]


def refuse_broken_references(connection: Connection) -> None:
    """SQLite only: an error of the program when a row refers to what is not there."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise RuntimeError(f"row {broken[1]} of {broken[0]} refers to no row of {broken[2]}")


def server_time(connection: Connection) -> datetime | None:
    """What time it is where the database runs; None for SQLite, which has this machine's."""
    if connection.dialect.name == "sqlite":
        return None
    at: datetime | None = connection.execute(text("SELECT clock_timestamp()")).scalar()
    return at


def last_swept(connection: Connection) -> datetime | None:
    """The latest time that any sweep has on record, whichever machine wrote it."""
    wanted = select(func.max(func.coalesce(sweeps.c.finished_at, sweeps.c.started_at)))
    at: datetime | None = connection.execute(wanted).scalar()
    return at


def _sqlite(connection: Connection) -> list[Finding]:
    def pragma(name: str) -> Any:  # noqa: ANN401 - a pragma answers text or a number
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()

    version, safe = sqlite3.sqlite_version, safe_journal_mode()
    mode = str(pragma("journal_mode")).upper()
    sound = mode in ("MEMORY", safe)
    synchronous, foreign_keys = int(pragma("synchronous")), int(pragma("foreign_keys"))
    return [
        Finding("SQLITE_VERSION", "ok", {"version": version, "wal_is_safe": safe == "WAL"}),
        Finding("SQLITE_FTS5", "ok" if knows_fts5() else "error", {"version": version, "there": knows_fts5()}),
        Finding("SQLITE_JOURNAL", "ok" if sound else "error", {"mode": mode, "wanted": safe, "version": version}),
        Finding("SQLITE_SYNCHRONOUS", "ok" if synchronous >= 2 else "error", {"level": synchronous}),
        Finding("SQLITE_FOREIGN_KEYS", "ok" if foreign_keys else "error", {"on": bool(foreign_keys)}),
    ]


def _postgres(connection: Connection) -> list[Finding]:
    def setting(name: str) -> str:
        return str(connection.execute(text("SELECT current_setting(:name)"), {"name": name}).scalar())

    recent = int(setting("server_version_num")) >= OLDEST_POSTGRES * 10_000
    facts = {"version": setting("server_version"), "oldest": OLDEST_POSTGRES}
    found = [Finding("PG_VERSION", "ok" if recent else "error", facts)]
    encoding = setting("server_encoding")
    found.append(Finding("PG_ENCODING", "ok" if encoding == "UTF8" else "error", {"encoding": encoding}))
    for name in MUST_BE_ON:
        value = setting(name)
        found.append(Finding("PG_SETTING", "ok" if value == "on" else "error", {"name": name, "value": value}))
    commit = setting("synchronous_commit")
    level: Literal["ok", "error"] = "error" if commit == "off" else "ok"
    found.append(Finding("PG_SETTING", level, {"name": "synchronous_commit", "value": commit}))
    for name in ("data_checksums", "archive_mode"):
        value = setting(name)
        found.append(Finding("PG_SETTING", "warning" if value == "off" else "ok", {"name": name, "value": value}))
    return found if schema.current(connection) is None else [*found, *wall.examine(connection)]


def _migrations(connection: Connection) -> Finding:
    current, newest = schema.current(connection), schema.newest()
    facts = {"current": current, "newest": newest}
    if not schema.is_known(current):
        return Finding("NEW_SCHEMA", "error", facts)
    return Finding("MIGRATIONS", "ok" if current == newest else "error", facts)
