"""A person finishes a task of a process that brings no form of ours: the variables are what they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.engine import may_act
from workflows.engine.commands import CompleteTask
from workflows.errors import Refused
from workflows.store import worklist
from workflows.store.ahead import NotAtHand
from workflows.store.remembered import Known

from .act_on_task import Done
from .desk import Desk, Work
from .forms import FORMS
from .handle import handle
from .open_task import open_task


def complete_task(desk: Desk, task_id: str, variables: Mapping[str, Any] | None = None, *, local: bool = False) -> Done:
    """Complete an open task with these variables; `local` keeps them in the step (D3).

    Refused like `act_on_task`; FORM_REQUIRED for a task whose form does more than write variables.
    """

    def complete(work: Work) -> Done:
        number, known = _remembered(work, task_id) if work.ahead is not None else _opened(work, task_id)
        handled = handle(work, known, CompleteTask(number, variables or {}, local))
        return Done(task_id, known.opened.case.plan_id, "xong", tuple(handled.opened))

    return desk.carry_out(complete)


def _opened(work: Work, task_id: str) -> tuple[str, Known]:
    """The number of the task in its case, and the case."""
    task, known = open_task(work, task_id)
    if task.form in FORMS and known.opened.case.plan_id is not None:
        raise Refused("FORM_REQUIRED", form=task.form)
    return task.task_id, known


def _remembered(work: Work, task_id: str) -> tuple[str, Known]:
    """The same of a task that this process remembers, open and offered to the actor, in a case without a plan."""
    case_id = worklist.case_of(task_id)
    known = work.ahead.open(case_id) if work.ahead is not None else None
    task = known.state.tasks.get(task_id.partition("-")[2]) if known is not None else None
    if known is None or task is None or task.kind != "user" or known.opened.case.plan_id is not None:
        raise NotAtHand
    # What names nobody is for whoever may know of it, and who that is has to be read.
    names_nobody = not (task.assignee or task.candidate_users or task.candidate_groups)
    if names_nobody or work.by.on_behalf_of is not None or may_act(task, work.by):
        raise NotAtHand
    return task.id, known
