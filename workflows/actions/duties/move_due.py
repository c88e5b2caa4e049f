"""The day of one time of a duty moves: on record with its reason, and told to those who help."""

from __future__ import annotations

from datetime import datetime

from workflows.actions.desk import Work
from workflows.engine.calendar import VIETNAM
from workflows.store import duties, plans
from workflows.store.worklist import TaskRow

from .tell_of_duties import CHANGED, tell_coordinators


def note_moved(work: Work, task: TaskRow, due: datetime, kind: str, reason: str) -> None:
    """After the task of carrying it out has moved; nothing for a task of another kind."""
    occurrence = duties.occurrence_of_case(work.connection, task.case_id) if task.form == "thuc_hien" else None
    if occurrence is None:
        return
    day = due.astimezone(VIETNAM).date()
    plans.change_occurrence(work.connection, occurrence.id, due_on=day)
    by = (work.by.person, work.names)
    duties.add_note(
        work.connection, occurrence.id, kind, work.now, by, reason, due_before=occurrence.due_on, due_after=day
    )
    duty = duties.duty(work.connection, occurrence.duty_id)
    office_id = plans.office_of_plan(work.connection, duty.plan_id)
    assert office_id is not None, "every plan is an office's"
    tell_coordinators(work, CHANGED, duty, duties.occurrence(work.connection, occurrence.id), office_id)
