"""Chuyển người xử lý: the holder, the head of a unit or an administrator gives a task to another who may do it."""

from __future__ import annotations

from workflows.engine import State, may_act
from workflows.engine.commands import ReassignTask
from workflows.errors import Refused
from workflows.store.directory import group
from workflows.store.directory.groups import HEAD
from workflows.store.screens.people_choice import bodies_of, may_receive
from workflows.store.worklist import TaskRow

from .administration import ADMINISTRATOR
from .desk import Desk, Work
from .open_task import open_task
from .pass_task import pass_task
from .reasons import note, required_reason


def reassign_task(desk: Desk, task_id: str, person_id: int, reason: str) -> None:
    """Give it to this person, who from now on holds it alone.

    Refused: NOT_YOURS for whoever neither may act on it nor heads a unit that it is offered to; MAY_NOT_RECEIVE for
    somebody whom the rule does not allow; EXCLUDED, ALREADY_HOLDS; FIELD_REQUIRED without a reason.
    """
    words = required_reason(reason)
    with desk.open() as work:
        task, known = open_task(work, task_id)
        _require_master(work, task, known.state)
        require_receiver(work, task, person_id)
        pass_task(work, task, known, ReassignTask(task.task_id, str(person_id), words))


def free_task(desk: Desk, task_id: str, reason: str) -> None:
    """Give a held task back to its group over the holder's head; the group is told why. For heads and administrators.

    Refused: NOT_YOURS, NOT_CLAIMED, NO_CANDIDATES.
    """
    words = note(reason)
    with desk.open() as work:
        task, known = open_task(work, task_id)
        _require_master(work, task, known.state)
        if task.assignee is None:
            raise Refused("NOT_CLAIMED", task=task.id)
        pass_task(work, task, known, ReassignTask(task.task_id, None, words))


def is_master(work: Work, task: TaskRow) -> bool:
    """Whether the actor heads a body that the task is offered to, or administers its office."""
    keys = {group(HEAD, body_id) for body_id in bodies_of(work.connection, task, work.today)}
    if task.office_id is not None:
        keys.add(group(ADMINISTRATOR, task.office_id))
    return bool(keys & work.by.groups)


def require_receiver(work: Work, task: TaskRow, person_id: int) -> None:
    """Somebody whom the rule of the picker allows; the engine judges exclusion again."""
    if str(person_id) in task.excluded:
        raise Refused("EXCLUDED", person=str(person_id), field="nguoi")
    if str(person_id) == task.assignee:
        raise Refused("ALREADY_HOLDS", person=str(person_id), field="nguoi")
    if person_id not in {each.person_id for each in may_receive(work.connection, task, work.today)}:
        raise Refused("MAY_NOT_RECEIVE", person=str(person_id), field="nguoi")


def _require_master(work: Work, task: TaskRow, state: State) -> None:
    if work.by.is_system or is_master(work, task):
        return
    if may_act(state.tasks[task.task_id], work.by):
        raise Refused("NOT_YOURS", task=task.id)
