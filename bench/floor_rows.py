"""The rows that the reference process writes, as the least that could write them: one statement or one transaction a
step, with nothing read, judged or computed. The floor under `bench/floor.py`."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Table, text

from bench.reference_process import NOW, STEPS, play
from workflows.store import cases
from workflows.store.database import Database
from workflows.store.tables import metadata

# A number that stands nowhere else, so that it is known in ids made of it.
CASE = 987_654_321
TABLES = ("cases", "events", "tasks", "task_groups", "timers", "subscriptions", "outbox")
NUMBERED = {"outbox"}  # the database numbers these rows

Row = Mapping[str, Any]
Rows = dict[str, dict[tuple[Any, ...], Row]]


class Step:
    """What one step of an instance writes: new rows by table, and changed columns by the key of their row."""

    def __init__(self, before: Rows, after: Rows) -> None:
        self.new = {name: [row for key, row in rows.items() if key not in before[name]] for name, rows in after.items()}
        self.changed = [
            (
                name,
                before[name][key],
                {column: row[column] for column in row if row[column] != before[name][key][column]},
            )
            for name, rows in after.items()
            for key, row in rows.items()
            if key in before[name] and row != before[name][key]
        ]


def record(database: Database, office: int) -> list[Step]:
    """Play one instance and note the rows of each of its steps."""
    with database.write() as connection:
        if database.is_sqlite:
            cases.new_case(connection, definition_id=1, process="trinh_ky", now=NOW)  # numbers go on from the highest
            connection.execute(text(f"UPDATE cases SET id = {CASE - 1}"))
        else:
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('cases', 'id'), {CASE}, false)"))
    before: Rows = {name: {} for name in TABLES}
    steps = []
    for done in play(database, office):
        assert done.case_id == CASE
        after = _rows(database)
        steps.append(Step(before, after))
        before = after
    return steps


def _rows(database: Database) -> Rows:
    """Every row of the instance as the database holds it, by table and key."""
    raw = "" if database.is_sqlite else "::text"
    found: Rows = {}
    with database.read() as connection:
        for name in TABLES:
            table = metadata.tables[name]
            columns = ", ".join(f"{column.name}{raw} AS {column.name}" for column in table.c)
            rows = connection.execute(text(f"SELECT {columns} FROM {name} {_of_the_case(table)}"))
            found[name] = {_key(table, row._mapping): dict(row._mapping) for row in rows}
    return found


def _of_the_case(table: Table) -> str:
    if table.name == "task_groups":
        return f"WHERE task_id LIKE '{CASE}-%'"
    return f"WHERE {'id' if table.name == 'cases' else 'case_id'} = {CASE}"


def _key(table: Table, row: Row) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in table.primary_key)


def _columns(name: str, row: Row) -> list[str]:
    return [column for column in row if not (name in NUMBERED and column == "id")]


# ---- PostgreSQL: a script for pgbench


def pgbench_script(steps: Sequence[Step]) -> str:
    """One data-modifying CTE a step, prepared once; each is a transaction of its own."""
    lines = ["\\set n :n + 1", "\\set iid (:base * 1000 + :client_id) * 1000000 + :n"]
    for step in steps:
        parts = [_pg_insert(name, rows) for name, rows in step.new.items() if rows]
        parts += [_pg_update(name, row, values) for name, row, values in step.changed]
        ctes = ", ".join(f"s{number} AS ({part} RETURNING 1)" for number, part in enumerate(parts[:-1]))
        lines.append(f"WITH {ctes} {parts[-1]};")
    return "\n".join(lines)


def _pg_insert(name: str, rows: Sequence[Row]) -> str:
    columns = _columns(name, rows[0])
    values = ", ".join(f"({', '.join(_pg_value(name, column, row[column]) for column in columns)})" for row in rows)
    return f"INSERT INTO {name} ({', '.join(columns)}) VALUES {values}"


def _pg_update(name: str, row: Row, values: Row) -> str:
    new = ", ".join(f"{column} = {_pg_value(name, column, value)}" for column, value in values.items())
    keys = [column.name for column in metadata.tables[name].primary_key]
    if name == "cases":
        keys.append("revision")
    return f"UPDATE {name} SET {new} WHERE " + " AND ".join(f"{key} = {_pg_value(name, key, row[key])}" for key in keys)


def _pg_value(name: str, column: str, value: str | None) -> str:
    """The literal; pgbench takes a colon for the start of a variable wherever it stands, so that it is written out."""
    if value is None:
        return "NULL"
    if (name, column) == ("cases", "id") or column == "case_id":
        return ":iid::bigint"
    pieces = [
        "E'" + each.replace("\\", "\\\\").replace("'", "''").replace(":", "\\x3a") + "'"
        for each in value.split(str(CASE))
    ]
    return pieces[0] if len(pieces) == 1 else "(" + " || :iid::bigint::text || ".join(pieces) + ")"


# ---- SQLite: the same by hand


def sqlite_statements(steps: Sequence[Step]) -> list[list[tuple[str, list[list[Any]]]]]:
    """By step the statements with their rows; a value that holds the case's number is a template of it."""
    found = []
    for step in steps:
        made = []
        for name, rows in step.new.items():
            if rows:
                columns = _columns(name, rows[0])
                marks = ", ".join("?" * len(columns))
                values = [[row[column] for column in columns] for row in rows]
                made.append((f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})", values))
        for name, row, new in step.changed:
            keys = [column.name for column in metadata.tables[name].primary_key]
            keys += ["revision"] if name == "cases" else []
            changes, wanted = (" = ?, ".join(new) + " = ?", " = ? AND ".join(keys) + " = ?")
            made.append((f"UPDATE {name} SET {changes} WHERE {wanted}", [[*new.values(), *(row[key] for key in keys)]]))
        found.append(made)
    return found


def write_sqlite_for(path: Path, journal: str, steps: Sequence[Step], clients: int, seconds: float) -> float:
    """Instances a second that this many clients write by hand, each step a transaction on the disk."""
    statements, ended, until = sqlite_statements(steps), [], time.perf_counter() + seconds

    def client(number: int) -> None:
        connection = sqlite3.connect(path, isolation_level=None, timeout=60)
        for pragma in ("foreign_keys = ON", "synchronous = FULL", f"journal_mode = {journal}"):
            connection.execute(f"PRAGMA {pragma}")
        written, case = 0, (int(time.time()) % 1_000_000) * 1_000_000 + number * 10_000
        while time.perf_counter() < until:
            case += 1
            for step in statements:
                filled = [(sql, [[_with_case(value, case) for value in row] for row in rows]) for sql, rows in step]
                connection.execute("BEGIN IMMEDIATE")
                for sql, rows in filled:
                    connection.executemany(sql, rows)
                connection.execute("COMMIT")
                written += 1
        connection.close()
        ended.append(written)

    began = time.perf_counter()
    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(ended) / STEPS / (time.perf_counter() - began)


def _with_case(value: object, case: int) -> object:
    if value == CASE:
        return case
    return value.replace(str(CASE), str(case)) if isinstance(value, str) else value


def checkpoint(url: str) -> None:
    """Begin each measurement with nothing left to write from the one before."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
