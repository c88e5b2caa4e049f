"""Writing thousands of rows of one table at once: COPY or arrays in PostgreSQL, one prepared statement in SQLite."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import (
    Connection,
    FromClause,
    Table,
    Text,
    TypeDecorator,
    and_,
    bindparam,
    cast,
    column,
    func,
    insert,
    literal,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.schema import ScalarElementColumnDefault
from sqlalchemy.types import JSON, TypeEngine

from .beside.logged_tables import UNLOGGED, logged_tables
from .copying import Columns, Rows, Shared, copy_columns
from .spelling import to_json
from .upsert import insert_new

# What a row had before stands under the column's name with this in front.
WAS = "was_"


def insert_many(
    connection: Connection,
    table: Table,
    rows: Rows,
    same: Mapping[str, Any] | None = None,
    *,
    new: bool = True,
    logged: bool = True,
) -> None:
    """Insert rows that all name the same columns, and `same` in each.

    A row that is already there is an error, or with `new` false stays as it is. With `logged` false no row gets a line
    in the log of rows, for it holds nothing yet.
    """
    if not rows:
        return
    shared = _defaults(table, rows[0]) | dict(same or {})
    if connection.dialect.name != "postgresql" or (logged and table in logged_tables()):
        one = insert(table) if new else insert_new(connection, table)
        options = {} if logged else {UNLOGGED: True}
        connection.execute(one, [{**shared, **_plain(row)} for row in rows], execution_options=options)
        return
    copy_columns(connection, table, {name: [row[name] for row in rows] for name in rows[0]}, shared, new=new)


def insert_columns(
    connection: Connection,
    table: Table,
    columns: Columns,
    same: Mapping[str, Any] | None = None,
    *,
    logged: bool = True,
) -> None:
    """`insert_many` of rows that are given by their columns, which is quicker to make and to write."""
    if not any(columns.values()):
        return
    if connection.dialect.name != "postgresql" or (logged and table in logged_tables()):
        rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
        insert_many(connection, table, rows, same, logged=logged)
        return
    copy_columns(connection, table, columns, _defaults(table, columns) | dict(same or {}))


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.value if isinstance(value, Shared) else value for name, value in row.items()}


def _defaults(table: Table, row: Collection[str]) -> dict[str, Any]:
    """What stands in columns that the rows leave out, where the table says it."""
    told = {each.name: each.default for each in table.c if each.name not in row}
    return {name: default.arg for name, default in told.items() if isinstance(default, ScalarElementColumnDefault)}


def update_many(connection: Connection, table: Table, rows: Rows) -> int:
    """Change rows, each found by what it was (`was_id`, `was_revision` …) to its other values; how many were found."""
    if not rows:
        return 0
    found = {name: name.removeprefix(WAS) for name in rows[0] if name.startswith(WAS)}
    new = [name for name in rows[0] if not name.startswith(WAS)]
    if connection.dialect.name != "postgresql":
        same = and_(*(table.c[name] == bindparam(given) for given, name in found.items()))
        values = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in new}
        bound = [{**{each: row[each] for each in found}, **{f"new_{each}": row[each] for each in new}} for row in rows]
        changed_each = update(table).where(same).values(values)
        if not {each.name for each in logged_tables().get(table, ())}.isdisjoint(new):  # one by one, to be seen
            return sum(connection.execute(changed_each, each).rowcount for each in bound)
        return connection.execute(changed_each, bound).rowcount
    given = _given(table, found | {name: name for name in new}, rows)
    same = and_(*(table.c[name] == given.c[each] for each, name in found.items()))
    changed = {name: _value(table, name, given.c[name]) for name in new}
    return connection.execute(update(table).where(same).values(changed)).rowcount


def _given(table: Table, columns: Mapping[str, str], rows: Rows) -> FromClause:
    """The rows as a table of the statement: an array a column; `columns` says of which column of the table it is."""
    arrays = [_array([row[given] for row in rows], table.c[name].type) for given, name in columns.items()]
    named = [column(given, _kept_as(table.c[name].type)) for given, name in columns.items()]
    return func.unnest(*arrays).table_valued(*named).render_derived(name="given")


def among(connection: Connection, of: ColumnElement[Any], values: Collection[Any]) -> ColumnElement[bool]:
    """Whether a column has one of thousands of values."""
    if connection.dialect.name != "postgresql":
        return of.in_(values)
    return of == func.any(_array(values, of.type))


def _array(values: Iterable[Any], kind: TypeEngine[Any]) -> ColumnElement[Any]:
    """The values as one text: PostgreSQL reads an array faster than a driver can write it piece by piece."""
    as_text: Callable[[Any], str] = _json if isinstance(kind, JSON) else str
    items = ("NULL" if value is None else _quoted(as_text(value)) for value in values)
    return cast(literal("{" + ",".join(items) + "}", Text()), ARRAY(_kept_as(kind)))


def _json(value: Any) -> str:  # noqa: ANN401 - any JSON value
    return value.text if isinstance(value, Shared) else to_json(value)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _kept_as(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    """JSON travels as text; an instant as what PostgreSQL keeps it in."""
    if isinstance(kind, JSON):
        return Text()
    return kind.impl_instance if isinstance(kind, TypeDecorator) else kind


def _value(table: Table, name: str, given: ColumnElement[Any]) -> ColumnElement[Any]:
    kind = table.c[name].type
    return cast(given, kind) if isinstance(kind, JSON) else given
