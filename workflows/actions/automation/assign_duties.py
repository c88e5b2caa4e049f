"""Giao nhiệm vụ: the plan's duties get the days on which they fall due, its report rules their cycles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from workflows.actions.reports.lay_cycles import lay_cycles
from workflows.engine.calendar import Calendar
from workflows.plans.document import Period
from workflows.plans.times import occurrences
from workflows.store import plans, reporting

from .job import Job


def assign_duties(job: Job) -> Mapping[str, Any]:
    """Lay down when each duty opens and falls due, and each report cycle, from today to the end of the period."""
    work, plan = job.work, plans.plan(job.work.connection, job.number("ke_hoach"))
    period = _period(plan, work.today)
    number = sum(_lay_down(job, duty, period) for duty in plans.duties_of(work.connection, plan.id))
    cycles = sum(lay_cycles(work, plan, rule) for rule in reporting.rules_of(work.connection, plan.id))
    return {
        "so_lan_nhiem_vu": number,
        "so_ky_bao_cao": cycles,
        "co_bao_cao": cycles > 0,
        "het_ky": end_of_period(plan, work.today).isoformat(),
    }


def end_of_period(plan: plans.Plan, today: date) -> datetime:
    """The last second of the plan's last year."""
    return Calendar().end_of(date(_period(plan, today).last, 12, 31))


def _period(plan: plans.Plan, today: date) -> Period:
    first = plan.period_from or today.year
    return Period(first, plan.period_to or first)


def _lay_down(job: Job, duty: plans.Duty, period: Period) -> int:
    """Every occurrence that is not wholly past, for each body that leads; how many."""
    today = job.work.today
    rows = [
        {
            "duty_id": duty.id,
            "body_id": body,
            "key": occurrence.key,
            "opens_on": max(occurrence.opens, today),
            "due_on": occurrence.due,
            "required": occurrence.count,
        }
        for occurrence in occurrences(duty.time, period)
        if occurrence.due is None or occurrence.due >= today
        for body in dict.fromkeys(lead["body"] for lead in duty.leads if lead["body"])
    ]
    plans.add_occurrences(job.work.connection, rows)
    return len(rows)
