"""All the steps of one write as one statement of data-modifying CTEs, and its parameters (PostgreSQL).

The first step is the condition of the others: where it finds or makes no row, nothing is written. Values are
parameters of their own types, so that a statement is planned once for all writes of one shape; only many rows at once
are one parameter of JSON, so that their number makes no shape of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import count
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Column, Integer, Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import JSON

from .refusals import text_without_nul
from .spelling import as_json
from .steps import Change, Insert, Remove, Row, Step
from .tables.columns import Instant

Names = tuple[str, ...]
Parameters = list[bytes | None]
Writer = Callable[[Any], bytes]
Pen = tuple[Callable[[Row], Sequence[Any]], tuple[Writer, ...]]
# From this number of rows on they are one parameter.
MANY = 17


def one_statement(first: Step, others: Sequence[Step], *, among_others: bool = False) -> tuple[str, Parameters]:
    """The statement, which answers with one row where the first step found or made its row, and its parameters.

    `among_others` takes no row that somebody else holds for its first: the statements of several share a transaction,
    and one that waited would hold up all.
    """
    parameters: Parameters = []
    shapes: list[Inserted | Changed] = []
    for step in (first, *others):
        if isinstance(step, Insert):
            shapes.append(_inserted(step, parameters))
        else:
            shapes.append(_changed(step, parameters))
    return _statement(tuple(shapes), among_others), parameters


def one_row(table: Table, row: Row) -> tuple[str, Parameters]:
    """The statement that makes this row and answers with its number, and its parameters."""
    parameters: Parameters = []
    columns = tuple(row)
    _put(parameters, pen(table, columns), (row,))
    return _row(table, columns), parameters


@lru_cache(maxsize=4096)
def _row(table: Table, columns: Names) -> str:
    marks = ", ".join(_marks(table, columns, count(1)))
    return f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks}) RETURNING id"


# ---- what a step is, but for its values


class Inserted(NamedTuple):
    """New rows, so many of these columns beside what is alike in all."""

    table: Table
    columns: Names
    alike: Names
    rows: int
    new_only: bool
    also: str


class Changed(NamedTuple):
    """New values for these columns, or with `columns` None no row any more, where the others are one or any of many."""

    table: Table
    columns: Names | None
    where: tuple[tuple[str, bool], ...]
    also: str


def _inserted(step: Insert, parameters: Parameters) -> Inserted:
    table, columns, alike = step.table, tuple(step.rows[0]), tuple(step.alike)
    if alike:
        _put(parameters, pen(table, alike), (step.alike,))
    rows = len(step.rows)
    if rows < MANY:
        _put(parameters, pen(table, columns), step.rows)
    else:
        rows = MANY
        parameters.append(as_json(step.rows))
    return Inserted(table, columns, alike, rows, step.new_only, step.also)


def _changed(step: Change | Remove, parameters: Parameters) -> Changed:
    table = step.table
    columns: Names | None = None
    also = "true"
    if isinstance(step, Change):
        columns, also = tuple(step.values), step.also
        _put(parameters, pen(table, columns), (step.values,))
    where = tuple((name, isinstance(value, list)) for name, value in step.where.items())
    _, writers = pen(table, tuple(step.where))
    for (_, any_of), value, write in zip(where, step.where.values(), writers, strict=True):
        if any_of:
            parameters.append(_array([write(each) for each in value]))
        else:
            parameters.append(None if value is None else write(value))
    return Changed(table, columns, where, also)


def _put(parameters: Parameters, pen: Pen, rows: Sequence[Row]) -> None:
    pick, writers = pen
    parameters += [
        None if value is None else write(value) for row in rows for value, write in zip(pick(row), writers, strict=True)
    ]


@lru_cache(maxsize=4096)
def pen(table: Table, names: Names) -> Pen:
    """What takes the values of these columns out of a row, and how each that is not None is written for the server."""
    return _picking(names), tuple(_writer(table.c[name]) for name in names)


def _picking(names: Names) -> Callable[[Row], Sequence[Any]]:
    if len(names) > 1:
        return itemgetter(*names)  # all at once, in half the time of one after the other
    return lambda row: [row[name] for name in names]


def _writer(column: Column[Any]) -> Writer:
    if isinstance(column.type, JSON):
        return as_json
    if isinstance(column.type, Boolean):
        return _truth
    if isinstance(column.type, Integer):
        return b"%d".__mod__
    return _instant if isinstance(column.type, Instant) else _plain


def _truth(value: object) -> bytes:
    return b"t" if value else b"f"


@lru_cache(maxsize=256)  # most instants of a command are the one at which it is carried out
def _instant(value: datetime) -> bytes:
    return value.isoformat().encode()


def _plain(value: object) -> bytes:
    if type(value) is str and "\0" not in value:
        return value.encode()
    return (value.isoformat() if isinstance(value, date) else text_without_nul(str(value))).encode()


def _array(written: Sequence[bytes]) -> bytes:
    quoted = (each.replace(b"\\", b"\\\\").replace(b'"', b'\\"') for each in written)
    return b"{" + b",".join(b'"' + each + b'"' for each in quoted) + b"}"


# ---- the statement of these steps


@lru_cache(maxsize=4096)
def _statement(shapes: tuple[Inserted | Changed, ...], among_others: bool) -> str:
    numbers = count(1)
    parts = []
    for at, shape in enumerate(shapes):
        guard = "EXISTS (SELECT 1 FROM s0)" if at else "true"
        if isinstance(shape, Inserted):
            text = _insert(shape, numbers, guard)
        else:
            text = _change(shape, numbers, guard, free_only=among_others and not at)
        parts.append(f"s{at} AS ({text} RETURNING 1)")
    return f"WITH {', '.join(parts)} SELECT 1 FROM s0"


def _insert(shape: Inserted, numbers: count[int], guard: str) -> str:
    table, columns, alike, rows, new_only, also = shape
    shared = _marks(table, alike, numbers)
    typed = [type_of(table.c[name]) for name in columns]
    if rows == MANY:
        spelled = ", ".join(f"{name} {kind}" for name, kind in zip(columns, typed, strict=True))
        source = f"json_to_recordset(${next(numbers)}::json) AS r({spelled})"
    else:
        values = ", ".join(f"({', '.join(_marks(table, columns, numbers))})" for _ in range(rows))
        source = f"(VALUES {values}) AS r({', '.join(columns)})"
    names = ", ".join((*alike, *columns))
    chosen = ", ".join((*shared, *(f"r.{name}" for name in columns)))
    rest = " ON CONFLICT DO NOTHING" if new_only else ""
    return f"INSERT INTO {table.name} ({names}) SELECT {chosen} FROM {source} WHERE {guard} AND {also}{rest}"


def _change(shape: Changed, numbers: count[int], guard: str, *, free_only: bool) -> str:
    table, columns, where, also = shape
    start = f"DELETE FROM {table.name}"
    if columns is not None:
        marks = _marks(table, columns, numbers)
        new = ", ".join(f"{name} = {mark}" for name, mark in zip(columns, marks, strict=True))
        start = f"UPDATE {table.name} SET {new}"
    asked = [f"{name} = {_mark(table.c[name], numbers, any_of)}" for name, any_of in where]
    wanted = " AND ".join((*asked, also, guard))
    if free_only:
        free = f"SELECT {table.name}.id FROM {table.name} WHERE {wanted} FOR NO KEY UPDATE SKIP LOCKED"
        wanted = f"id = ({free})"
    return f"{start} WHERE {wanted}"


def _marks(table: Table, names: Names, numbers: count[int]) -> list[str]:
    return [_mark(table.c[name], numbers, False) for name in names]


def _mark(column: Column[Any], numbers: count[int], any_of: bool) -> str:
    mark = f"${next(numbers)}::{type_of(column)}"
    return f"ANY({mark}[])" if any_of else mark


@lru_cache(maxsize=4096)
def type_of(column: Column[Any]) -> str:
    """The column's type as PostgreSQL writes it."""
    return column.type.compile(dialect=postgresql.dialect())  # type: ignore[no-untyped-call]  # untyped in SQLAlchemy
