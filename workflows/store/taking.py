"""Taking the first so many rows that nobody else has, for one statement that changes them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select


def locked_once(wanted: Select[tuple[Any]]) -> Select[tuple[Any]]:
    """The keys that `wanted` finds, locked; what another has locked is passed over.

    As a common table expression: a subquery PostgreSQL may run again for each row of a small table, and since it passes
    over what the statement itself has just changed, more rows would be taken than its limit.
    """
    locked = wanted.with_for_update(skip_locked=True).cte("locked")
    return select(*locked.c)
