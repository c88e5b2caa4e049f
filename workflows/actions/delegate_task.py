"""Ủy quyền xử lý một việc: another works on it and hands it back to its owner, who finishes it."""

from __future__ import annotations

from workflows.engine.commands import DelegateTask, HandBackTask
from workflows.store import own_marks, worklist

from .desk import Desk
from .open_task import open_task
from .pass_task import pass_task
from .reasons import note
from .reassign_task import require_receiver


def delegate_task(desk: Desk, task_id: str, person_id: int, words: str = "") -> None:
    """Let this person work on it; who was delegated to may delegate on.

    Refused: MAY_NOT_RECEIVE, EXCLUDED, ALREADY_OWNER, ALREADY_HOLDS, and as for claiming.
    """
    said = note(words)
    with desk.open() as work:
        task, known = open_task(work, task_id)
        require_receiver(work, task, person_id)
        pass_task(work, task, known, DelegateTask(task.task_id, str(person_id), said))
        own_marks.pass_draft(work.connection, task.id, work.by.person, str(person_id), work.now)


def hand_back_task(desk: Desk, task_id: str, words: str = "") -> None:
    """Give it back to the last owner, or take it back as one of its owners; NOT_DELEGATED where there is none.

    What the delegate typed and kept comes with it.
    """
    said = note(words)
    with desk.open() as work:
        task, known = open_task(work, task_id)
        pass_task(work, task, known, HandBackTask(task.task_id, said))
        back = worklist.task(work.connection, task.id)
        own_marks.pass_draft(work.connection, task.id, task.assignee, back.assignee if back else None, work.now)
