"""Tasks of people, for administering programs: look, give to another, free, comment. Deciding is for people alone."""

from __future__ import annotations

from workflows import actions
from workflows.actions.look_at_tasks import look_at_task, look_at_tasks
from workflows.errors import Refused
from workflows.store.screens.task_people import TaskPeople
from workflows.store.worklist import TaskRow

from .admin_shapes import WithReason
from .policy import ADMIN, Call, Routes
from .task_shapes import AskedOf, AssignTask, Handover, NewComment, Said, SayOfTask, Task, Tasks, TaskSeen

routes = Routes("tasks")


@routes.get("/tasks", ADMIN, "list_tasks")
def list_tasks(caller: Call, plan_id: int | None = None, person_id: int | None = None) -> Tasks:
    """The open tasks of the own offices; of one plan, or held by one person."""
    return Tasks(tasks=[_task(each) for each in look_at_tasks(caller.desk, plan_id, person_id)])


@routes.get("/tasks/{task_id}", ADMIN, "get_task")
def get_task(caller: Call, task_id: str) -> TaskSeen:
    """A task with its chain of hands, its requests and its comments."""
    task, people = look_at_task(caller.desk, task_id)
    return _seen(task, people)


@routes.post("/tasks/{task_id}/assign", ADMIN, "assign_task", status_code=204)
def assign_task(caller: Call, task_id: str, body: AssignTask) -> None:
    """Give the task to another person, who hears of it with the reason."""
    actions.reassign_task(caller.desk, task_id, body.person_id, body.reason)
    caller.web.nudge()


@routes.post("/tasks/{task_id}/release", ADMIN, "release_task", status_code=204)
def release_task(caller: Call, task_id: str, body: WithReason) -> None:
    """Put a held task back on its group's pile."""
    actions.free_task(caller.desk, task_id, body.reason)
    caller.web.nudge()


@routes.post("/tasks/{task_id}/comments", ADMIN, "comment_on_task", status_code=201)
def comment_on_task(caller: Call, task_id: str, body: SayOfTask) -> NewComment:
    """Say something about the task; people who are named hear of it."""
    task, _ = look_at_task(caller.desk, task_id)
    if task.plan_id is None:
        raise Refused("TASK_WITHOUT_PLAN", task=task.id)
    kept = actions.comment(caller.desk, task.plan_id, body.text, task.id, body.mentions)
    caller.web.nudge()
    return NewComment(comment_id=kept)


def _task(task: TaskRow) -> Task:
    return Task(
        **{name: getattr(task, name) for name in Task.model_fields if name != "groups"}, groups=list(task.groups)
    )


def _seen(task: TaskRow, people: TaskPeople) -> TaskSeen:
    requests = [
        AskedOf(
            id=each.task.id,
            form=each.task.form or "",
            person=each.person,
            question=str(each.task.variables.get("cau_hoi", "")),
            blocking=each.task.blocking,
            status=each.task.status,
            outcome=each.task.outcome,
            answer=each.task.remark,
        )
        for each in people.requests
    ]
    said = [
        Said(id=each.id, text=each.text, by_name=each.by_name, at=each.at, files=[file.name for file in each.files])
        for each in people.comments
    ]
    hands = [Handover(**{name: getattr(each, name) for name in Handover.model_fields}) for each in people.chain]
    return TaskSeen(task=_task(task), owners=list(people.owners), handovers=hands, requests=requests, comments=said)
