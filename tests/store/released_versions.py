"""Databases that older versions of the program left behind, in a file or on PostgreSQL, and what is in a database."""

from __future__ import annotations

import json
import lzma
import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Date, DateTime, MetaData, text
from sqlalchemy.dialects.postgresql import JSON, JSONB

from workflows.store.database import Database

# What `released/record.py` wrote with the program of that version of the schema.
RECORDED = {path.name.partition(".")[0]: path for path in Path(__file__).parent.joinpath("released").glob("*.sql.xz")}
COLUMNS_SQLITE = (
    "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c "
    "WHERE t.type = 'table' AND t.name NOT IN ('alembic_version', 'sqlite_sequence') "
    "AND t.name NOT LIKE '%!_words!_index%' ESCAPE '!' ORDER BY t.name, c.cid"
)
COLUMNS_POSTGRES = (
    "SELECT table_name, column_name FROM information_schema.columns "
    "WHERE table_schema = 'public' AND table_name <> 'alembic_version' ORDER BY table_name, ordinal_position"
)
# Table to its columns and its rows, each row as it stands in the database.
Dump = Mapping[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]]


def left_in_file(version: str, file: Path) -> Database:
    """The recorded database in a new file."""
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(lzma.decompress(RECORDED[version].read_bytes()).decode())
    return Database(f"sqlite:///{file}")


def left_on_postgres(version: str, url: str, file: Path) -> Database:
    """The same rows in an empty database on PostgreSQL, by way of a new file."""
    left_in_file(version, file).close()
    database = Database(url)
    database.upgrade(version)
    with closing(sqlite3.connect(file)) as source, database.write() as connection:
        connection.execute(text("SET session_replication_role = replica"))
        found = MetaData()
        found.reflect(connection)
        for table in found.tables.values():
            columns = [column for column in table.columns if not column.computed]
            rows = source.execute(f"SELECT {', '.join(column.name for column in columns)} FROM {table.name}")
            kept = [
                {each.name: _of_postgres(each, value) for each, value in zip(columns, row, strict=True)} for row in rows
            ]
            if kept and table.name != "alembic_version":
                connection.execute(table.insert(), kept)
        _number_on(connection, found)
        connection.execute(text("SET session_replication_role = DEFAULT"))
    return database


def dump(database: Database) -> Dump:
    """Everything that is in it, whatever its version."""
    found: dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]] = {}
    with database.read() as connection:
        columns = connection.exec_driver_sql(COLUMNS_SQLITE if database.is_sqlite else COLUMNS_POSTGRES).all()
        for table, named in groupby(columns, lambda column: str(column[0])):
            names = tuple(column[1] for column in named)
            quoted = ", ".join(f'"{name}"' for name in names)
            rows = connection.exec_driver_sql(f"SELECT {quoted} FROM {table}")
            found[table] = (names, [tuple(plain(value) for value in row) for row in rows])
    return found


def shared(dumped: Dump, other: Dump) -> dict[str, Counter[tuple[Any, ...]]]:
    """The rows of the tables that the other has too, in the columns that the other has too, in no order."""
    kept = {}
    for table in dumped.keys() & other.keys():
        columns, rows = dumped[table]
        places = sorted((name, place) for place, name in enumerate(columns) if name in other[table][0])
        kept[table] = Counter(tuple(row[place] for _, place in places) for row in rows)
    return kept


def plain(value: Any) -> Any:
    """The value as both kinds of database say it."""
    if isinstance(value, list | dict):
        return json.dumps(value, sort_keys=True)
    return bytes(value) if isinstance(value, memoryview) else value


def _of_postgres(column: Column[Any], value: Any) -> Any:
    """What SQLite keeps as text or number, as the type of this column."""
    if value is None:
        return None
    if isinstance(column.type, DateTime):
        instant = datetime.fromisoformat(value)
        return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    if isinstance(column.type, Boolean):
        return bool(value)
    return json.loads(value) if isinstance(column.type, JSON | JSONB) else value


def _number_on(connection: Connection, found: MetaData) -> None:
    """Let every table go on numbering after its last row."""
    for table in found.tables.values():
        if "id" not in table.columns:
            continue
        sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": table.name})
        if sequence:
            last = f"SELECT setval('{sequence}', greatest(1, (SELECT max(id) FROM {table.name})))"
            connection.execute(text(last))
