"""Cập nhật tiến độ: how far a time of a duty is, in a note, a number or a share, with what proves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workflows.actions.comment import keep_comment
from workflows.actions.desk import Desk, Work
from workflows.actions.open_task import open_task
from workflows.actions.reasons import note
from workflows.actions.source_file import SourceFile
from workflows.engine import may_act
from workflows.errors import NotFound, Refused
from workflows.store import duties, plans
from workflows.store.duties import PROGRESS, Occurrence
from workflows.store.worklist import TaskRow

FORM = "thuc_hien"
MOST_COUNT = 999_999_999


@dataclass(frozen=True)
class Progress:
    """What is said: `done_count` of the number that is asked for, or `percent` of the whole; both are totals so far."""

    words: str = ""
    done_count: int | None = None
    percent: int | None = None


def report_progress(desk: Desk, task_id: str, progress: Progress, files: Sequence[SourceFile] = ()) -> int:
    """Keep it while the work is going on; the id of the note.

    Whoever may do the task may say how far it is. FIELD_REQUIRED for nothing at all, BAD_FIELD for a number out of its
    range, and what `open_task` and the files refuse.
    """
    words = note(progress.words, "tien_do")
    _require_in_range(progress)
    if not words and not files and progress.done_count is None and progress.percent is None:
        raise Refused("FIELD_REQUIRED", field="tien_do")
    with desk.open() as work:
        task, occurrence = carried_out(work, task_id)
        kept = keep_comment(work, task.plan_id or 0, task.id, "progress", words, (), files) if files else None
        _write(work, occurrence, progress)
        return duties.add_note(
            work.connection,
            occurrence.id,
            PROGRESS,
            work.now,
            (work.by.person, work.names),
            words,
            percent=progress.percent,
            done_count=progress.done_count,
            comment_id=kept,
        )


def carried_out(work: Work, task_id: str) -> tuple[TaskRow, Occurrence]:
    """The open task of carrying out a duty, for whoever may do it, and the time of the duty that it is."""
    task, known = open_task(work, task_id)
    occurrence = duties.occurrence_of_case(work.connection, task.case_id)
    if task.form != FORM or occurrence is None:
        raise NotFound("task", id=task_id)
    reasons = may_act(known.state.tasks[task.task_id], work.by)
    if reasons:
        raise Refused.because(reasons)
    return task, occurrence


def _require_in_range(progress: Progress) -> None:
    for field, value, most in (("so_luong", progress.done_count, MOST_COUNT), ("phan_tram", progress.percent, 100)):
        if value is not None and not 0 <= value <= most:
            raise Refused("BAD_FIELD", field=field, value=str(value), allowed=["0", "…", str(most)])


def _write(work: Work, occurrence: Occurrence, progress: Progress) -> None:
    """A number counts as a share, too; a share that is said itself stands before it."""
    values: dict[str, int] = {}
    if progress.done_count is not None:
        values["done_count"] = progress.done_count
        values["percent"] = min(100, 100 * progress.done_count // max(1, occurrence.required))
    if progress.percent is not None:
        values["percent"] = progress.percent
    if values:
        plans.change_occurrence(work.connection, occurrence.id, **values)
