"""What a unit did for a plan in the window of a report: its tasks, done, under way or late."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, Row, or_, select

from workflows.plans.report_draft import WorkDone

from .local_days import local_day, start_of
from .tables.plans import duties, occurrences


def work_of_unit(connection: Connection, plan_id: int, body_id: int, first: date, last: date) -> list[WorkDone]:
    """The unit's tasks that were done between these days, or opened by the last of them and not done yet."""
    rows = connection.execute(
        select(duties.c.title, occurrences)
        .join(duties, duties.c.id == occurrences.c.duty_id)
        .where(
            duties.c.plan_id == plan_id,
            occurrences.c.body_id == body_id,
            occurrences.c.opens_on <= last,
            occurrences.c.passed_over.is_(None),
            or_(occurrences.c.done_at.is_(None), occurrences.c.done_at >= start_of(first)),
        )
        .order_by(occurrences.c.due_on.is_(None), occurrences.c.due_on, occurrences.c.id)
    )
    return [
        WorkDone(
            row.title,
            local_day(row.done_at) if row.done_at else None,
            row.due_on,
            row.result or "",
            progress_of(row),
        )
        for row in rows
    ]


def progress_of(occurrence: Row[tuple[object, ...]]) -> str:
    """How far an occurrence that is not done is, in words: in times of those required, else in per cent."""
    if occurrence.done_at is not None:
        return ""
    if occurrence.required > 1:
        return f"đã làm {occurrence.done_count}/{occurrence.required} lần"
    return f"đạt {occurrence.percent}%" if occurrence.percent is not None else ""
