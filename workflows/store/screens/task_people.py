"""The people around one task: who holds it and how it came to them, who was asked what, and what is said about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from workflows.engine import state_from_json
from workflows.store import cases, comments, handovers, own_marks, worklist
from workflows.store.comments import Comment
from workflows.store.directory.groups import PERSON
from workflows.store.handovers import Handover
from workflows.store.worklist import TaskRow

from .holding import Held, held_by
from .labels import person_names


@dataclass(frozen=True)
class RequestSeen:
    """What one more person was asked inside the task, and the answer."""

    task: TaskRow
    person: str
    files: tuple[Comment, ...]


@dataclass(frozen=True)
class TaskPeople:
    """The people around a task; `waits_for` are those whose answer it waits for, `names` people by id."""

    held: Held
    holder: str
    since: datetime | None
    owners: tuple[str, ...]  # ids; the last one gets it back
    chain: list[Handover]
    requests: list[RequestSeen]
    waits_for: tuple[str, ...]
    outer: TaskRow | None  # the task inside which this one was asked
    comments: list[Comment]
    draft: own_marks.Draft | None
    follow_up: datetime | None
    names: Mapping[str, str]

    @property
    def filed(self) -> list[Comment]:
        """What was handed in with decisions."""
        return [each for each in self.comments if each.kind == "filed"]

    @property
    def said(self) -> list[Comment]:
        """What people said to each other."""
        return [each for each in self.comments if each.kind != "filed"]


def task_people(connection: Connection, task: TaskRow, person: str | None, on: date) -> TaskPeople:
    """The people around this task, as `person` sees them; drafts and follow-ups are the person's own."""
    asked = worklist.requests_in(connection, task.id)
    chain = handovers.handovers_of(connection, [task.id])
    owners = _owners(connection, task)
    known = {key.partition("@")[2] for each in asked for key in each.groups if key.startswith(f"{PERSON}@")}
    known |= {each for hand in chain for each in (hand.from_person, hand.to_person) if each}
    names = person_names(connection, [*known, *owners, task.assignee])
    about = [task.id, *(each.id for each in asked)]
    said = comments.comments_of(connection, task.plan_id, about) if task.plan_id is not None else []
    requests = [RequestSeen(each, _asked(each, names), tuple(_of(said, each.id))) for each in asked]
    return TaskPeople(
        held=held_by(connection, [task], on)[task.id],
        holder=names.get(task.assignee or "", ""),
        since=chain[-1].at if chain and task.assignee is not None else None,
        owners=owners,
        chain=chain,
        requests=requests,
        waits_for=tuple(each.person for each in requests if each.task.status == "open" and each.task.blocking),
        outer=worklist.task(connection, task.asked_in) if task.asked_in is not None else None,
        comments=_of(said, task.id),
        draft=own_marks.draft_of(connection, task.id, person) if person else None,
        follow_up=own_marks.follow_up_of(connection, task.id, person) if person else None,
        names=names,
    )


def _owners(connection: Connection, task: TaskRow) -> tuple[str, ...]:
    if task.status != "open":
        return ()
    state = state_from_json(cases.load_case(connection, task.case_id, lock=False).state)
    open_now = state.tasks.get(task.task_id)  # the row may have been read before somebody closed the task
    return open_now.owners if open_now is not None else ()


def _asked(task: TaskRow, names: Mapping[str, str]) -> str:
    found = [names.get(key.partition("@")[2], "") for key in task.groups if key.startswith(f"{PERSON}@")]
    return ", ".join(filter(None, found))


def _of(said: list[Comment], task_id: str) -> list[Comment]:
    return [each for each in said if each.task_id == task_id]
