"""The one statement that writes what several commands decided, each on its own case (PostgreSQL).

Every step of every command is a record of JSON that names the case it is `of`; steps of one shape are one part of the
statement. The cases are changed first, those that are still as said; a record of any other case is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Table

from .driver import as_json, type_of
from .steps import Change, Insert, Step, Write

Names = tuple[str, ...]
# What makes two steps alike: their kind, table, columns written, columns looked at, and what else is asked.
Shape = tuple[str, Table, Names, Names, str]
CHANGE, INSERT, INSERT_NEW, REMOVE = "change", "insert", "insert new", "remove"


def written_together(writes: Sequence[Write]) -> tuple[str, list[bytes]]:
    """The statement and its parameters; its rows are the ids of the cases that were found as said."""
    firsts: dict[Shape, list[dict[str, Any]]] = {}
    others: dict[Shape, list[dict[str, Any]]] = {}
    for write in writes:
        if isinstance(write.first, Insert):
            firsts.setdefault(_shape(write.first), []).extend({"of": write.case_id, **row} for row in write.first.rows)
        else:
            firsts.setdefault(_shape(write.first), []).extend(_records(write.first, write.case_id))
        for step in write.others:
            others.setdefault(_shape(step), []).extend(_records(step, write.case_id))
    in_order = sorted(others.items(), key=lambda each: _rank(each[0]))
    statement = _statement(tuple(firsts), tuple(shape for shape, _ in in_order), len(writes) > 1)
    return statement, [as_json(records) for records in (*firsts.values(), *(each for _, each in in_order))]


def _shape(step: Step) -> Shape:
    if isinstance(step, Insert):
        kind = INSERT_NEW if step.new_only else INSERT
        return kind, step.table, tuple(step.rows[0]), tuple(step.alike), step.also
    if isinstance(step, Change):
        return CHANGE, step.table, tuple(step.values), tuple(step.where), step.also
    return REMOVE, step.table, (), tuple(step.where), "true"


def _rank(shape: Shape) -> tuple[str, str, Names, Names]:
    kind, table, columns, where, _ = shape
    return kind, table.name, columns, where


def _records(step: Step, case_id: int) -> Iterator[dict[str, Any]]:
    if isinstance(step, Insert):
        yield {"of": case_id, **step.alike, "new_rows": step.rows}
        return
    values = {f"new_{name}": value for name, value in step.values.items()} if isinstance(step, Change) else {}
    for where in _each_of(step.where):
        yield {"of": case_id, **values, **{f"is_{name}": value for name, value in where.items()}}


def _each_of(where: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - columns and what they are
    """A condition that any of several values meets, as a condition for each of them."""
    found: list[dict[str, Any]] = [{}]
    for name, value in where.items():
        found = [{**each, name: one} for each in found for one in (value if isinstance(value, list) else [value])]
    return found


@lru_cache(maxsize=1024)
def _statement(firsts: tuple[Shape, ...], others: tuple[Shape, ...], among_others: bool) -> str:
    parts: list[str] = []
    for number, shape in enumerate(firsts, 1):
        parts += _first(shape, number, among_others)
    found = " UNION ALL ".join(f"SELECT of FROM found_{number}" for number in range(1, len(firsts) + 1))
    parts.append(f"found AS MATERIALIZED ({found})")
    for number, shape in enumerate(others, len(firsts) + 1):
        parts.append(f"step_{number} AS ({_other(shape, number)})")
    return f"WITH {', '.join(parts)} SELECT of FROM found"


def _first(shape: Shape, number: int, among_others: bool) -> list[str]:
    """Make or change the cases; one among others takes no case that somebody else holds, lest all wait for one."""
    kind, table, columns, where, also = shape
    if kind == INSERT:
        names = ", ".join(columns)
        given = f"json_to_recordset(${number}::json) AS r(of BIGINT, {_typed(table, columns, '').removesuffix(', ')})"
        made = f"INSERT INTO {table.name} ({names}) SELECT {names} FROM {given} WHERE {also} RETURNING id AS of"
        return [f"found_{number} AS ({made})"]
    given = f"given_{number} AS MATERIALIZED (SELECT * FROM {_given(shape, number)})"
    asked = f"{_matches(table, where)} AND {also}"
    change = f"UPDATE {table.name} SET {_values(columns)} FROM given_{number} r WHERE {asked}"
    if not among_others:
        return [given, f"found_{number} AS ({change} RETURNING r.of)"]
    free = f"SELECT {table.name}.id FROM given_{number} r, {table.name} WHERE {asked}"
    return [
        given,
        f"free_{number} AS MATERIALIZED ({free} FOR NO KEY UPDATE OF {table.name} SKIP LOCKED)",
        f"found_{number} AS ({change} AND r.of IN (SELECT id FROM free_{number}) RETURNING r.of)",
    ]


def _other(shape: Shape, number: int) -> str:
    kind, table, columns, where, also = shape
    ours = "r.of IN (SELECT of FROM found)"
    if kind in (INSERT, INSERT_NEW):
        names = ", ".join((*where, *columns))
        chosen = ", ".join((*(f"r.{name}" for name in where), *(f"n.{name}" for name in columns)))
        alike, typed = _typed(table, where, ""), _typed(table, columns, "")
        given = f"json_to_recordset(${number}::json) AS r(of BIGINT, {alike}new_rows JSON)"
        rows = f"json_to_recordset(r.new_rows) AS n({typed.removesuffix(', ')})"
        rest = " ON CONFLICT DO NOTHING" if kind == INSERT_NEW else ""
        return f"INSERT INTO {table.name} ({names}) SELECT {chosen} FROM {given}, {rows} WHERE {ours}{rest}"
    asked = f"{_matches(table, where)} AND {also} AND {ours}"
    if kind == REMOVE:
        return f"DELETE FROM {table.name} USING {_given(shape, number)} WHERE {asked}"
    return f"UPDATE {table.name} SET {_values(columns)} FROM {_given(shape, number)} WHERE {asked}"


def _given(shape: Shape, number: int) -> str:
    _, table, columns, where, _ = shape
    typed = f"{_typed(table, columns, 'new_')}{_typed(table, where, 'is_')}".removesuffix(", ")
    return f"json_to_recordset(${number}::json) AS r(of BIGINT, {typed})"


def _typed(table: Table, names: Names, prefix: str) -> str:
    return "".join(f"{prefix}{name} {type_of(table.c[name])}, " for name in names)


def _matches(table: Table, names: Names) -> str:
    return " AND ".join(f"{table.name}.{name} = r.is_{name}" for name in names)


def _values(names: Names) -> str:
    return ", ".join(f"{name} = r.new_{name}" for name in names)
