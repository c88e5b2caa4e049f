"""Gửi báo cáo: the signed report leaves for the parent office, and arrives in the cycle that it runs, if it does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.actions.channel import EXCHANGE, channel_to
from workflows.actions.desk import CommandTo, Message, Work
from workflows.actions.order_signatures import standing
from workflows.actions.reports.asking_again import AGAIN as ASKED_AGAIN
from workflows.actions.reports.asking_again import end_asking_again
from workflows.actions.reports.summary import totals_in
from workflows.actions.reports.take_in import AGAIN, Report, note, take_in, tell_gap
from workflows.engine.commands import CompleteTask
from workflows.plans.consolidation import carried_up
from workflows.plans.numbering import format_number
from workflows.plans.report_form import form_of
from workflows.store import cases, directory, issuing, reporting, submitting, telling, worklist
from workflows.store.directory import Body

from .job import Job, plan_key

LAST_REPORT = "bao_cao_cuoi_ky"


def send_report(job: Job) -> Mapping[str, Any] | None:
    """Close the cycle, tell the parent, hand the report to its cycle, and tell the plan when it was the last one.

    None while the digital signatures of the report are still being made.
    """
    work, cycle = job.work, reporting.cycle(job.work.connection, job.number("ky"))
    if not standing(work.connection, "report", cycle.id).is_settled:
        return None
    rule = reporting.rule(work.connection, cycle.rule_id)
    reporting.change_cycle(work.connection, cycle.id, sent_at=work.now, closed_at=work.now)
    telling.tell(
        work.connection,
        "report_sent",
        f"report:{cycle.id}",
        work.now,
        office_id=cycle.office_id,
        plan_id=cycle.plan_id,
        case_id=job.case.id,
        data={"cycle_id": cycle.id},
    )
    if rule.parent_body_id is not None:
        named = directory.body(work.connection, rule.parent_body_id)
        parent = directory.in_office(work.connection, named, work.today) or named
        _address(job, cycle, parent)
        _arrive(job, cycle, rule, parent)
    end_asking_again(work, cycle, "Báo cáo của cơ quan đã gửi")
    if not reporting.awaits_reports(work.connection, cycle.plan_id):
        work.afterwards.append(Message(LAST_REPORT, plan_key(cycle.plan_id), {}))
    return {"cham": work.today > cycle.office_due}


def _address(job: Job, cycle: reporting.Cycle, parent: Body) -> None:
    """By exchange the report goes in an envelope of its own, and its receipt is followed like a plan's."""
    if channel_to(job.work, cycle.office_id, parent) != EXCHANGE:
        return
    row = {
        "subject": "report",
        "subject_id": cycle.id,
        "line": 1,
        "raw": f"- {parent.name};",
        "body_id": parent.id,
        "body_name": parent.name,
        "channel": EXCHANGE,
        "status": "chua_gui",
    }
    issuing.add_recipients(job.work.connection, [row])


def _arrive(job: Job, cycle: reporting.Cycle, rule: reporting.Rule, parent: Body) -> None:
    """The report becomes a submission in the parent's cycle, with its figures; a second one is only noted."""
    work = job.work
    awaited = submitting.expected_above(
        work.connection,
        parent.office_id or parent.id,
        cycle.office_id,
        rule.every,
        cycle.window_from,
        cycle.window_to,
    )
    if awaited is None:
        return
    target = reporting.cycle(work.connection, awaited.cycle_id)
    # The case first, then the submission: in the order in which the form of the unit locks them.
    if target.case_id is not None:
        cases.load_case(work.connection, target.case_id, lock=True)
    found = submitting.submission(work.connection, awaited.id, lock=True)
    totals = totals_in(cycle.summary) if cycle.summary else ()
    figures, coverage, misfits = carried_up(totals, form_of(target.form))
    report = Report(cycle.report or "", figures, coverage, cycle.id)
    cited = format_number(cycle.number, cycle.symbol) if cycle.number and cycle.symbol else cycle.key
    by = f"{directory.body(work.connection, cycle.office_id).name}, {cited}"
    if found.status == submitting.SENT:
        note(work, found, AGAIN, by, report)
        tell_gap(work, target, f"again:{found.id}", f"{found.body_name} đã gửi trước đó, nay có thêm báo cáo {cited}")
        return
    take_in(work, target, found, report, by)
    _finish_task(work, target, found)
    if misfits:
        what = f"{found.body_name} báo cáo khác đơn vị tính: {'; '.join(misfits)}"
        tell_gap(work, target, f"unit:{found.id}", what)


def _finish_task(work: Work, target: reporting.Cycle, found: submitting.Submission) -> None:
    """Whoever was to type the report for the office need not any more."""
    for task in worklist.open_tasks_of(work.connection, plan_id=target.plan_id):
        own = task.form == "bao_cao_don_vi" and task.variables.get("don_vi_nop") == found.body_id
        if own and (task.case_id == target.case_id or task.process == ASKED_AGAIN):
            worklist.note_outcome(work.connection, task.id, "da_gui", None, None)
            work.afterwards.append(CommandTo(task.case_id, CompleteTask(task.task_id, {})))
