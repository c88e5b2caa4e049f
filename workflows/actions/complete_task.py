"""A person finishes a task of a process that brings no form of ours: the variables are what they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.engine.commands import CompleteTask
from workflows.errors import Refused

from .act_on_task import Done
from .desk import Desk
from .forms import FORMS
from .handle import handle
from .open_task import open_task


def complete_task(desk: Desk, task_id: str, variables: Mapping[str, Any] | None = None, *, local: bool = False) -> Done:
    """Complete an open task with these variables; `local` keeps them in the step (D3).

    Refused like `act_on_task`; FORM_REQUIRED for a task whose form does more than write variables.
    """
    with desk.open() as work:
        task, case = open_task(work, task_id)
        if task.form in FORMS and case.plan_id is not None:
            raise Refused("FORM_REQUIRED", form=task.form)
        handled = handle(work, case.id, CompleteTask(task.task_id, variables or {}, local))
        return Done(task_id, task.plan_id, "xong", tuple(handled.opened))
