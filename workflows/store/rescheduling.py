"""Due dates that move: the row, its reminders and its escalations follow in the same transaction, each told once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select, update

from workflows.engine.calendar import Calendar

from .escalation_times import still_to_tell
from .projection import Rescheduled
from .tables.worklist import escalations, tasks, timers
from .upsert import insert_new


def move_tasks(connection: Connection, moved: Mapping[str, Rescheduled], calendar: Calendar, now: datetime) -> None:
    """Write the new due dates of open tasks (by row id).

    A level whose new instant lies ahead will be told, though it was told for the old date; one whose new instant is
    over is not told again, nor for the first time: nobody is reminded of what has just been agreed.
    """
    rows = connection.execute(
        select(tasks.c.id, tasks.c.escalation, tasks.c.opened_at).where(tasks.c.id.in_(moved), tasks.c.status == "open")
    ).all()
    for row in rows:
        due, days = moved[row.id]
        ladder = still_to_tell(calendar, due, [(days, target) for days, target in row.escalation], row.opened_at)
        ahead = [level for level in ladder if level.at > now]
        over = [level for level in ladder if level.at <= now]
        connection.execute(delete(escalations).where(escalations.c.task_id == row.id))
        if over:
            told = [{"task_id": row.id, "level": each.days, "target": each.target, "at": now} for each in over]
            connection.execute(insert_new(connection, escalations), told)
        values = {"due": due, "due_days": days, "next_escalation_at": ahead[0].at if ahead else None}
        connection.execute(update(tasks).where(tasks.c.id == row.id).values(values))


def move_timers(connection: Connection, case_id: int, moved: Mapping[str, datetime]) -> None:
    """Write when armed timers of a case fire from now on."""
    if moved:
        own = (timers.c.case_id == case_id, timers.c.timer_id == bindparam("moved_id"))
        new = bindparam("moved_to", type_=timers.c.due.type)
        rows = [{"moved_id": timer_id, "moved_to": due} for timer_id, due in moved.items()]
        connection.execute(update(timers).where(*own).values(due=new), rows)
