"""Nhắc lại ngày …: the task leaves the person's own list until that day; its due date stays what it is."""

from __future__ import annotations

from datetime import date

from workflows.engine import may_act
from workflows.errors import Refused
from workflows.store import own_marks
from workflows.store.local_days import start_of

from .desk import Desk
from .open_task import open_task


def put_off_task(desk: Desk, task_id: str, until: date) -> None:
    """Show it again on this day, for the actor only; DATE_NOT_AHEAD for today and before."""
    with desk.open() as work:
        task, known = open_task(work, task_id)
        reasons = may_act(known.state.tasks[task.task_id], work.by)
        if reasons:
            raise Refused.because(reasons)
        if until <= work.today:
            raise Refused("DATE_NOT_AHEAD", field="nhac_lai", value=until.isoformat())
        if work.by.person is None:
            raise Refused("NOT_SIGNED_IN")
        own_marks.put_off(work.connection, task.id, work.by.person, start_of(until), work.now)


def take_up_task(desk: Desk, task_id: str) -> None:
    """Show it again now."""
    with desk.open() as work:
        task, _ = open_task(work, task_id)
        if work.by.person is not None:
            own_marks.forget_follow_ups(work.connection, task.id, work.by.person)
