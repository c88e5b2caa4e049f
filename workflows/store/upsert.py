"""Inserting what may already be there, in both dialects."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An insert that leaves a row alone that is already there, by any of its unique keys."""
    return _insert(connection, table).on_conflict_do_nothing()


def insert_or_change(
    connection: Connection, table: Table, key: Sequence[str], changed: Sequence[str]
) -> postgresql.Insert | sqlite.Insert:
    """An insert that writes only the `changed` columns where a row with this key is already there."""
    statement = _insert(connection, table)
    new = {column: statement.excluded[column] for column in changed}
    return statement.on_conflict_do_update(index_elements=list(key), set_=new)


def _insert(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
