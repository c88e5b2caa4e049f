"""The chain of hands of a work item: who gave it to whom, when and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from .tables.work_items import handovers


@dataclass(frozen=True)
class Handover:
    """One change of holder; ids of people are text, None stands for everybody who may take it."""

    id: int
    task_id: str
    how: str
    from_person: str | None
    to_person: str | None
    by_person: str | None
    by_name: str
    reason: str | None
    at: datetime


def add_handover(  # noqa: PLR0917 - the facts of a handover
    connection: Connection,
    task_id: str,
    how: str,
    from_person: str | None,
    to_person: str | None,
    by: tuple[str | None, str],
    reason: str | None,
    at: datetime,
) -> int:
    """Keep one link of the chain; `by` is the id and the name of whoever did it."""
    row = {
        "task_id": task_id,
        "how": how,
        "from_person": from_person,
        "to_person": to_person,
        "by_person": by[0],
        "by_name": by[1],
        "reason": reason,
        "at": at,
    }
    return int(connection.execute(insert(handovers).values(row).returning(handovers.c.id)).scalar_one())


def handovers_of(connection: Connection, task_ids: Iterable[str]) -> list[Handover]:
    """The chains of these tasks, oldest first."""
    wanted = select(handovers).where(handovers.c.task_id.in_(list(task_ids))).order_by(handovers.c.id)
    return [Handover(**row._mapping) for row in connection.execute(wanted)]
