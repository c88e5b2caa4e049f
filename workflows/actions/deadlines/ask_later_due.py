"""Đề nghị lùi hạn: whoever holds a task asks for a later due date, with a day and a reason."""

from __future__ import annotations

from datetime import date

from workflows.actions.desk import Desk, Work
from workflows.actions.open_task import open_task
from workflows.actions.reasons import reason_in
from workflows.engine import may_act
from workflows.engine.calendar import VIETNAM
from workflows.errors import Refused
from workflows.store import due_requests, telling
from workflows.store.worklist import TaskRow

from .deciders import deciders_of

LONGEST_DELAY = 366  # days after the present due date


def ask_later_due(desk: Desk, task_id: str, wanted: date, reason: str) -> int:
    """Ask, and tell whoever decides; the id of the request.

    Whoever may do the task may ask. NO_DUE for a task without a due date; NOT_LATER, DATE_NOT_AHEAD, BAD_DATE for the
    day; REQUEST_WAITING while an earlier request is undecided; NO_DECIDER where nobody could decide.
    """
    words = reason_in(reason)
    with desk.open() as work:
        task, known = open_task(work, task_id)
        reasons = may_act(known.state.tasks[task.task_id], work.by)
        if reasons:
            raise Refused.because(reasons)
        require_later(work, task, wanted)
        if due_requests.waiting_request(work.connection, task_id) is not None:
            raise Refused("REQUEST_WAITING", task=task_id)
        if not deciders_of(work.connection, task):
            raise Refused("NO_DECIDER", task=task_id)
        request_id = due_requests.add_request(
            work.connection,
            {
                "task_id": task.id,
                "office_id": task.office_id,
                "plan_id": task.plan_id,
                "asked_by": work.by.person or "",
                "asked_name": work.by.name,
                "asked_at": work.now,
                "due_before": task.due,
                "wanted": wanted,
                "reason": words,
                "status": due_requests.WAITING,
            },
        )
        _tell(work, task, request_id)
        return request_id


def require_later(work: Work, task: TaskRow, day: date) -> None:
    """The day is ahead, after the present due date, and not absurdly far."""
    if task.due is None:
        raise Refused("NO_DUE", task=task.id)
    due = task.due.astimezone(VIETNAM).date()
    if day <= work.today:
        raise Refused("DATE_NOT_AHEAD", field="han_moi", value=day.isoformat())
    if day <= due:
        raise Refused("NOT_LATER", field="han_moi", value=day.isoformat(), due=due)
    if (day - due).days > LONGEST_DELAY:
        raise Refused("TOO_FAR", field="han_moi", most=LONGEST_DELAY)


def _tell(work: Work, task: TaskRow, request_id: int) -> None:
    telling.tell(
        work.connection,
        "due_requested",
        f"due-requested:{request_id}",
        work.now,
        office_id=task.office_id,
        plan_id=task.plan_id,
        case_id=task.case_id,
        task_id=task.id,
        data={"request_id": request_id, "groups": list(deciders_of(work.connection, task))},
    )
