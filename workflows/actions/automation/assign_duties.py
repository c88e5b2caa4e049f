"""Giao nhiệm vụ: the plan's duties get the days on which they fall due, its report rules their cycles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from workflows.actions.duties.lay_out import lay_out
from workflows.actions.duties.tell_of_duties import tell_what_is_unclear
from workflows.actions.reports.lay_cycles import lay_cycles
from workflows.engine.calendar import Calendar
from workflows.store import plans, reporting

from .job import Job


def assign_duties(job: Job) -> Mapping[str, Any]:
    """Lay down when each duty opens and falls due, and each report cycle, from today to the end of the period."""
    work, plan = job.work, plans.plan(job.work.connection, job.number("ke_hoach"))
    number = sum(lay_out(work, duty, plan) for duty in plans.duties_of(work.connection, plan.id))
    tell_what_is_unclear(work, plan.id, plan.office_id)
    cycles = sum(lay_cycles(work, plan, rule) for rule in reporting.rules_of(work.connection, plan.id))
    return {
        "so_lan_nhiem_vu": number,
        "so_ky_bao_cao": cycles,
        "co_bao_cao": cycles > 0,
        "het_ky": end_of_period(plan, work.today).isoformat(),
    }


def end_of_period(plan: plans.Plan, today: date) -> datetime:
    """The last second of the plan's last year."""
    return Calendar().end_of(date(plan.years(today).last, 12, 31))
