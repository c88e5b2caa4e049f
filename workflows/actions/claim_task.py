"""Take a task into one's own hands, or give it back to everybody who may do it."""

from __future__ import annotations

from collections.abc import Callable

from workflows.engine.commands import ClaimTask, Command, ReleaseTask

from .desk import Desk
from .handle import handle
from .open_task import open_task


def claim_task(desk: Desk, task_id: str) -> None:
    """Nhận xử lý: from now on only the actor may do it."""
    _hand_over(desk, task_id, ClaimTask)


def release_task(desk: Desk, task_id: str) -> None:
    """Trả lại cho nhóm: everybody of its groups may do it again."""
    _hand_over(desk, task_id, ReleaseTask)


def _hand_over(desk: Desk, task_id: str, command: Callable[[str], Command]) -> None:
    with desk.open() as work:
        task, case = open_task(work, task_id)
        handle(work, case.id, command(task.task_id))
