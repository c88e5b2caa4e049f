"""The tables whose rows are logged, with their columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import Column, Table

from workflows.store.tables import metadata

from .rules import KEPT

# An option of a statement whose rows need no line in the log.
UNLOGGED: Final = "kehoach_unlogged"


@cache
def logged_tables() -> Mapping[Table, Sequence[Column[Any]]]:
    """The tables whose rows are logged, with the columns that are hashed."""
    tables = metadata.tables
    return {tables[name]: [tables[name].c[each] for each in columns.split()] for name, columns in KEPT.items()}


@cache
def key_and_columns(table: Table) -> Sequence[Column[Any]]:
    """What has to be known of a row to log it; a column of the key may be hashed as well."""
    return list(dict.fromkeys((*table.primary_key, *logged_tables()[table])))
