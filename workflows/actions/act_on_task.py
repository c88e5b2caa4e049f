"""A person hands in a form for an open task: judged, carried out and told in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workflows.engine import may_act, state_from_json
from workflows.engine.commands import CompleteTask
from workflows.errors import NotFound, Refused
from workflows.store import cases, plans, worklist
from workflows.store.worklist import TaskRow

from .desk import Desk, Work
from .forms import BOUND_TO_CONTENT, FORMS, Filed, Filing
from .handle import Notice, handle


@dataclass(frozen=True)
class Done:
    """What an action led to: its outcome in a word, and the tasks of people that it opened."""

    task_id: str
    plan_id: int | None
    outcome: str
    opened: tuple[str, ...]


def act_on_task(desk: Desk, task_id: str, fields: Mapping[str, str], *, seen_hash: str | None = None) -> Done:
    """Complete a task with what was typed into its form.

    `seen_hash` is the hash of the text that the person saw; a yes or no to another text is refused (CONTENT_CHANGED).
    Other refusals: ALREADY_DONE, TASK_CANCELLED, NOT_A_CANDIDATE, HELD_BY_ANOTHER, EXCLUDED, and what the form demands.
    """
    with desk.open() as work:
        task = _open_task(work, task_id)
        state = state_from_json(cases.load_case(work.connection, task.case_id, lock=True).state)
        # The engine judges the rights again inside the command; here they come before anything is said about the form.
        reasons = may_act(state.tasks[task.task_id], work.by) if task.task_id in state.tasks else ()
        if reasons:
            raise Refused.because(reasons)
        content_hash = _require_seen(work, task, seen_hash)
        filed = FORMS[task.form or ""](Filing(work, task, state.visible(task.task_id), fields))
        command = CompleteTask(task.task_id, filed.variables)
        handled = handle(work, task.case_id, command, content_hash=content_hash, notice=_notice(work, task, filed))
        worklist.note_outcome(work.connection, task_id, filed.outcome, filed.remark)
        return Done(task_id, task.plan_id, filed.outcome, tuple(handled.opened))


def _open_task(work: Work, task_id: str) -> TaskRow:
    """The task, which must be open and have a form that the program knows."""
    task = worklist.task(work.connection, task_id)
    if task is None or task.kind != "user":
        raise NotFound("task", id=task_id)
    if task.status == "completed":
        raise Refused("ALREADY_DONE", by=task.closed_by, at=task.closed_at, outcome=task.outcome)
    if task.status != "open":
        raise Refused("TASK_CANCELLED", at=task.closed_at)
    if task.form not in FORMS:
        raise Refused("UNKNOWN_FORM", form=task.form)
    return task


def _require_seen(work: Work, task: TaskRow, seen_hash: str | None) -> str | None:
    """The hash of the plan's current text; a decision on a text that has changed since is refused."""
    if task.plan_id is None:
        return None
    current = plans.current_version(work.connection, task.plan_id)
    if task.form in BOUND_TO_CONTENT and seen_hash != current.content_hash:
        raise Refused("CONTENT_CHANGED", version=current.version, changed_by=current.made_by, at=current.made_at)
    return current.content_hash


def _notice(work: Work, task: TaskRow, filed: Filed) -> Notice:
    if not filed.returned:
        return Notice()
    return Notice("task_returned", {"by": work.by.name, "reason": filed.remark, "step": task.name})
