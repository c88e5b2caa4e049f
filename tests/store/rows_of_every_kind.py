"""A row of every table that the log of rows covers, and what somebody with a database shell does to it."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Date, Integer, LargeBinary, Table, insert, text
from sqlalchemy.types import JSON

from workflows.store.beside.logged_tables import logged_tables
from workflows.store.tables.columns import Instant

FORGED = 100


def value_of(column: Column[Any], number: int) -> Any:
    """A value that this column takes, another one for each number."""
    kind = column.type
    if isinstance(kind, JSON):
        return {"so": number, "phần": number / 4, "tên": [f"Lê Văn {number}", None]}
    if isinstance(kind, Instant):
        return datetime(2024, 1, number, 1, 2, 3, 4, tzinfo=UTC)
    if isinstance(kind, Date):
        return date(2024, 1, number)
    if isinstance(kind, Boolean):
        return number % 2 == 1
    if isinstance(kind, LargeBinary):
        return bytes([number])
    return number if isinstance(kind, Integer) or kind.python_type is int else f"{column.name} {number}"


def row_of(table: Table, number: int) -> dict[str, Any]:
    """A whole row with this number."""
    return {column.name: value_of(column, number) for column in table.c}


def fill_every_table(connection: Connection, numbers: range) -> None:
    """Write rows with these numbers into every table, as the program writes."""
    for table in logged_tables():
        connection.execute(insert(table), [row_of(table, number) for number in numbers])


def forge(connection: Connection, table: Table, column: Column[Any], key: str) -> None:
    """Change this column of this row with a database shell."""
    wanted = " AND ".join(f"CAST({each.name} AS TEXT) = :{each.name}_was" for each in table.primary_key)
    given = {f"{each.name}_was": part for each, part in zip(table.primary_key, key.split(":"), strict=True)}
    value = f'NOT "{column.name}"' if isinstance(column.type, Boolean) else ":forged"
    changed = text(f'UPDATE {table.name} SET "{column.name}" = {value} WHERE {wanted}')
    connection.execute(changed, {"forged": _as_kept(_another(column, key)), **given})


def _another(column: Column[Any], key: str) -> Any:
    """A value that the row with this key does not have there, and no other one."""
    odd = int((re.findall(r"\d+", key) or ["0"])[0]) % 2
    kind = column.type
    if isinstance(kind, Instant | Date):
        return value_of(column, 13).replace(year=2031)
    return value_of(column, (FORGED if isinstance(kind, LargeBinary) else 1000) + 1 - odd)


def slip_in(connection: Connection, table: Table, number: int) -> None:
    """Put a row of one's own there with a database shell."""
    row = {name: _as_kept(value) for name, value in row_of(table, number).items()}
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join(f":{name}" for name in row)
    connection.execute(text(f"INSERT INTO {table.name} ({names}) VALUES ({marks})"), row)


def _as_kept(value: Any) -> Any:
    """As SQLite keeps it."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ", "microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
