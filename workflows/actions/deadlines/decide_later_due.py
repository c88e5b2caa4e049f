"""Đồng ý hoặc không đồng ý lùi hạn: the due date moves with its reminders and escalations, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from workflows.actions.consulting.running_round import FORM, move_deadlines, running_round
from workflows.actions.desk import Desk, Work
from workflows.actions.duties.move_due import note_moved
from workflows.actions.open_task import open_task
from workflows.actions.reasons import note, reason_in
from workflows.errors import Refused
from workflows.store import clockwork, consultation, due_requests, telling
from workflows.store.due_requests import DueRequest
from workflows.store.duties import EXTENDED as EXTENDED_DUTY
from workflows.store.round_changes import EXTENDED, note_change
from workflows.store.worklist import TaskRow

from .ask_later_due import require_later
from .deciders import deciders_of
from .move_task import move_task


@dataclass(frozen=True)
class Decision:
    """What was decided: another day than the one that was asked for may be given; `for_all` is of an opinion round."""

    granted: bool
    day: date | None = None
    reason: str = ""
    for_all: bool = False


def decide_later_due(desk: Desk, request_id: int, decision: Decision) -> None:
    """Grant or refuse; only those who may decide, and nobody decides on their own request (EXCLUDED).

    REASON_REQUIRED for a refusal; ALREADY_DECIDED; NOT_LATER and DATE_NOT_AHEAD as when asking. A request about a task
    that was closed meanwhile is noted as gone (TASK_CANCELLED, ALREADY_DONE).
    """
    words = note(decision.reason) if decision.granted else reason_in(decision.reason)
    with desk.open() as work:
        request = due_requests.request(work.connection, request_id)
        task, _ = open_task(work, request.task_id)
        require_decider(work, request, task)
        day = decision.day or request.wanted
        if decision.granted:
            require_later(work, task, day)
        _write(work, request, decision, words, day)
        if not decision.granted:
            _tell(work, "due_refused", task, request, words or request.reason)
            return
        _grant(work, task, request, day, for_all=decision.for_all)


def require_decider(work: Work, request: DueRequest, task: TaskRow) -> None:
    """NOT_YOURS for everybody else; EXCLUDED for who asked."""
    if not set(deciders_of(work.connection, task)) & work.by.groups:
        raise Refused("NOT_YOURS", task=task.id)
    if request.asked_by and request.asked_by in (work.by.person, work.by.on_behalf_of):
        raise Refused("EXCLUDED", person=request.asked_by)


def _write(work: Work, request: DueRequest, decision: Decision, words: str, day: date) -> None:
    written = due_requests.decide_request(
        work.connection,
        request.id,
        status=due_requests.GRANTED if decision.granted else due_requests.REFUSED,
        decided_by=work.by.person,
        decided_name=work.by.name,
        decided_at=work.now,
        decided_reason=words or None,
        granted=day if decision.granted else None,
    )
    if not written:
        first = due_requests.request(work.connection, request.id)
        raise Refused("ALREADY_DECIDED", by=first.decided_name, at=first.decided_at)


def _grant(work: Work, task: TaskRow, request: DueRequest, day: date, *, for_all: bool) -> None:
    due = clockwork.calendar_of(work.connection, task.office_id).end_of(day)
    in_round = task.form == FORM and task.plan_id is not None
    told = _in_round(work, task, request, due, for_all=for_all) if in_round else _alone(work, task, request, due)
    for each in told:
        _tell(work, "due_moved", each, request, request.reason)


def _in_round(work: Work, task: TaskRow, request: DueRequest, due: datetime, *, for_all: bool) -> list[TaskRow]:
    """The deadline of one body, or of everybody in the round; the round ends with the last of them."""
    assert task.plan_id is not None
    running = running_round(work, task.plan_id)
    body_id = None if for_all else int(task.variables["co_quan_hoi"])
    for opinion in running.opinions:
        if body_id is None and opinion.deadline is not None and opinion.deadline <= due:
            consultation.change_opinion(work.connection, opinion.id, deadline=None)
        elif opinion.body_id == body_id:
            consultation.change_opinion(work.connection, opinion.id, deadline=due)
    if body_id is None:
        consultation.change_round(work.connection, running.round.id, deadline=due, working_days=None)
    words = request.reason
    note_change(work.connection, running.round.id, EXTENDED, body_id, work.now, work.by.name, words, due)
    move_deadlines(work, running, words)
    return list(running.tasks.values()) if for_all else [task]


def _alone(work: Work, task: TaskRow, request: DueRequest, due: datetime) -> list[TaskRow]:
    """One task, with the time of the duty that it carries out."""
    move_task(work, task, due, request.reason)
    note_moved(work, task, due, EXTENDED_DUTY, request.reason)
    return [task]


def _tell(work: Work, kind: str, task: TaskRow, request: DueRequest, words: str) -> None:
    telling.tell(
        work.connection,
        kind,
        f"{kind}:{request.id}:{task.id}",
        work.now,
        office_id=task.office_id,
        plan_id=task.plan_id,
        case_id=task.case_id,
        task_id=task.id,
        data={"reason": words},
    )
