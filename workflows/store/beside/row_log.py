"""The log of rows: what a row holds as a hash, the lines that a transaction adds, and how the log of a table begins.

The hash is SHA-256, in hex, over the row's record: JSON in UTF-8 with the keys `row`, `table` and `values`, all keys
sorted, no spaces, of the values only those that are there. An instant is text in UTC with six digits of a second, a day
text, bytes their own SHA-256. So a column that comes later and is empty changes no hash.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Boolean, Column, Connection, LargeBinary, Select, Table, Text, insert, select
from sqlalchemy.types import JSON

from workflows.store.driver import Reading, read_rows
from workflows.store.many_rows import insert_many
from workflows.store.spelling import canonical
from workflows.store.steps import Insert
from workflows.store.tables.columns import Instant
from workflows.store.tables.row_log import row_log

from .logged_tables import key_and_columns, logged_tables

GONE = ""  # the hash of a row that was removed
BEGINNING = ""  # the key of the line that begins the log of a table
MANY = 50  # lines that are written quicker in bulk
ROWS_AT_ONCE = 1_000

_LINES = Reading("SELECT row_key, digest FROM row_log WHERE table_name = ?1 ORDER BY id", [Text(), Text()])

# Rows that hold nothing yet have no line: thousands are laid down at once.
EMPTY: Mapping[str, Mapping[str, Any]] = {
    "submissions": {"status": "chua_gui", "text": None, "sent_at": None},
    "tasks": {"outcome": None, "remark": None, "closed_for": None},
}

# The values of a row by the names of its columns; None when it was removed.
Values = Mapping[str, Any] | None


def key_of(table: Table, row: Mapping[Any, Any]) -> str:
    """The primary key of a row as the log names it; `row` has its values by column."""
    return ":".join(str(_plain(row[column])) for column in table.primary_key)


def values_of(table: Table, row: Mapping[Any, Any]) -> dict[str, Any]:
    """What is hashed of a row."""
    return {column.name: row[column] for column in logged_tables()[table]}


def holds_nothing(table: Table, values: Mapping[str, Any]) -> bool:
    """Whether a row with these values needs no line."""
    empty = EMPTY.get(table.name)
    return empty is not None and all(values[name] == value for name, value in empty.items())


def digest(table: str, key: str, values: Values) -> str:
    """The hash of what a row holds."""
    if values is None:
        return GONE
    there = {name: _plain(value) for name, value in values.items() if value is not None}
    return sha256(canonical({"row": key, "table": table, "values": there}).encode()).hexdigest()


def log_rows(connection: Connection, written: Iterable[tuple[Table, str, Values]]) -> None:
    """Add a line for each of these rows as it was written last."""
    last = {(table.name, key): values for table, key, values in written}
    _add(connection, [(name, key, digest(name, key, values)) for (name, key), values in last.items()])


def line_of(table: Table, key: str, values: Values) -> Insert:
    """The line for a row that one write writes past SQLAlchemy, as a step of that write."""
    return Insert(row_log, [{"table_name": table.name, "row_key": key, "digest": digest(table.name, key, values)}])


def begin_logs(connection: Connection) -> None:
    """Begin the log of each table that has none yet or other columns than it began with: its rows as they stand now."""
    wanted = select(row_log.c.table_name, row_log.c.digest).where(row_log.c.row_key == BEGINNING)
    begun = {row.table_name: row.digest for row in connection.execute(wanted.order_by(row_log.c.id))}
    for table in logged_tables():
        if begun.get(table.name) == columns_told(table):
            continue
        _add(connection, [(table.name, BEGINNING, columns_told(table))])
        for rows in as_they_stand(connection, table).partitions(ROWS_AT_ONCE):
            found = [(table, key_of(table, row._mapping), values_of(table, row._mapping)) for row in rows]
            log_rows(connection, [each for each in found if not holds_nothing(table, each[2])])


def as_they_stand(connection: Connection, table: Table, *, few: bool = False) -> Any:  # noqa: ANN401 - the result of a query
    """The rows of a table with what is hashed of them; at once where they are `few`, which saves a cursor."""
    return connection.execute(_rows_of(table), execution_options={} if few else {"yield_per": ROWS_AT_ONCE})


@cache
def columns_told(table: Table) -> str:
    """The columns that are hashed, with how each is written, as the beginning of the log tells whoever checks."""
    names = logged_tables()[table]
    keys = ",".join(column.name for column in table.primary_key)
    return f"{keys}|{','.join(f'{column.name}:{_kind(column)}' for column in names)}"


def last_lines(connection: Connection, table: Table) -> dict[str, str]:
    """The newest hash of each row of this table that has a line."""
    return dict(read_rows(connection, _LINES, (table.name,)))


@cache
def _rows_of(table: Table) -> Select[Any]:
    return select(*key_and_columns(table)).order_by(*table.primary_key)


def _add(connection: Connection, lines: Sequence[tuple[str, str, str]]) -> None:
    rows = [{"table_name": name, "row_key": key, "digest": hashed} for name, key, hashed in lines]
    if len(rows) < MANY:
        if rows:
            connection.execute(insert(row_log), rows)
    else:
        insert_many(connection, row_log, rows)


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value of a column
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return sha256(value).hexdigest() if isinstance(value, bytes) else value


def _kind(column: Column[Any]) -> str:
    """How the second verifier has to read a value: json, instant, truth, bytes, or as it is."""
    kinds = ((JSON, "json"), (Instant, "instant"), (Boolean, "truth"), (LargeBinary, "bytes"))
    return next((name for kind, name in kinds if isinstance(column.type, kind)), "as_is")
