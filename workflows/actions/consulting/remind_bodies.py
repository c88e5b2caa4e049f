"""Nhắc bằng tay: a reminder to those of a running round that have not answered, at most once a day each."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from workflows.actions.desk import Desk
from workflows.actions.drafters import require_drafter
from workflows.engine.calendar import VIETNAM
from workflows.errors import Refused
from workflows.store import telling
from workflows.store.round_changes import REMINDED, last_reminders, note_change

from .running_round import running_round

PAUSE = timedelta(hours=20)  # so that "every morning" is possible and twice a day is not


def remind_bodies(desk: Desk, plan_id: int, body_ids: Collection[int] = ()) -> list[int]:
    """Remind these bodies (none named: all that have not answered) and return whom; politely towards outsiders.

    Whom somebody reminded within the last 20 hours is left out; REMINDED_LATELY when nobody is left.
    """
    with desk.open() as work:
        running = running_round(work, plan_id)
        require_drafter(work.by, running.plan.drafting_unit_id)
        wanted = [body for body in running.tasks if not body_ids or body in body_ids]
        before = last_reminders(work.connection, running.round.id)
        told = [body for body in wanted if body not in before or before[body] + PAUSE <= work.now]
        if not told:
            at = max((before[body] for body in wanted if body in before), default=None)
            raise Refused("REMINDED_LATELY", at=at, hours=int(PAUSE.total_seconds() // 3600))
        for body in told:
            task = running.tasks[body]
            note_change(work.connection, running.round.id, REMINDED, body, work.now, work.by.name, "")
            telling.tell(
                work.connection,
                "task_due",
                f"remind:{task.id}:{work.now.astimezone(VIETNAM):%Y%m%d%H}",
                work.now,
                office_id=task.office_id,
                plan_id=task.plan_id,
                case_id=task.case_id,
                task_id=task.id,
                data={"level": 0, "target": "nguoi_giu"},
            )
        return told
