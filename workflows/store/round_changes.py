"""What was done to a running round, by whom and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from .tables.consultation import round_changes

ADDED, DROPPED, EXTENDED, REMINDED, PASSED = "them", "rut", "lui_han", "nhac", "chuyen"


@dataclass(frozen=True)
class RoundChange:
    """One line of the history of a round; `body_id` is None for all bodies, `deadline` is the new one."""

    id: int
    round_id: int
    body_id: int | None
    kind: str
    at: datetime
    by: str
    reason: str
    deadline: datetime | None


def note_change(  # noqa: PLR0917 - the facts of a change
    connection: Connection,
    round_id: int,
    kind: str,
    body_id: int | None,
    at: datetime,
    by: str,
    reason: str,
    deadline: datetime | None = None,
) -> None:
    """Write a line of the history."""
    row = {"round_id": round_id, "kind": kind, "body_id": body_id, "at": at, "by": by, "reason": reason}
    connection.execute(insert(round_changes).values(**row, deadline=deadline))


def changes_of(connection: Connection, round_id: int) -> list[RoundChange]:
    """The history of a round, oldest first."""
    wanted = select(round_changes).where(round_changes.c.round_id == round_id).order_by(round_changes.c.id)
    return [RoundChange(**row._mapping) for row in connection.execute(wanted)]


def last_reminders(connection: Connection, round_id: int) -> dict[int, datetime]:
    """When each body was last reminded by hand."""
    table = round_changes.c
    wanted = select(table.body_id, func.max(table.at).label("at")).where(
        table.round_id == round_id, table.kind == REMINDED, table.body_id.is_not(None)
    )
    return {row.body_id: row.at for row in connection.execute(wanted.group_by(table.body_id))}
