"""What every command reads and writes, through the raw driver of the pool's connection: one statement each.

PostgreSQL gets one prepared statement of data-modifying CTEs, rows as JSON; SQLite, in the same process, one statement
a table. Nothing else differs by database (decision 0044). Both stay inside the transaction of the connection.
"""

from __future__ import annotations

import select
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from json import loads
from typing import Any, cast

import psycopg
from psycopg import pq
from sqlalchemy import Boolean, Column, Connection, Date, Integer, PoolProxiedConnection, Table, exc
from sqlalchemy.types import JSON, TypeEngine

from .one_statement import one_row, one_statement
from .refusals import text_without_nul
from .silent_errors import forget_values
from .spelling import as_text
from .steps import Change, Insert, Remove, Row, Step
from .tables.columns import Instant

STATEMENTS = "kehoach_statements"  # in the info of a driver connection: the prepared statements by their text
MOST_STATEMENTS = 300  # that one connection keeps prepared


class Reading:
    """A query with `?1`, `?2` … for its parameters, and the types of its columns; `lock` is what PostgreSQL adds."""

    def __init__(self, query: str, types: Sequence[TypeEngine[Any]], lock: str = "") -> None:
        self.query = query
        self.postgres = f"{query} {lock}".replace("?", "$")
        self.readers = [_reader(kind) for kind in types]


def write(connection: Connection, first: Change, others: Sequence[Step]) -> bool:
    """Carry out the first step and, if it found a row, the others; False when it found none.

    No two steps may touch the same row, for none of them sees what another did.
    """
    try:
        if connection.dialect.name == "sqlite":
            return _write_sqlite(_sqlite(connection), first, others)
        return _write_postgres(connection, first, others)
    except connection.dialect.dbapi.Error as error:  # type: ignore[union-attr]  # only a dialect without driver has none
        raise as_sqlalchemy(connection, error) from error


def insert(connection: Connection, table: Table, row: Row) -> int:
    """A new row of a table that the database numbers; its number."""
    columns = tuple(row)
    try:
        if connection.dialect.name == "sqlite":
            values = [_writer(table.c[name])(value) for name, value in row.items()]
            return int(_sqlite(connection).execute(_sqlite_insert(table, columns, False), values).lastrowid)
        result = _executed(connection, *one_row(table, row))
        return int(cast(bytes, result.get_value(0, 0)))
    except connection.dialect.dbapi.Error as error:  # type: ignore[union-attr]  # only a dialect without driver has none
        raise as_sqlalchemy(connection, error) from error


def read_rows(
    connection: Connection, reading: Reading, parameters: Sequence[int | str | date]
) -> list[tuple[Any, ...]]:
    """The rows of this query, each value as its type says."""
    try:
        if connection.dialect.name == "sqlite":
            found = cast(
                list[tuple[Any, ...]], _sqlite(connection).execute(reading.query, _asked(parameters)).fetchall()
            )
        else:
            found = _rows_of_postgres(connection, reading, parameters)
    except connection.dialect.dbapi.Error as error:  # type: ignore[union-attr]  # only a dialect without driver has none
        raise as_sqlalchemy(connection, error) from error
    return [
        tuple(
            value if value is None or read is None else read(value)
            for value, read in zip(row, reading.readers, strict=True)
        )
        for row in found
    ]


def as_sqlalchemy(connection: Connection, error: Exception) -> exc.StatementError:
    """The error that SQLAlchemy makes of it, so that whoever looks for one finds it."""
    dbapi = connection.dialect.dbapi
    assert dbapi is not None, "a dialect that is connected has its driver"
    forget_values(error)
    return exc.DBAPIError.instance("a statement of the driver", None, error, dbapi.Error, dialect=connection.dialect)


# ---- PostgreSQL


def _write_postgres(connection: Connection, first: Change, others: Sequence[Step]) -> bool:
    return _executed(connection, *one_statement(first, others)).ntuples == 1


def _rows_of_postgres(connection: Connection, reading: Reading, parameters: Sequence[int | str | date]) -> list[Any]:
    result = _executed(connection, reading.postgres, [str(value).encode() for value in parameters])
    columns = range(result.nfields)
    return [
        tuple(None if (value := result.get_value(row, at)) is None else value.decode() for at in columns)
        for row in range(result.ntuples)
    ]


