"""Hoãn: the leaders of the office give one time of a duty a later day, with the reason, before or while it runs."""

from __future__ import annotations

from datetime import date, timedelta

from workflows.actions.deadlines.deciders import LEADERS
from workflows.actions.deadlines.move_task import move_task
from workflows.actions.desk import Desk, Work
from workflows.actions.reasons import reason_in
from workflows.errors import NotFound, Refused
from workflows.plans.duties import number_in_document
from workflows.store import clockwork, duties, plans, telling, worklist
from workflows.store.duties import PUT_OFF, Occurrence
from workflows.store.worklist import TaskRow

from .move_due import note_moved
from .report_progress import FORM
from .tell_of_duties import CHANGED, tell_coordinators

LONGEST_DELAY = 366  # days after the present last day


def put_off_duty(desk: Desk, occurrence_id: int, until: date, reason: str) -> None:
    """Move the last day; what has not opened yet opens as many days later.

    The unit that carries it out asks for a later day instead (`ask_later_due`). NOT_YOURS for anybody but the leaders;
    NO_DUE for what goes on all along; DATE_NOT_AHEAD, NOT_LATER, TOO_FAR for the day; REASON_REQUIRED; DUTY_REPORTED
    while the head confirms what was reported; DUTY_IS_OVER when it is done, passed over, or ended with its plan.
    """
    words = reason_in(reason)
    with desk.open() as work:
        occurrence = duties.occurrence(work.connection, occurrence_id, lock=True)
        duty = duties.duty(work.connection, occurrence.duty_id)
        plan = plans.plan(work.connection, duty.plan_id)
        if not {f"{role}@{plan.office_id}" for role in LEADERS} & work.by.groups:
            raise Refused("NOT_YOURS", office=plan.office_id)
        if plan.status != "in_force" or occurrence.done_at or occurrence.passed_over:
            raise Refused("DUTY_IS_OVER", duty=number_in_document(duty.no))
        _require_later(work, occurrence, until)
        if occurrence.case_id is None:
            _move_ahead(work, occurrence, until, words)
            moved = duties.occurrence(work.connection, occurrence.id)
            tell_coordinators(work, CHANGED, duty, moved, plan.office_id)
        else:
            _move_running(work, occurrence.case_id, plan.office_id, until, words)


def _require_later(work: Work, occurrence: Occurrence, day: date) -> None:
    due = occurrence.due_on
    if due is None:
        raise Refused("NO_DUE", occurrence=occurrence.id)
    if day <= work.today:
        raise Refused("DATE_NOT_AHEAD", field="han_moi", value=day.isoformat())
    if day <= due:
        raise Refused("NOT_LATER", field="han_moi", value=day.isoformat(), due=due)
    if day - due > timedelta(days=LONGEST_DELAY):
        raise Refused("TOO_FAR", field="han_moi", most=LONGEST_DELAY)


def _move_ahead(work: Work, occurrence: Occurrence, day: date, reason: str) -> None:
    assert occurrence.due_on is not None, "judged before"
    opens_on = occurrence.opens_on + (day - occurrence.due_on)
    plans.change_occurrence(work.connection, occurrence.id, opens_on=opens_on, due_on=day)
    by, days = (work.by.person, work.names), {"due_before": occurrence.due_on, "due_after": day}
    duties.add_note(work.connection, occurrence.id, PUT_OFF, work.now, by, reason, **days)


def _move_running(work: Work, case_id: int, office_id: int, day: date, reason: str) -> None:
    task = _task_of(work, case_id)
    due = clockwork.calendar_of(work.connection, office_id).end_of(day)
    move_task(work, task, due, reason)
    note_moved(work, task, due, PUT_OFF, reason)
    telling.tell(
        work.connection,
        "due_moved",
        f"put-off:{task.id}:{work.now.isoformat()}",
        work.now,
        office_id=office_id,
        plan_id=task.plan_id,
        case_id=case_id,
        task_id=task.id,
        data={"reason": reason},
    )


def _task_of(work: Work, case_id: int) -> TaskRow:
    found = [task for task in worklist.open_tasks_of(work.connection, case_id=case_id) if task.kind == "user"]
    if not found:
        raise NotFound("task", case=case_id)
    task = next((task for task in found if task.form == FORM), None)
    if task is None or task.due is None:
        raise Refused("DUTY_REPORTED", step=found[0].name)
    return task
