"""Who was told what of a task or plan, when, by which way, and whether it arrived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, or_, select

from workflows.store.tables.directory import bodies, people
from workflows.store.tables.notices import notices
from workflows.store.tables.telling import deliveries, outbox

SHOWN = 200


@dataclass(frozen=True)
class ToldRow:
    """One thing that one recipient was told; `state` is the letter's, or the notice's own where no letter was written.

    `channel` is mail, inbox or "" (only the bell inside the house); `level` and `target` are those of a reminder.
    """

    at: datetime
    reason: str
    name: str
    subject: str
    channel: str
    state: str
    sent_at: datetime | None
    error: str | None
    read_at: datetime | None
    level: int | None
    target: str | None


def told_of_task(connection: Connection, task_id: str) -> list[ToldRow]:
    """Everything that was said about one task, in order of time."""
    return _told(connection, notices.c.task_id == task_id)


def told_of_plan(connection: Connection, plan_id: int) -> list[ToldRow]:
    """The latest things that were said about a plan and its tasks, newest first."""
    return list(reversed(_told(connection, notices.c.plan_id == plan_id)))


def unsent_of_plan(connection: Connection, plan_id: int) -> int:
    """How many letters about a plan did not arrive (MAIL-07)."""
    wanted = select(deliveries.c.id).join(outbox, outbox.c.id == deliveries.c.outbox_id)
    wanted = wanted.where(outbox.c.plan_id == plan_id, deliveries.c.status == "dead", deliveries.c.channel == "mail")
    return len(connection.execute(wanted.limit(SHOWN)).all())


def _told(connection: Connection, about: ColumnElement[bool]) -> list[ToldRow]:
    wanted = (
        select(
            notices.c.at,
            notices.c.reason,
            notices.c.subject,
            notices.c.fate,
            notices.c.read_at,
            people.c.name.label("person"),
            bodies.c.name.label("body"),
            deliveries.c.channel,
            deliveries.c.status,
            deliveries.c.sent_at,
            deliveries.c.error,
            outbox.c.data,
        )
        .join(outbox, outbox.c.id == notices.c.outbox_id)
        .outerjoin(people, people.c.id == notices.c.person_id)
        .outerjoin(bodies, bodies.c.id == notices.c.body_id)
        .outerjoin(deliveries, deliveries.c.id == notices.c.delivery_id)
        .where(about, or_(notices.c.fate != "superseded", notices.c.delivery_id.is_not(None)))
        .order_by(notices.c.at.desc(), notices.c.id.desc())
        .limit(SHOWN)
    )
    return [_row(row) for row in reversed(connection.execute(wanted).all())]


def _row(row: Row[Any]) -> ToldRow:
    return ToldRow(
        row.at,
        row.reason,
        row.person or row.body or "",
        row.subject,
        row.channel or "",
        row.status or row.fate,
        row.sent_at,
        row.error,
        row.read_at,
        row.data.get("level"),
        row.data.get("target"),
    )