def _executed(connection: Connection, statement: str, parameters: Sequence[bytes | None]) -> pq.abc.PGresult:
    """The result of a statement, prepared when this connection meets it first; within its transaction."""
    driver = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
    session = driver.pgconn
    if session.transaction_status == pq.TransactionStatus.IDLE:
        checked(session.exec_(_begin(driver)))
    return checked(prepared(connection.connection, statement, parameters))


def prepared(pooled: PoolProxiedConnection, statement: str, parameters: Sequence[bytes | None]) -> pq.abc.PGresult:
    """What the server answers to a statement that is prepared when this connection meets it first (PostgreSQL)."""
    session = cast("psycopg.Connection[Any]", pooled.driver_connection).pgconn
    name = _name_of(pooled, session, statement)
    return session.exec_prepared(name, cast("Sequence[bytes]", parameters))  # it takes None as well


def prepared_together(
    pooled: PoolProxiedConnection, statements: Sequence[tuple[str, Sequence[bytes | None]]]
) -> list[pq.abc.PGresult]:
    """What the server answers to each, sent at once as one transaction that keeps all or nothing (PostgreSQL).

    After one that fails come results that say they were not tried.
    """
    session = cast("psycopg.Connection[Any]", pooled.driver_connection).pgconn
    if len(pooled.info.get(STATEMENTS, ())) + len(statements) > MOST_STATEMENTS:
        _forget_statements(pooled, session)  # now, lest the last one forgets the first
    named = [(_name_of(pooled, session, statement), parameters) for statement, parameters in statements]
    session.enter_pipeline_mode()
    for name, parameters in named:
        session.send_query_prepared(name, cast("Sequence[bytes]", parameters))
    session.pipeline_sync()
    results = []
    for _ in named:
        results.append(_result_of(session))
        session.get_result()  # the end of what this one answers
    _result_of(session)  # the commit
    session.exit_pipeline_mode()
    return results


def _result_of(session: pq.abc.PGconn) -> pq.abc.PGresult:
    result = session.get_result()
    if result is None:
        raise psycopg.OperationalError(session.get_error_message())
    return result


def _name_of(pooled: PoolProxiedConnection, session: pq.abc.PGconn, statement: str) -> bytes:
    known: dict[str, bytes] = pooled.info.setdefault(STATEMENTS, {})
    name = known.get(statement)
    if name is None:
        if len(known) == MOST_STATEMENTS:
            _forget_statements(pooled, session)
        name = f"kehoach_{len(known)}".encode()
        checked(session.prepare(name, statement.encode()))
        known[statement] = name
    return name


def _forget_statements(pooled: PoolProxiedConnection, session: pq.abc.PGconn) -> None:
    checked(session.exec_(b"DEALLOCATE ALL"))
    pooled.info[STATEMENTS].clear()


def end_of(connection: Any) -> Callable[[], bool]:  # noqa: ANN401 - the driver's connection
    """Tells, as often as asked, whether the server has closed this connection while it was idle (PostgreSQL).

    An idle connection has nothing else to say.
    """
    watched = select.poll()
    watched.register(connection.pgconn.socket, select.POLLIN)
    return lambda: bool(watched.poll(0))


def say(connection: Connection, statements: str) -> None:
    """Carry out statements without parameters, in one message with BEGIN where no transaction is begun (PostgreSQL)."""
    driver = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
    session, said = driver.pgconn, statements.encode()
    if session.transaction_status == pq.TransactionStatus.IDLE:
        said = _begin(driver) + b"; " + said
    checked(session.exec_(said))


def commit(connection: Connection) -> None:
    """Commit what was done by these functions, if anything was (PostgreSQL)."""
    session = cast("psycopg.Connection[Any]", connection.connection.driver_connection).pgconn
    if session.transaction_status == pq.TransactionStatus.IDLE:
        return
    try:
        done = checked(session.exec_(b"COMMIT"))
    except psycopg.Error as error:
        raise as_sqlalchemy(connection, error) from error
    if done.command_status != b"COMMIT":
        raise RuntimeError("the transaction had failed before its commit")


