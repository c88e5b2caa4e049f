"""Whoever did not confirm on the day a document came is asked again, once a working day (NĐ 30/2020 Điều 21)."""

from __future__ import annotations

from datetime import datetime, time

from workflows.engine.calendar import VIETNAM
from workflows.store import clockwork, distributing, issuing, telling
from workflows.store.distributing import Unconfirmed
from workflows.store.local_days import local_day

from .desk import Desk, Swept, Work

MOST = 5  # reminders of a line; then it is văn thư who asks, from the list of what is not confirmed


def chase_receipts(desk: Desk, limit: int = 500) -> Swept:
    """Remind every line that was sent by mail before today and not confirmed, so many at a time; never twice on a day.

    Paper and envelopes have no letter of ours to answer; they stand in the list (/so-van-ban/chua-xac-nhan).
    """
    clock, swept, last = desk.as_clock(), Swept(), 0
    before, today = beginning_of_day(desk.now), local_day(desk.now)
    while True:
        with desk.database.read() as connection:
            due = distributing.to_remind(connection, before, today, MOST, after=last, limit=limit)
        done = 0
        for each in due:
            with clock.open() as work:
                done += _remind(work, each)
        swept += Swept(len(due), done)
        if len(due) < limit:
            return swept
        last = due[-1].recipient.id


def beginning_of_day(now: datetime) -> datetime:
    """Midnight of today in Việt Nam: what left before it should have been confirmed by now."""
    return datetime.combine(local_day(now), time(0), VIETNAM)


def _remind(work: Work, each: Unconfirmed) -> bool:
    line = issuing.recipient(work.connection, each.recipient.id, lock=True)
    calendar = clockwork.calendar_of(work.connection, each.office_id)
    if line.status not in distributing.SENT or not calendar.is_working(work.today):
        return False
    if not distributing.claim_reminder(work.connection, line.id, work.today, work.now, work.by.name):
        return False
    return telling.tell(
        work.connection,
        "receipt_reminder",
        f"receipt_reminder:{line.id}:{work.today.isoformat()}",
        work.now,
        office_id=each.office_id,
        plan_id=line.subject_id if line.subject == "plan" else None,
        data={"recipient_id": line.id},
    )
