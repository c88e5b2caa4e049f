"""Take a task into one's own hands, or give it back to everybody who may do it."""

from __future__ import annotations

from workflows.engine.commands import ClaimTask, Command, ReleaseTask
from workflows.errors import NotFound
from workflows.store import worklist

from .desk import Desk
from .handle import handle


def claim_task(desk: Desk, task_id: str) -> None:
    """Nhận xử lý: from now on only the actor may do it."""
    _hand_over(desk, task_id, ClaimTask(task_id.split("-", 1)[-1]))


def release_task(desk: Desk, task_id: str) -> None:
    """Trả lại cho nhóm: everybody of its groups may do it again."""
    _hand_over(desk, task_id, ReleaseTask(task_id.split("-", 1)[-1]))


def _hand_over(desk: Desk, task_id: str, command: Command) -> None:
    with desk.open() as work:
        task = worklist.task(work.connection, task_id)
        if task is None:
            raise NotFound("task", id=task_id)
        handle(work, task.case_id, command)
