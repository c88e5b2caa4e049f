"""Tasks of people: an administering program looks, gives to another, frees; a person's program does what they may."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from fastapi import Response

from service.auth.actor import require_choice
from service.due_request_seen import see_due_request
from workflows import actions
from workflows.actions.deadlines.ask_later_due import ask_later_due
from workflows.actions.deadlines.decide_later_due import Decision, decide_later_due
from workflows.actions.look_at_tasks import TaskSeen as Looked
from workflows.actions.look_at_tasks import look_at_own_tasks, look_at_task, look_at_tasks
from workflows.errors import Refused
from workflows.store.due_requests import DueRequest
from workflows.store.tasks_of_offices import place
from workflows.store.worklist import TaskRow

from .demands import etag_of
from .narrowing import AfterTask, AskedId, Narrowed
from .paging import USUAL, After, Limit, page_of, place_of
from .policy import ADMIN, PEOPLE, PERSON, WITH_TAG, Call, Routes
from .shapes import RowId, TaskId
from .task_shapes import (
    AskedOf,
    AskLaterDue,
    AssignTask,
    CompleteTask,
    DecideLaterDue,
    Deed,
    DelegateTask,
    DueRequested,
    DueRequestSeen,
    HandBack,
    Handover,
    InCapacity,
    NewComment,
    OwnTasks,
    ReleaseTask,
    Said,
    SayOfTask,
    Task,
    Tasks,
    TaskSeen,
)

routes = Routes("tasks")
PLACE_OF_TASK = (bool, datetime, datetime, str)


@routes.get("/tasks", ADMIN, "list_tasks")
def list_tasks(
    caller: Call,
    narrowed: Narrowed,
    *,
    plan_id: AskedId = None,
    person_id: AskedId = None,
    limit: Limit = USUAL,
    after: After = None,
) -> Tasks:
    """The open tasks of the own offices; of one plan, held by one person, and narrowed as the inbox is."""
    behind = place_of(after, PLACE_OF_TASK)
    found = look_at_tasks(caller.desk, narrowed, plan_id=plan_id, person_id=person_id, limit=limit + 1, after=behind)
    shown, more = page_of(found, limit, place)
    return Tasks(tasks=[_task(each) for each in shown], next=more)


@routes.get("/me/tasks", PERSON, "list_own_tasks")
def list_own_tasks(caller: Call, narrowed: Narrowed, limit: Limit = USUAL, after: AfterTask = None) -> OwnTasks:
    """What the person may do, in the own right and for others, narrowed as on the page; the next page is `after` the
    last task of this one."""
    found = look_at_own_tasks(caller.desk, after, narrowed, limit)
    last = found.tasks[-1].id if found.more else None
    return OwnTasks(tasks=[_task(each) for each in found.tasks], more=found.more, next=last)


@routes.get("/tasks/{task_id}", PEOPLE, "get_task", responses=WITH_TAG)
def get_task(caller: Call, task_id: TaskId, response: Response) -> TaskSeen:
    """A task with its chain of hands, its requests and its comments; the ETag is the revision of its case."""
    looked = look_at_task(caller.desk_to_look(task_id), task_id)
    response.headers["etag"] = etag_of(looked.revision)
    return _seen(looked)


@routes.post("/tasks/{task_id}/claim", PERSON, "claim_task", status_code=204)
def claim_task(caller: Call, task_id: TaskId, body: InCapacity) -> None:
    """Take the task into the person's own hands."""
    actions.claim_task(caller.desk_for(task_id, body.capacity), task_id)


@routes.post("/tasks/{task_id}/assign", PEOPLE, "assign_task", status_code=204)
def assign_task(caller: Call, task_id: TaskId, body: AssignTask) -> None:
    """Give the task to another person, who hears of it with the reason."""
    actions.reassign_task(caller.desk_for(task_id, body.capacity), task_id, body.person_id, body.reason)
    caller.web.nudge()


@routes.post("/tasks/{task_id}/release", PEOPLE, "release_task", status_code=204)
def release_task(caller: Call, task_id: TaskId, body: ReleaseTask) -> None:
    """Put a held task back on its group's pile: the person's own, or as an administering program anybody's."""
    desk = caller.desk_for(task_id, body.capacity)
    if desk.by.person is None:
        actions.free_task(desk, task_id, body.reason)
    elif body.reason:
        raise Refused("REASON_OF_OTHERS", task=task_id)
    else:
        actions.release_task(desk, task_id)
    caller.web.nudge()


