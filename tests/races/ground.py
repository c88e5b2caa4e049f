"""Where races are run: one state of an office, made once in memory, laid into a database anew for each order."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import psycopg
from sqlalchemy import LargeBinary, MetaData, Table, insert, select

from tests.stories.remembered import raw
from workflows.store.database import Database
from workflows.store.tables import metadata

from .orders import Contestant

TABLES: tuple[Table, ...] = tuple(metadata.sorted_tables)
KEPT = {table.name: table.to_metadata(MetaData(), schema="kept") for table in TABLES}
NUMBERED = frozenset(table.name for table in TABLES if table.autoincrement_column is not None)
# Numbers that the database gives from here on name rows; which of two deeds got which of them says nothing.
FIRST_NEW = 9_000_000
NEW = re.compile(r"(?<!\d)9\d{6}(?!\d)")
# Of a case or a row that is new they hang on its number; that they are right is asked of the logs themselves.
HASHES = frozenset({"hash", "chain_head", "digest"})
# Rows by table, as text, without the numbers that the database gave them.
Dump = dict[str, list[str]]


class SqliteGround:
    """A file, copied for each order; the few orders are those of who gets the one lock of writers first."""

    def __init__(self, folder: Path) -> None:
        self._master, self._file = folder / "master.sqlite", folder / "race.sqlite"
        self._open: list[Database] = []
        self.before: Dump = {}

    def lay(self, office: Database) -> SqliteGround:
        """From now on the state is that of this office."""
        with raw(office) as source, closing(sqlite3.connect(self._master)) as kept:
            source.backup(kept)
        self.before = self._dump_of(self._master)
        return self

    def fresh(self) -> tuple[Contestant, Contestant]:
        """The state as it was, and two who know nothing yet."""
        self.close()
        for old in self._file.parent.glob(f"{self._file.name}*"):
            old.unlink()
        shutil.copyfile(self._master, self._file)
        self._open = [Database(f"sqlite:///{self._file}") for _ in range(2)]
        return Contestant("A", self._open[0]), Contestant("B", self._open[1])

    def waiting(self, _: Sequence[int]) -> set[int]:
        """Nobody can be asked here."""
        return set()

    def dump(self) -> Dump:
        """Every row that there is now."""
        return self._dump_of(self._file)

    @property
    def reader(self) -> Database:
        """A database to look at what was done."""
        return self._open[0]

    def close(self) -> None:
        """End the connections."""
        for database in self._open:
            database.close()
        self._open = []

    def _dump_of(self, path: Path) -> Dump:
        """Every row of this file."""
        with closing(sqlite3.connect(path)) as connection:
            found: Dump = {}
            for table in TABLES:
                rows = connection.execute(f"SELECT {', '.join(_told(table))} FROM {table.name}")
                found[table.name] = sorted(map(str, rows))
            return found


class PostgresGround:
    """A database with the state kept in a schema beside it, from which the tables are filled again."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.reader = Database(url)
        self._admin = psycopg.connect(url, autocommit=True)
        self._admin.execute("SET session_replication_role = replica")  # no triggers, no foreign keys
        self._admin.execute("CREATE SCHEMA kept")
        self._run([f"CREATE TABLE kept.{table.name} (LIKE {table.name})" for table in TABLES])
        self._dump = " UNION ALL ".join(_as_text(table) for table in TABLES)
        self._restore: list[str] = []
        self._contestants: tuple[Contestant, Contestant] | None = None
        self.before: Dump = {}

    def lay(self, office: Database) -> PostgresGround:
        """From now on the state is that of this office, and those who race are others."""
        self._end_contestants()
        self._run([f"DELETE FROM kept.{table.name}" for table in TABLES])
        filled = self._fill(office)
        emptied = [f"DELETE FROM {table.name}" for table in TABLES]
        self._restore = [*emptied, *(f"INSERT INTO {name} SELECT * FROM kept.{name}" for name in filled)]
        self._run(self._restore)
        self.before = self.dump()
        self._contestants = (Contestant("A", Database(self._url)), Contestant("B", Database(self._url)))
        return self

    def fresh(self) -> tuple[Contestant, Contestant]:
        """The state as it was, and the same two, who remember what they did before."""
        assert self._contestants is not None, "nothing is laid"
        self._run(self._restore)
        return self._contestants

    def waiting(self, processes: Sequence[int]) -> set[int]:
        """Which of these processes of the server wait for a lock of another."""
        asked = "SELECT pid FROM unnest(%s::int[]) AS pid WHERE cardinality(pg_blocking_pids(pid)) > 0"
        return {int(row[0]) for row in self._admin.execute(asked, [list(processes)])}

    def dump(self) -> Dump:
        """Every row that there is now."""
        found: Dump = {table.name: [] for table in TABLES}
        for name, row in self._admin.execute(self._dump, prepare=True):
            found[name].append(NEW.sub("new", row))
        return {name: sorted(rows) for name, rows in found.items()}

    def close(self) -> None:
        """End the connections."""
        self._end_contestants()
        self.reader.close()
        self._admin.execute("DROP SCHEMA kept CASCADE")
        self._admin.close()

    def _end_contestants(self) -> None:
        for each in self._contestants or ():
            each.database.close()
        self._contestants = None

    def _fill(self, office: Database) -> list[str]:
        """Keep every row; the tables that have any. What the database numbers from now on can be told by its number."""
        with raw(office) as source:
            filled = [each for each in TABLES if source.execute(f"SELECT 1 FROM {each.name} LIMIT 1").fetchone()]
        with office.read() as reading, self.reader.write() as target:
            for table in filled:
                rows = [dict(row) for row in reading.execute(select(table)).mappings()]
                target.execute(insert(KEPT[table.name]), rows)
        self._run([f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {FIRST_NEW})" for name in sorted(NUMBERED)])
        return [table.name for table in filled]

    def _run(self, statements: Sequence[str]) -> None:
        self._admin.execute("; ".join(["BEGIN", *statements, "COMMIT"]).encode())


def changes(before: Dump, after: Dump) -> Dump:
    """The rows that came and went, by table."""
    found: Dump = {}
    for name, rows in after.items():
        came, went = _without(rows, before[name]), _without(before[name], rows)
        if came or went:
            found[name] = [*(f"+ {row}" for row in came), *(f"- {row}" for row in went)]
    return found


def _without(rows: list[str], others: list[str]) -> list[str]:
    left = list(rows)
    for each in others:
        if each in left:
            left.remove(each)
    return left


def _told(table: Table) -> list[str]:
    """The columns that say what happened; of bytes their hash stands beside them."""
    return [f'"{each.name}"' for each in table.c if each.name not in HASHES and not isinstance(each.type, LargeBinary)]


def _as_text(table: Table) -> str:
    return f"SELECT '{table.name}', row({', '.join(_told(table))})::text FROM {table.name}"
