"""Units that a person reminded of their report by hand: at most once a unit and day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from .tables.reporting import submission_reminders
from .upsert import insert_new


@dataclass(frozen=True)
class ByHand:
    """Who reminded, and when."""

    at: datetime
    by: str


def claim_reminder(connection: Connection, submission_id: int, day: date, at: datetime, by: str) -> bool:
    """Note the reminder of this day; False when the unit was reminded by hand that day already."""
    row = {"submission_id": submission_id, "day": day, "at": at, "by": by}
    added = insert_new(connection, submission_reminders).values(row).returning(submission_reminders.c.id)
    return connection.execute(added).one_or_none() is not None


def last_by_hand(connection: Connection, submission_ids: Collection[int]) -> dict[int, ByHand]:
    """The last reminder by hand of each of these submissions that had one."""
    of = submission_reminders.c
    rows = connection.execute(
        select(of.submission_id, of.at, of.by).where(of.submission_id.in_(submission_ids)).order_by(of.at)
    )
    return {row.submission_id: ByHand(row.at, row.by) for row in rows}
