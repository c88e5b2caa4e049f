"""A person hands in a form for an open task: judged, carried out and told in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workflows.engine import may_act
from workflows.engine.commands import CompleteTask
from workflows.errors import Refused
from workflows.store import own_marks, plans, seen, telling, worklist
from workflows.store.driver import write
from workflows.store.worklist import TaskRow

from .comment import keep_comment
from .consulting.opinion_paper import OpinionPaper
from .desk import Desk, Work
from .forms import BOUND_TO_CONTENT, FORMS, Filed, Filing
from .handle import Notice, handle
from .open_task import open_task
from .opinions import Entry
from .source_file import SourceFile


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
    files: Sequence[SourceFile] = (),
    papers: tuple[OpinionPaper, ...] = (),
) -> Done:
    """Complete a task with what was typed into its form; `files` and the examined `papers` are kept with it.

    `seen_hash` is the hash of the text that the person saw; a yes or no to another text is refused (CONTENT_CHANGED),
    and so is a new text that was written over another one.
    Other refusals: NotFound for a task that the actor may not know of, ALREADY_DONE, TASK_CANCELLED, NOT_A_CANDIDATE,
    HELD_BY_ANOTHER, EXCLUDED, DELEGATED, WAITING_FOR_ANSWER, and what the form and the files demand.
    """
    with desk.open() as work:
        return hand_in(work, task_id, fields, seen_hash=seen_hash, files=files, papers=papers)


def hand_in(
    work: Work,
    task_id: str,
    fields: Mapping[str, str],
    *,
    seen_hash: str | None = None,
    files: Sequence[SourceFile] = (),
    papers: tuple[OpinionPaper, ...] = (),
    entry: Entry | None = None,
) -> Done:
    """`act_on_task` inside a verb's transaction; with `entry` a clerk hands in what came on paper."""
    task, known = open_task(work, task_id)
    # The engine judges the rights again inside the command; here they come before anything is said about the form.
    reasons = may_act(known.state.tasks[task.task_id], work.by)
    if reasons:
        raise Refused.because(reasons)
    form = FORMS.get(task.form or "")
    if form is None:
        raise Refused("UNKNOWN_FORM", form=task.form)
    version = _require_seen(work, task, seen_hash, writes="van_ban" in fields)
    content_hash = version.content_hash if version is not None else None
    filed = form(Filing(work, task, known.state.visible(task.task_id), fields, papers, entry))
    command = CompleteTask(task.task_id, filed.variables)
    notice = _notice(work, task, filed)
    handled = handle(work, known, command, content_hash=content_hash, notice=notice)
    _settle(work, task, filed, version)
    _keep_files(work, task, files)
    if task.asked_in is not None:
        _tell_asker(work, task, filed)
    return Done(task_id, task.plan_id, filed.outcome, tuple(handled.opened))


def _require_seen(work: Work, task: TaskRow, seen_hash: str | None, *, writes: bool) -> plans.VersionStamp | None:
    """The plan's current version; a decision on a text that has changed since is refused, and a text typed over it.

    The plan is locked: a text that changes at the same instant comes before the decision or after it, never beside it.
    """
    if task.plan_id is None:
        return None
    bound = task.form in BOUND_TO_CONTENT
    current = plans.current_stamp(work.connection, task.plan_id, lock=bound or writes)
    if (bound or (writes and seen_hash is not None)) and seen_hash != current.content_hash:
        raise Refused("CONTENT_CHANGED", version=current.version, changed_by=current.made_by, at=current.made_at)
    return current


def _settle(work: Work, task: TaskRow, filed: Filed, version: plans.VersionStamp | None) -> None:
    """What was decided stands with the task, the version counts as seen, what was noted for the task's sake is over."""
    steps = own_marks.ends_with(task.id)
    if task.plan_id is not None and version is not None and work.by.person is not None:
        steps.append(seen.version_row(task.plan_id, work.by.person, version.version, work.now))
    outcome, line = worklist.outcome_change(task.id, filed.outcome, filed.remark, work.by.on_behalf_of)
    write(work.connection, outcome, [*steps, line])


def _keep_files(work: Work, task: TaskRow, files: Sequence[SourceFile]) -> None:
    """A signed scan with a return, a paper with an opinion: kept with the task in the same transaction."""
    if files:
        if task.plan_id is None:
            raise Refused("TASK_WITHOUT_PLAN", task=task.id)
        keep_comment(work, task.plan_id, task.id, "filed", "", (), files)


def _tell_asker(work: Work, task: TaskRow, filed: Filed) -> None:
    telling.tell(
        work.connection,
        "task_answered",
        f"answered:{task.id}",
        work.now,
        office_id=task.office_id,
        plan_id=task.plan_id,
        case_id=task.case_id,
        task_id=task.asked_in,
        data={
            "person": task.variables["nguoi_hoi"],
            "by": work.by.name,
            "outcome": filed.outcome,
            "words": filed.remark or "",
        },
    )


def _notice(work: Work, task: TaskRow, filed: Filed) -> Notice:
    if not filed.returned:
        return Notice()
    return Notice("task_returned", {"by": work.names, "reason": filed.remark, "step": task.name})
