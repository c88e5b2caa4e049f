"""Whatever a transaction writes into rows that are logged, seen as it is written, by whichever verb.

A statement of SQLAlchemy on such a table gives back the rows that it wrote (RETURNING), so no second one is needed to
know them; at the end of the transaction their lines are added to the log. What is written past it (by the raw driver,
or in bulk) is for tables that are not logged, or for columns that are not; `many_rows` sees to that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, CursorResult, Delete, Engine, Insert, Table, Update, event

from .logged_tables import UNLOGGED, key_and_columns, logged_tables
from .row_log import Values, key_of, log_rows, values_of

WRITTEN = "kehoach_written"  # in the info of a connection: the rows written since the transaction began
SAVED = "kehoach_saved"  # how many they were at each open savepoint, the last one last

# Each with its table, its key, what is hashed of it, and the row itself (as it was, where it is gone).
Written = list[tuple[Table, str, Values, Mapping[Any, Any]]]


def watch(engine: Engine) -> None:
    """Look at every statement of this engine."""
    event.listen(engine, "before_execute", _ask_back, retval=True)
    event.listen(engine, "after_execute", _take_note)
    event.listen(engine, "savepoint", _save)
    event.listen(engine, "release_savepoint", _keep)
    event.listen(engine, "rollback_savepoint", _forget)


@contextmanager
def logged(connection: Connection) -> Iterator[None]:
    """A transaction, at whose end the log of rows says what it wrote."""
    written: Written = []
    kept = connection.info  # that of the driver's connection, which may be lost meanwhile
    kept[WRITTEN], kept[SAVED] = written, []
    try:
        yield
        if written:
            log_rows(connection, [(table, key, values) for table, key, values, _ in written])
    finally:
        kept.pop(WRITTEN, None)
        kept.pop(SAVED, None)


def rows_written(connection: Connection) -> list[tuple[str, Mapping[Any, Any]]]:
    """The logged rows that this transaction has written so far, by table; one that it removed is as it was."""
    written: Written = connection.info[WRITTEN]
    return [(table.name, row) for table, _, _, row in written]


def _ask_back(
    connection: Connection,
    statement: Any,  # noqa: ANN401 - anything that can be executed
    many: Any,  # noqa: ANN401 - SQLAlchemy's
    one: Any,  # noqa: ANN401 - SQLAlchemy's
    options: Mapping[str, Any],
) -> tuple[Any, Any, Any]:
    table = _logged_table(connection, statement, options)
    if table is None:
        return statement, many, one
    columns = key_and_columns(table)
    if statement._returning:
        return statement.returning(*columns), many, one
    return statement.return_defaults(supplemental_cols=columns), many, one


def _take_note(  # noqa: PLR0917 - as SQLAlchemy calls it
    connection: Connection,
    statement: Any,  # noqa: ANN401 - anything that can be executed
    many: Any,  # noqa: ANN401 - SQLAlchemy's
    one: Any,  # noqa: ANN401 - SQLAlchemy's
    options: Mapping[str, Any],
    result: CursorResult[Any],
) -> None:
    del many, one
    table = _logged_table(connection, statement, options)
    if table is None:
        return
    if statement._returning:  # what the caller asked for is read a second time, without what was asked for here
        rows: Any = result.all()
        result._rewind(rows)
        result.columns(*range(len(result.keys()) - len(key_and_columns(table))))
    else:
        rows = result.returned_defaults_rows or ()
    gone = isinstance(statement, Delete)
    written: Written = connection.info[WRITTEN]
    for row in rows:
        found = row._mapping
        written.append((table, key_of(table, found), None if gone else values_of(table, found), found))


def _logged_table(connection: Connection, statement: Any, options: Mapping[str, Any]) -> Table | None:  # noqa: ANN401 - see above
    """The table that the statement writes, if its rows are logged and it writes what is logged of them."""
    if not isinstance(statement, Insert | Update | Delete) or options.get(UNLOGGED):
        return None
    table = statement.table
    if not isinstance(table, Table) or table not in logged_tables() or not _is_logged(connection):
        return None
    if isinstance(statement, Update) and statement._values is not None:
        changed = {getattr(each, "key", each) for each in statement._values}
        return None if changed.isdisjoint(column.key for column in logged_tables()[table]) else table
    return table


def _save(connection: Connection, _name: str | None) -> None:
    if _is_logged(connection):
        connection.info[SAVED].append(len(connection.info[WRITTEN]))


def _keep(connection: Connection, _name: str, _context: None) -> None:
    if _is_logged(connection):
        connection.info[SAVED].pop()


def _forget(connection: Connection, _name: str, _context: None) -> None:
    if _is_logged(connection):
        del connection.info[WRITTEN][connection.info[SAVED].pop() :]


def _is_logged(connection: Connection) -> bool:
    """Whether this is a transaction with a log, on a connection that is still there."""
    return not connection.invalidated and WRITTEN in connection.info
