"""Gửi báo cáo: the signed report leaves for the parent office, and arrives in the cycle that it runs, if it does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.actions.channel import EXCHANGE, channel_to
from workflows.actions.desk import Message
from workflows.actions.order_signatures import standing
from workflows.store import directory, issuing, plans, reporting, telling
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
        _arrive(job, cycle, parent)
    if cycle.last:
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


def _arrive(job: Job, cycle: reporting.Cycle, parent: Body) -> None:
    work = job.work
    expected = reporting.open_cycle_expecting(
        work.connection, parent.office_id or parent.id, cycle.office_id, cycle.window_to
    )
    if expected is None:
        return
    target = reporting.cycle(work.connection, expected.cycle_id)
    figures = _totals(reporting.submissions_of(work.connection, cycle.id))
    late = work.today > target.unit_due
    reporting.change_submission(
        work.connection,
        expected.id,
        status="da_gui",
        text=cycle.report,
        figures=figures,
        sent_at=work.now,
        sent_by=plans.plan(work.connection, cycle.plan_id).title,
        late=late,
        source_cycle_id=cycle.id,
    )


def _totals(submissions: list[reporting.Submission]) -> Mapping[str, int]:
    """The figures of the units added up; a unit that sent nothing adds nothing and is named elsewhere."""
    totals: dict[str, int] = {}
    for submission in submissions:
        for name, value in submission.figures.items():
            totals[name] = totals.get(name, 0) + int(value)
    return totals
