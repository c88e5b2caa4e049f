"""Where an open task may be returned to, and why not elsewhere; returning it, and taking back what one handed on."""

from __future__ import annotations

from pydantic import Field

from service.words.refusals import sentence_of
from service.words.titles import REASON_EXAMPLE
from workflows import actions
from workflows.engine import Targets
from workflows.errors import Refused

from .policy import PEOPLE, PERSON, Call, Routes
from .shapes import Capacity, Name, Reason, Shape, TaskId
from .task_shapes import Deed

routes = Routes("tasks")


class ReturnTarget(Shape):
    """A step that the task may be returned to."""

    element: str
    name: str


class BarredTarget(Shape):
    """A step that it may not be returned to; `code` is stable, `detail` is for people."""

    element: str
    name: str
    code: str
    detail: str


class ReturnTargets(Shape):
    """Every step of the processes around the task, legal ones first in the order in which they were done."""

    legal: list[ReturnTarget]
    barred: list[BarredTarget]


class ReturnTask(Shape):
    """Send the task back to the step `target`, one of those that `list_return_targets` calls legal."""

    target: Name = Field(examples=["soan_thao"])
    reason: Reason = Field(examples=[REASON_EXAMPLE])
    capacity: Capacity = ""


class WithdrawTask(Shape):
    """Take back what was completed, while nobody else has opened what came of it."""

    reason: Reason = Field(examples=[REASON_EXAMPLE])


class NoTarget(Refused):
    """The step that was asked for is no legal one; `targets` are those that are, and why the others are not."""

    targets: Targets


@routes.get("/tasks/{task_id}/return-targets", PEOPLE, "list_return_targets")
def list_return_targets(caller: Call, task_id: TaskId) -> ReturnTargets:
    """The steps that whoever has this task may return it to, and the others with the reason why not."""
    return told(actions.targets_of_task(caller.desk_to_look(task_id), task_id))


@routes.post("/tasks/{task_id}/return", PERSON, "return_task")
def return_task(caller: Call, task_id: TaskId, body: ReturnTask) -> Deed:
    """Return the task; where the step is no legal one, the problem has the legal ones as `targets`."""
    desk = caller.desk_for(task_id, body.capacity)
    try:
        done = actions.return_task(desk, task_id, body.target, body.reason)
    except Refused as refused:
        raise _with_targets(refused, desk, task_id, body.target) from refused
    caller.web.nudge()
    return Deed(task_id=task_id, outcome=done.outcome, opened=list(done.opened))


@routes.post("/tasks/{task_id}/withdraw", PERSON, "withdraw_task")
def withdraw_task(caller: Call, task_id: TaskId, body: WithdrawTask) -> Deed:
    """Take the completed task back into one's own hands."""
    done = actions.withdraw_task(caller.desk, task_id, body.reason)
    caller.web.nudge()
    return Deed(task_id=task_id, outcome=done.outcome, opened=list(done.opened))


def told(found: Targets) -> ReturnTargets:
    """The targets as the interface says them."""
    return ReturnTargets(
        legal=[ReturnTarget(element=each.element, name=each.name) for each in found.legal],
        barred=[
            BarredTarget(element=each.element, name=each.name, code=each.reason.code, detail=sentence_of(each.reason))
            for each in found.barred
        ],
    )


def _with_targets(refused: Refused, desk: actions.Desk, task_id: str, target: str) -> Refused:
    """The refusal with every step that is legal, when it was the step that was refused; else as it was."""
    try:
        found = actions.targets_of_task(desk, task_id)
    except Refused:
        return refused
    if target in {each.element for each in found.legal}:
        return refused
    why = NoTarget.because(refused.reasons)
    assert isinstance(why, NoTarget)
    why.targets = found
    return why
