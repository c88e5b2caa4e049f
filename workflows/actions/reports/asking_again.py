"""The process by which one unit sends its report again, and its end with the cycle."""

from __future__ import annotations

from workflows.actions.desk import CommandTo, Work
from workflows.engine.commands import CancelCase
from workflows.store import reporting, submitting

AGAIN = "bo_sung_bao_cao"


def end_asking_again(work: Work, cycle: reporting.Cycle, reason: str) -> None:
    """The cycle is closed: what units were asked to send again ends with it, after the case at hand is written."""
    for case_id in submitting.running_cases(work.connection, f"{AGAIN}:{cycle.id}:", cycle.plan_id):
        work.afterwards.append(CommandTo(case_id, CancelCase(reason)))
