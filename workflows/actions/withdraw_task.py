"""Thu hồi: take back what one completed, until somebody else has opened what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from workflows.engine import event_from_json, state_from_json
from workflows.engine.commands import WithdrawTask
from workflows.engine.handing_on import goes_on
from workflows.errors import NotFound, Refused
from workflows.store import cases, seen, telling, worklist

from .act_on_task import Done
from .desk import Desk, Work
from .handle import handle
from .reasons import reason_in

WITHDRAWN = "thu_hoi"
# Hủy duyệt: so long after a press it is taken back by one more, without a reason of one's own.
UNDO_WITHIN = timedelta(seconds=60)


def undo_decision(desk: Desk, task_id: str, reason: str) -> Done:
    """Take back what one pressed a moment ago; the decision and its undoing both stay in the log.

    Refused: UNDO_TOO_LATE after `UNDO_WITHIN`, and what `withdraw_task` refuses; `reason` is what the log says of it.
    """
    with desk.database.read() as connection:
        task = worklist.task(connection, task_id)
    if task is None or not _is_own(task, desk):
        raise NotFound("task", id=task_id)
    if task.closed_at is None or desk.now > undo_until(task.closed_at):
        raise Refused("UNDO_TOO_LATE", seconds=int(UNDO_WITHIN.total_seconds()))
    return withdraw_task(desk, task_id, reason)


def undo_until(closed_at: datetime) -> datetime:
    """The last instant at which a decision of that time is undone by one press."""
    return closed_at + UNDO_WITHIN


def withdraw_task(desk: Desk, task_id: str, reason: str) -> Done:
    """Take the completed task back into one's own hands; what was approved in it counts no more.

    The tasks that came of it are locked, so that whoever opens one at the same instant comes before or after. Refused:
    REASON_REQUIRED, GONE_ON with whose deed it was and when, and what the engine's `withdraw_task` refuses; NotFound
    for a task that the actor did not do.
    """
    words = reason_in(reason)
    with desk.open() as work:
        task = worklist.task(work.connection, task_id)
        if task is None or task.kind != "user" or not _is_own(task, desk):
            raise NotFound("task", id=task_id)
        case = cases.load_case(work.connection, task.case_id, lock=True)
        handed = state_from_json(case.state).handed.get(task.task_id)
        if handed is None:
            _require_not_gone_on(work, task)
            handed = {}
        rows = [f"{case.id}-{each}" for each in handed.get("tasks", ())]
        opened = seen.opened_by_others(work.connection, rows, [work.by.person or ""], lock=True)
        ids = tuple(row.partition("-")[2] for row in sorted(opened))
        handled = handle(work, case.id, WithdrawTask(task.task_id, words, ids))
        worklist.note_outcome(work.connection, task_id, WITHDRAWN, words)
        _tell_receivers(work, rows, words)
        return Done(task_id, task.plan_id, WITHDRAWN, tuple(handled.opened))


def _require_not_gone_on(work: Work, task: worklist.TaskRow) -> None:
    """Refused(GONE_ON) with whoever moved what came of the task; nothing for one that could never be taken back."""
    handed: Mapping[str, Any] | None = None
    for each in cases.history(work.connection, task.case_id):
        if each.type in ("StepHandedOn", "StepWithdrawn") and each.data["task_id"] == task.task_id:
            handed = each.data if each.type == "StepHandedOn" else None
        elif handed is not None and goes_on(handed, event_from_json({"event": each.type, **each.data})):
            raise Refused("GONE_ON", by=each.actor["name"], person=each.actor["person"], at=each.at)


def _tell_receivers(work: Work, rows: Iterable[str], words: str) -> None:
    """Whoever had got what came of it hears that it is gone, and why."""
    for row in rows:
        gone = worklist.task(work.connection, row)
        if gone is not None and gone.kind == "user" and gone.status != "open":
            telling.tell(
                work.connection,
                "task_withdrawn",
                f"withdrawn:{row}",
                work.now,
                office_id=gone.office_id,
                plan_id=gone.plan_id,
                case_id=gone.case_id,
                task_id=row,
                data={"by": work.names, "reason": words},
            )


def may_withdraw(desk: Desk, task_id: str) -> bool:
    """Whether the actor could take this task back now; only the command itself is sure."""
    with desk.database.read() as connection:
        task = worklist.task(connection, task_id)
        if task is None or task.status != "completed" or not _is_own(task, desk):
            return False
        handed = state_from_json(cases.load_case(connection, task.case_id, lock=False).state).handed
        known = handed.get(task.task_id)
        if known is None:
            return False
        rows = [f"{task.case_id}-{each}" for each in known["tasks"]]
        return not seen.opened_by_others(connection, rows, [desk.by.person or ""])


def _is_own(task: worklist.TaskRow, desk: Desk) -> bool:
    return desk.by.person is not None and task.closed_by == desk.by.person
