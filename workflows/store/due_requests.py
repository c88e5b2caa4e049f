"""Requests for a later due date of a task."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from workflows.errors import NotFound

from .tables.deadlines import due_requests

WAITING, GRANTED, REFUSED = "cho", "dong_y", "tu_choi"


@dataclass(frozen=True)
class DueRequest:
    """Who asked until when and why, and what was decided; `granted` is the day that was given."""

    id: int
    task_id: str
    office_id: int | None
    plan_id: int | None
    asked_by: str
    asked_name: str
    asked_at: datetime
    due_before: datetime
    wanted: date
    reason: str
    status: str
    decided_by: str | None
    decided_name: str | None
    decided_at: datetime | None
    decided_reason: str | None
    granted: date | None


def add_request(connection: Connection, values: Mapping[str, Any]) -> int:
    """Keep a new request; its id."""
    return int(connection.execute(insert(due_requests).values(**values).returning(due_requests.c.id)).scalar_one())


def request(connection: Connection, request_id: int) -> DueRequest:
    """This request, or NotFound."""
    row = connection.execute(select(due_requests).where(due_requests.c.id == request_id)).one_or_none()
    if row is None:
        raise NotFound("due_request", id=request_id)
    return DueRequest(**row._mapping)


def requests_of(connection: Connection, task_ids: Iterable[str]) -> list[DueRequest]:
    """The requests about these tasks, oldest first."""
    wanted = select(due_requests).where(due_requests.c.task_id.in_(list(task_ids))).order_by(due_requests.c.id)
    return [DueRequest(**row._mapping) for row in connection.execute(wanted)]


def waiting_request(connection: Connection, task_id: str) -> DueRequest | None:
    """The request about this task that nobody has decided yet."""
    return next((each for each in requests_of(connection, [task_id]) if each.status == WAITING), None)


def decide_request(connection: Connection, request_id: int, **values: Any) -> bool:  # noqa: ANN401 - column values
    """Write the decision; False when somebody decided first."""
    open_one = (due_requests.c.id == request_id, due_requests.c.status == WAITING)
    return connection.execute(update(due_requests).where(*open_one).values(**values)).rowcount == 1
