"""What a unit did for a plan in the window of a report, as its form says it before anybody typed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from workflows.plans.report_draft import WorkDone

from .duties import PROGRESS, Occurrence
from .duty_window import Done, done_in_window
from .local_days import local_day


def work_of_unit(connection: Connection, plan_id: int, body_id: int, first: date, last: date) -> list[WorkDone]:
    """The unit's tasks that were done between these days, or opened by the last of them and not done by then."""
    found = done_in_window(connection, plan_id, [body_id], first, last).get(body_id, [])
    work = [_work(each) for each in found]
    return sorted(work, key=lambda each: (each.due is None, each.due or last))


def _work(each: Done) -> WorkDone:
    one = each.occurrence
    said = [note.text for note in each.notes if note.kind == PROGRESS and note.text]
    return WorkDone(
        each.title,
        local_day(one.done_at) if each.finished and one.done_at else None,
        one.due_on,
        (one.result or "") if each.finished else "",
        "; ".join(filter(None, ("" if each.finished else _progress(one), *said[-1:], _evidence(each)))),
        each.wants_line,
    )


def _progress(one: Occurrence) -> str:
    """How far it is, in words: in times of those required, else in per cent."""
    if one.required > 1:
        return f"đã làm {one.done_count}/{one.required} lần"
    return f"đạt {one.percent}%" if one.percent is not None else ""


def _evidence(each: Done) -> str:
    return f"{len(each.evidence)} tệp minh chứng" if each.evidence else ""
