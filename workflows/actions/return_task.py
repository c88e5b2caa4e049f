"""Trả lại: send a task with a reason to an earlier step that the process allows; and where that may be."""

from __future__ import annotations

from workflows.engine import Targets, may_act, return_targets, state_from_json
from workflows.engine.commands import ReturnTask
from workflows.errors import NotFound, Refused
from workflows.store import cases, worklist

from .act_on_task import Done
from .administration import administered, require_administrator
from .definitions import StoredDefinitions
from .desk import Desk
from .handle import Notice, handle
from .open_task import open_task
from .reasons import reason_in

RETURNED = "tra_lai"


def return_task(desk: Desk, task_id: str, target: str, reason: str) -> Done:
    """Send the open task back to the step `target`; everything that came after that step is closed.

    Refused: REASON_REQUIRED, what `open_task` refuses, the reasons of `may_act` and of `return_targets`.
    """
    words = reason_in(reason, "ly_do_tra_lai")
    if not target:
        raise Refused("FIELD_REQUIRED", field="buoc")
    with desk.open() as work:
        task, known = open_task(work, task_id)
        notice = Notice("task_returned", {"by": work.by.name, "reason": words, "step": task.name})
        command = ReturnTask(task.task_id, target, words)
        handled = handle(work, known, command, notice=notice)
        worklist.note_outcome(work.connection, task_id, RETURNED, words)
        return Done(task_id, task.plan_id, RETURNED, tuple(handled.opened))


def targets_of_task(desk: Desk, task_id: str) -> Targets:
    """Where the task may be returned to and why not elsewhere; for whoever may do it, and administrators of its office.

    NotFound for a task that is not open, or not the actor's.
    """
    with desk.database.read() as connection:
        task = worklist.task(connection, task_id)
        if task is None or task.kind != "user" or task.status != "open":
            raise NotFound("task", id=task_id)
        state = state_from_json(cases.load_case(connection, task.case_id, lock=False).state)
        if may_act(state.tasks[task.task_id], desk.by):
            if desk.by.person is not None and task.office_id not in administered(desk.by):
                raise NotFound("task", id=task_id)
            require_administrator(desk.by, task.office_id)
        return return_targets(StoredDefinitions(connection), state, task.task_id)