@routes.post("/tasks/{task_id}/free", PERSON, "free_task", status_code=204)
def free_task(caller: Call, task_id: TaskId, body: ReleaseTask) -> None:
    """Put a task back on the pile over the head of its holder, as the head of a unit that it is offered to."""
    actions.free_task(caller.desk_for(task_id, body.capacity), task_id, body.reason)
    caller.web.nudge()


@routes.post("/tasks/{task_id}/delegate", PERSON, "delegate_task", status_code=204)
def delegate_task(caller: Call, task_id: TaskId, body: DelegateTask) -> None:
    """Let another work on it; it comes back."""
    actions.delegate_task(caller.desk_for(task_id, body.capacity), task_id, body.person_id, body.words)
    caller.web.nudge()


@routes.post("/tasks/{task_id}/hand-back", PERSON, "hand_back_task", status_code=204)
def hand_back_task(caller: Call, task_id: TaskId, body: HandBack) -> None:
    """Give it back to its owner, or as the owner take it back."""
    actions.hand_back_task(caller.desk_for(task_id, body.capacity), task_id, body.words)
    caller.web.nudge()


@routes.post("/tasks/{task_id}/complete", PERSON, "complete_task")
def complete_task(caller: Call, task_id: TaskId, body: CompleteTask) -> Deed:
    """Finish a task that has no form of ours; forms are for people's own eyes, and refused with FORM_REQUIRED."""
    desk = caller.desk_for(task_id, body.capacity)
    done = actions.complete_task(desk, task_id, body.variables, local=body.local)
    caller.web.nudge()
    return Deed(task_id=task_id, outcome=done.outcome, opened=list(done.opened))


@routes.post("/tasks/{task_id}/due-requests", PERSON, "request_later_due", status_code=201)
def request_later_due(caller: Call, task_id: TaskId, body: AskLaterDue) -> DueRequested:
    """Ask for a later due date; whoever decides hears of it."""
    asked = ask_later_due(caller.desk_for(task_id, body.capacity), task_id, body.wanted, body.reason)
    caller.web.nudge()
    return DueRequested(request_id=asked)


@routes.get("/due-requests/{request_id}", PERSON, "get_due_request")
def get_due_request(caller: Call, request_id: RowId) -> DueRequestSeen:
    """A request for a later day, for who asked, who decides, and whoever may look at its plan."""
    seen = see_due_request(caller.web.database, caller.actor, request_id, caller.now)
    return _request(seen.request)


@routes.post("/due-requests/{request_id}/decision", PERSON, "decide_later_due")
def decide_due_request(caller: Call, request_id: RowId, body: DecideLaterDue) -> DueRequestSeen:
    """Grant or refuse; nobody decides on their own request, and a decided one is 409 ALREADY_DECIDED."""
    seen = see_due_request(caller.web.database, caller.actor, request_id, caller.now, body.capacity)
    require_choice(seen.standing, body.capacity)
    desk = replace(caller.desk, by=seen.standing.actor)
    decide_later_due(desk, request_id, Decision(body.granted, body.day, body.reason, body.for_all))
    caller.web.nudge()
    return _request(see_due_request(caller.web.database, caller.actor, request_id, caller.now).request)


@routes.post("/tasks/{task_id}/comments", PEOPLE, "comment_on_task", status_code=201)
def comment_on_task(caller: Call, task_id: TaskId, body: SayOfTask) -> NewComment:
    """Say something about the task; people who are named hear of it."""
    desk = caller.desk_to_look(task_id)
    task = look_at_task(desk, task_id).task
    if task.plan_id is None:
        raise Refused("TASK_WITHOUT_PLAN", task=task.id)
    kept = actions.comment(desk, task.plan_id, body.text, task.id, body.mentions)
    caller.web.nudge()
    return NewComment(comment_id=kept)


def _task(task: TaskRow) -> Task:
    return Task(
        **{name: getattr(task, name) for name in Task.model_fields if name != "groups"}, groups=list(task.groups)
    )


def _request(found: DueRequest) -> DueRequestSeen:
    return DueRequestSeen(**{name: getattr(found, name) for name in DueRequestSeen.model_fields})


def _seen(looked: Looked) -> TaskSeen:
    task, people = looked.task, looked.people
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
