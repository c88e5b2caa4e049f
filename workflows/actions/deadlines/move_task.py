"""One open task gets another due date, with what was to happen at the old one at its border."""

from __future__ import annotations

from datetime import datetime

from workflows.actions.desk import Work
from workflows.actions.handle import handle
from workflows.engine import state_from_json
from workflows.engine.commands import Reschedule
from workflows.store import cases
from workflows.store.worklist import TaskRow

# The variable of the process from which the step takes its due date, so that a step that comes back has the new one.
DUE_OF = {"thuc_hien": "han"}


def move_task(work: Work, task: TaskRow, due: datetime, reason: str) -> None:
    """Move it, in the transaction at hand."""
    state = state_from_json(cases.load_case(work.connection, task.case_id, lock=True).state)
    border = {
        timer.id: due
        for timer in state.timers.values()
        if timer.instance == task.task_id and timer.due == task.due and timer.cycle is None
    }
    variable = DUE_OF.get(task.form or "")
    variables = {variable: due.isoformat()} if variable else {}
    handle(work, task.case_id, Reschedule({task.task_id: due}, border, reason, variables))
