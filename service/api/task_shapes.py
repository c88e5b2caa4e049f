"""What the interface takes and gives about tasks of people."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import ConfigDict, Field

from service.words.titles import REASON_EXAMPLE

from .shapes import Capacity, Id, Next, Reason, Shape, Text, Variables


class Task(Shape):
    """An open task: who may take it, who holds it (`assignee`), and whether it was asked inside another."""

    id: str
    case_id: int
    element: str
    name: str
    form: str | None
    office_id: int | None
    plan_id: int | None
    status: str
    assignee: str | None
    groups: list[str]
    due: datetime | None
    opened_at: datetime
    asked_in: str | None
    blocking: bool


class Tasks(Shape):
    """Open tasks, most urgent first."""

    tasks: list[Task]
    next: Next = None


class Handover(Shape):
    """One change of holder: claimed, released, reassigned, delegated or handed_back."""

    how: str
    from_person: str | None
    to_person: str | None
    by_name: str
    reason: str | None
    at: datetime


class AskedOf(Shape):
    """What one more person was asked inside the task, and the answer once there is one."""

    id: str
    form: str
    person: str
    question: str
    blocking: bool
    status: str
    outcome: str | None
    answer: str | None


class Said(Shape):
    """A comment; files are named, their bytes are on the page of the plan."""

    id: int
    text: str
    by_name: str
    at: datetime
    files: list[str]


class TaskSeen(Shape):
    """A task with the people around it."""

    task: Task
    owners: list[str]
    handovers: list[Handover]
    requests: list[AskedOf]
    comments: list[Said]


class OwnTasks(Shape):
    """The tasks that the person may do, most urgent first; `more` follow behind the last one."""

    tasks: list[Task]
    more: bool
    next: Next = None


class Deed(Shape):
    """What was done with the task, and the tasks that are open because of it."""

    task_id: str
    outcome: str
    opened: list[str]


class InCapacity(Shape):
    """A deed that needs no words."""

    capacity: Capacity = ""


class ReleaseTask(Shape):
    """Put the task back on the group's pile; over the head of its holder with the reason that the group is told."""

    reason: Reason = ""
    capacity: Capacity = ""


class DelegateTask(Shape):
    """Let this person work on the task; it comes back to the caller."""

    person_id: Id
    words: Reason = ""
    capacity: Capacity = ""


class HandBack(Shape):
    """Give the task back to its owner."""

    words: Reason = ""
    capacity: Capacity = ""


class AskLaterDue(Shape):
    """Ask whoever decides about it for a later day."""

    model_config = ConfigDict(json_schema_extra={"example": {"wanted": "2026-12-15", "reason": REASON_EXAMPLE}})
    wanted: date
    reason: Reason
    capacity: Capacity = ""


class DueRequested(Shape):
    """The request, which waits for a decision."""

    request_id: int


class DueRequestSeen(Shape):
    """A request for a later day: until when it was due, what was wanted, and once decided the day that was given."""

    id: int
    task_id: str
    asked_name: str
    asked_at: datetime
    due_before: datetime
    wanted: date
    reason: str
    status: str
    decided_name: str | None
    decided_at: datetime | None
    decided_reason: str | None
    granted: date | None


class DecideLaterDue(Shape):
    """Grant the day that was asked for or another, with `for_all` to the whole round; or refuse with a reason."""

    model_config = ConfigDict(json_schema_extra={"example": {"granted": True, "day": "2026-12-15"}})
    granted: bool
    day: date | None = None
    reason: Reason = ""
    for_all: bool = False
    capacity: Capacity = ""


class CompleteTask(Shape):
    """The results of a task that has no form of ours."""

    variables: Variables = Field(default_factory=dict)
    local: bool = False
    capacity: Capacity = ""


class AssignTask(Shape):
    """Give the task to this person, who must be allowed to receive it."""

    model_config = ConfigDict(json_schema_extra={"example": {"person_id": 12, "reason": REASON_EXAMPLE}})
    person_id: Id
    reason: Reason
    capacity: Capacity = ""


class SayOfTask(Shape):
    """A comment on the task; people are named by @ in the text or in `mentions`."""

    text: Text
    mentions: list[Id] = Field(default_factory=list, max_length=50)


class NewComment(Shape):
    """The comment that was kept."""

    comment_id: int
