"""The steps that a write is made of: rows that come, change and go, the same for both databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Insert:
    """New rows with the same columns each, and beside these what is `alike` in all of them.

    With `new_only` a row whose unique key is there already is left out. `also` is one more condition in SQL, which
    calls the new row `r`; only for the first step of a write on PostgreSQL.
    """

    table: Table
    rows: Sequence[Row]
    new_only: bool = False
    alike: Row = field(default_factory=dict)
    also: str = "true"


@dataclass(frozen=True, slots=True)
class Change:
    """These values for the rows whose columns are as in `where`; a list there means any of its values.

    `also` is one more condition in SQL, which calls the columns by the name of their table.
    """

    table: Table
    where: Row
    values: Row
    also: str = "true"


@dataclass(frozen=True, slots=True)
class Remove:
    """No more rows whose columns are as in `where`; a list there means any of its values."""

    table: Table
    where: Row


Step = Insert | Change | Remove


@dataclass(frozen=True, slots=True)
class Write:
    """All that one command writes: the first step on the row of its case, the others only if it found or made that."""

    case_id: int
    first: Change | Insert
    others: Sequence[Step]
