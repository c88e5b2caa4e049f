"""Where an open task may be returned to, and why not elsewhere."""

from __future__ import annotations

from service.words.refusals import sentence_of
from workflows import actions

from .policy import ADMIN, Call, Routes
from .shapes import Shape

routes = Routes("cases")


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


@routes.get("/tasks/{task_id}/return-targets", ADMIN, "list_return_targets")
def list_return_targets(caller: Call, task_id: str) -> ReturnTargets:
    """The steps that whoever has this task may return it to, and the others with the reason why not."""
    found = actions.targets_of_task(caller.desk, task_id)
    return ReturnTargets(
        legal=[ReturnTarget(element=each.element, name=each.name) for each in found.legal],
        barred=[
            BarredTarget(element=each.element, name=each.name, code=each.reason.code, detail=sentence_of(each.reason))
            for each in found.barred
        ],
    )
