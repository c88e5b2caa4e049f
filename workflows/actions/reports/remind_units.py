"""Remind units of their report by hand: one of them or all that have not sent, at most once a unit and day."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from workflows.actions.desk import Desk
from workflows.errors import NotFound, Refused
from workflows.store import reporting, submitting, telling, unit_reminders, worklist
from workflows.store.submitting import Submission
from workflows.store.telling import Occasion
from workflows.store.worklist import TaskRow

from .keepers import consolidates

REMINDED = "report_reminded"
UNIT_FORM = "bao_cao_don_vi"


def remind_units(desk: Desk, cycle_id: int, submission_ids: Collection[int]) -> int:
    """Remind these units, those who were reminded by hand today but left out; how many it were.

    NOT_YOURS for whoever does not consolidate; NOTHING_TO_REMIND when none of them has a report to send;
    ALREADY_REMINDED when all of them were reminded today.
    """
    with desk.open() as work:
        cycle = reporting.cycle(work.connection, cycle_id)
        rule = reporting.rule(work.connection, cycle.rule_id)
        if not consolidates(work.by.groups, rule, cycle.office_id):
            raise Refused("NOT_YOURS", cycle=cycle_id)
        asked = {each.id: (each, task) for each, task in to_remind(work.connection, cycle)}
        if unknown := set(submission_ids) - {each.id for each in submitting.submissions_of(work.connection, cycle_id)}:
            raise NotFound("submission", id=min(unknown))
        mine = [asked[each] for each in dict.fromkeys(submission_ids) if each in asked]
        if not mine:
            raise Refused("NOTHING_TO_REMIND", cycle=cycle_id)
        done = 0
        for submission, task in mine:
            if unit_reminders.claim_reminder(work.connection, submission.id, work.today, work.now, work.names):
                telling.tell(
                    work.connection,
                    REMINDED,
                    f"{REMINDED}:{submission.id}:{work.today.isoformat()}",
                    work.now,
                    office_id=cycle.office_id,
                    plan_id=cycle.plan_id,
                    case_id=task.case_id,
                    task_id=task.id,
                    data={"target": "nguoi_giu"},
                )
                done += 1
        if not done:
            last = unit_reminders.last_by_hand(work.connection, [mine[0][0].id])[mine[0][0].id]
            raise Refused("ALREADY_REMINDED", name=mine[0][0].body_name, at=last.at, by=last.by)
        return done


def to_remind(connection: Connection, cycle: reporting.Cycle) -> list[tuple[Submission, TaskRow]]:
    """The units whose report is waited for, each with the open task that it has for that."""
    tasks = {
        task.variables.get("don_vi_nop"): task
        for task in worklist.open_tasks_of(connection, plan_id=cycle.plan_id)
        if task.form == UNIT_FORM and _of_cycle(task, cycle)
    }
    sent = submitting.submissions_of(connection, cycle.id)
    return [(each, tasks[each.body_id]) for each in sent if each.status != submitting.SENT and each.body_id in tasks]


def reminder_of(submission: Submission, task: TaskRow, cycle: reporting.Cycle) -> Occasion:
    """The occasion as it would be told, for looking at its letter beforehand; it is not kept."""
    at = task.opened_at
    key = f"{REMINDED}:{submission.id}"
    data = {"target": "nguoi_giu"}
    return Occasion(0, key, REMINDED, cycle.office_id, cycle.plan_id, task.case_id, task.id, data, at, None)


def _of_cycle(task: TaskRow, cycle: reporting.Cycle) -> bool:
    """A task of the cycle's own case, or of one that asks a unit of it again."""
    return task.case_id == cycle.case_id or task.variables.get("ky") == cycle.id
