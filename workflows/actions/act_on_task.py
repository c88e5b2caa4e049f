"""A person hands in a form for an open task: judged, carried out and told in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workflows.engine import may_act, state_from_json
from workflows.engine.commands import CompleteTask
from workflows.errors import Refused
from workflows.store import plans, worklist
from workflows.store.worklist import TaskRow

from .consulting.opinion_paper import OpinionPaper
from .desk import Desk, Work
from .forms import BOUND_TO_CONTENT, FORMS, Filed, Filing
from .handle import Notice, handle
from .open_task import open_task
from .opinions import Entry


@dataclass(frozen=True)
class Done:
    """What an action led to: its outcome in a word, and the tasks of people that it opened."""

    task_id: str
    plan_id: int | None
    outcome: str
    opened: tuple[str, ...]


def act_on_task(
    desk: Desk,
    task_id: str,
    fields: Mapping[str, str],
    *,
    seen_hash: str | None = None,
    papers: tuple[OpinionPaper, ...] = (),
) -> Done:
    """Complete a task with what was typed into its form, and the examined files that came with it.

    `seen_hash` is the hash of the text that the person saw; a yes or no to another text is refused (CONTENT_CHANGED).
    Other refusals: NotFound for a task that the actor may not know of, ALREADY_DONE, TASK_CANCELLED, NOT_A_CANDIDATE,
    HELD_BY_ANOTHER, EXCLUDED, and what the form demands.
    """
    with desk.open() as work:
        return hand_in(work, task_id, fields, seen_hash=seen_hash, papers=papers)


def hand_in(
    work: Work,
    task_id: str,
    fields: Mapping[str, str],
    *,
    seen_hash: str | None = None,
    papers: tuple[OpinionPaper, ...] = (),
    entry: Entry | None = None,
) -> Done:
    """`act_on_task` inside a verb's transaction; with `entry` a clerk hands in what came on paper."""
    task, case = open_task(work, task_id)
    state = state_from_json(case.state)
    # The engine judges the rights again inside the command; here they come before anything is said about the form.
    reasons = may_act(state.tasks[task.task_id], work.by)
    if reasons:
        raise Refused.because(reasons)
    form = FORMS.get(task.form or "")
    if form is None:
        raise Refused("UNKNOWN_FORM", form=task.form)
    content_hash = _require_seen(work, task, seen_hash)
    filed = form(Filing(work, task, state.visible(task.task_id), fields, papers, entry))
    command = CompleteTask(task.task_id, filed.variables)
    handled = handle(work, task.case_id, command, content_hash=content_hash, notice=_notice(work, task, filed))
    worklist.note_outcome(work.connection, task_id, filed.outcome, filed.remark)
    return Done(task_id, task.plan_id, filed.outcome, tuple(handled.opened))


def _require_seen(work: Work, task: TaskRow, seen_hash: str | None) -> str | None:
    """The hash of the plan's current text; a decision on a text that has changed since is refused.

    The plan is locked: a text that changes at the same instant comes before the decision or after it, never beside it.
    """
    if task.plan_id is None:
        return None
    plan = plans.plan(work.connection, task.plan_id, lock=task.form in BOUND_TO_CONTENT)
    current = plans.version(work.connection, plan.id, plan.version)
    if task.form in BOUND_TO_CONTENT and seen_hash != current.content_hash:
        raise Refused("CONTENT_CHANGED", version=current.version, changed_by=current.made_by, at=current.made_at)
    return current.content_hash


def _notice(work: Work, task: TaskRow, filed: Filed) -> Notice:
    if not filed.returned:
        return Notice()
    return Notice("task_returned", {"by": work.by.name, "reason": filed.remark, "step": task.name})
