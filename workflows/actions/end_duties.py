"""Duties and reports that are still open when a plan ends are ended with it, with the reason in their history."""

from __future__ import annotations

from workflows.engine.commands import CancelCase
from workflows.store import cases, duties, reporting

from .desk import CommandTo, Work
from .duties.tell_of_duties import ENDED, tell_coordinators

PARTS = ("nhiem_vu", "bao_cao", "bo_sung_bao_cao", "ra_soat_ke_hoach")


def end_open_duties(work: Work, plan_id: int, reason: str) -> None:
    """Cancel the running duty and report cases of the plan, after the case at hand is written, and close its cycles."""
    reporting.close_cycles(work.connection, plan_id, work.now)
    for case in cases.cases_of_plan(work.connection, plan_id):
        if case.process in PARTS and case.ended_at is None:
            work.afterwards.append(CommandTo(case.id, CancelCase(reason)))
            _tell_who_helps(work, case.id, case.office_id)


def _tell_who_helps(work: Work, case_id: int, office_id: int | None) -> None:
    occurrence = duties.occurrence_of_case(work.connection, case_id)
    if occurrence is not None and office_id is not None:
        tell_coordinators(work, ENDED, duties.duty(work.connection, occurrence.duty_id), occurrence, office_id)
