"""Take a task into one's own hands, or give it back to everybody who may do it."""

from __future__ import annotations

from workflows.engine.commands import ClaimTask, ReleaseTask

from .desk import Desk
from .open_task import open_task
from .pass_task import pass_task


def claim_task(desk: Desk, task_id: str) -> None:
    """Nhận xử lý: from now on only the actor may do it."""
    with desk.open() as work:
        task, known = open_task(work, task_id)
        pass_task(work, task, known, ClaimTask(task.task_id))


def release_task(desk: Desk, task_id: str) -> None:
    """Trả lại cho nhóm: everybody of its groups may do it again."""
    with desk.open() as work:
        task, known = open_task(work, task_id)
        pass_task(work, task, known, ReleaseTask(task.task_id))
