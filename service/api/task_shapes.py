"""What the interface takes and gives about tasks of people."""

from __future__ import annotations

from datetime import datetime

from pydantic import ConfigDict, Field

from service.words.titles import REASON_EXAMPLE

from .shapes import Reason, Shape, Text


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


class AssignTask(Shape):
    """Give the task to this person, who must be allowed to receive it."""

    model_config = ConfigDict(json_schema_extra={"example": {"person_id": 12, "reason": REASON_EXAMPLE}})
    person_id: int = Field(ge=1)
    reason: Reason


class SayOfTask(Shape):
    """A comment on the task; people are named by @ in the text or in `mentions`."""

    text: Text
    mentions: list[int] = Field(default_factory=list, max_length=50)


class NewComment(Shape):
    """The comment that was kept."""

    comment_id: int