def _begin(driver: psycopg.Connection[Any]) -> bytes:
    """As the driver itself begins a transaction before its first statement."""
    level = driver.isolation_level
    words = f"BEGIN ISOLATION LEVEL {level.name.replace('_', ' ')}" if level is not None else "BEGIN"
    return f"{words} READ ONLY".encode() if driver.read_only else words.encode()


def checked(result: pq.abc.PGresult) -> pq.abc.PGresult:
    """This result, unless it is an error (PostgreSQL); one without a code is not the server's: it is away."""
    if result.status not in (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK):
        error = psycopg.errors.error_from_result(result)
        raise psycopg.OperationalError(str(error)) if error.sqlstate is None else error
    return result


# ---- SQLite


def _write_sqlite(driver: Any, first: Change, others: Sequence[Step]) -> bool:  # noqa: ANN401 - the driver's connection
    if not _change_sqlite(driver, first):
        return False
    for step in others:
        if not isinstance(step, Insert):
            _change_sqlite(driver, step)
            continue
        columns = tuple(step.rows[0])
        writers = [(name, _writer(step.table.c[name])) for name in columns]
        shared = tuple(_writer(step.table.c[name])(value) for name, value in step.alike.items())
        rows = [(*shared, *(write(row[name]) for name, write in writers)) for row in step.rows]
        driver.executemany(_sqlite_insert(step.table, (*step.alike, *columns), step.new_only), rows)
    return True


def _change_sqlite(driver: Any, step: Change | Remove) -> int:  # noqa: ANN401 - the driver's connection
    values = step.values if isinstance(step, Change) else {}
    parameters = [_writer(step.table.c[name])(value) for name, value in values.items()]
    wanted = []
    for name, value in step.where.items():
        many = value if isinstance(value, list) else [value]
        wanted.append(f"{name} IN ({', '.join('?' * len(many))})")
        parameters += many
    start = f"DELETE FROM {step.table.name}"
    if isinstance(step, Change):
        start = f"UPDATE {step.table.name} SET {', '.join(f'{name} = ?' for name in values)}"
        wanted.append(step.also)
    return int(driver.execute(f"{start} WHERE {' AND '.join(wanted)}", parameters).rowcount)


@lru_cache(maxsize=4096)
def _sqlite_insert(table: Table, columns: tuple[str, ...], new_only: bool) -> str:
    rest = " ON CONFLICT DO NOTHING" if new_only else ""
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks}){rest}"


def _sqlite(connection: Connection) -> Any:  # noqa: ANN401 - the driver's connection
    return connection.connection.driver_connection


def _asked(parameters: Sequence[int | str | date]) -> list[Any]:
    return [
        _instant_text(each) if isinstance(each, datetime) else each.isoformat() if isinstance(each, date) else each
        for each in parameters
    ]


def _as_it_is(value: Any) -> Any:  # noqa: ANN401 - a value that SQLite knows
    return text_without_nul(value) if isinstance(value, str) else value


def _json_or_null(value: object) -> str | None:
    return None if value is None else as_text(value)


def _instant_text(value: datetime | None) -> str | None:
    """As SQLAlchemy writes it: UTC without a zone, microseconds always."""
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError(f"an instant needs a time zone: {value!r}")
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


@lru_cache(maxsize=4096)
def _writer(column: Column[Any]) -> Callable[[Any], Any]:
    if isinstance(column.type, JSON):
        return _json_or_null
    return _instant_text if isinstance(column.type, Instant) else _as_it_is


# ---- both


def _reader(kind: TypeEngine[Any]) -> Callable[[Any], Any] | None:
    """How a value that came as text (or, from SQLite, as what it is) is read; None: it stays as it is."""
    if isinstance(kind, JSON):
        return _json_of
    if isinstance(kind, Instant):
        return _instant
    if isinstance(kind, Boolean):
        return lambda value: value in (1, "t")
    if isinstance(kind, Date):
        return date.fromisoformat
    return int if isinstance(kind, Integer) else None


def _json_of(value: str | float) -> object:
    """What the JSON says; SQLite gives a number that stands alone as the number."""
    return loads(value) if isinstance(value, str) else value


def _instant(value: str) -> datetime:
    at = datetime.fromisoformat(value)
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
