"""What the forms of a report cycle need besides the task: the unit's prefilled form, or the office's table."""

from __future__ import annotations

from dataclasses import dataclass

from service.auth.visit import Visit
from workflows.store.local_days import local_day
from workflows.store.screens.report_task import OfficeTable, UnitForm, office_table, unit_form
from workflows.store.screens.task import TaskSeen


@dataclass(frozen=True)
class ReportFacts:
    """One of the two, or neither where the task is about no report."""

    unit: UnitForm | None = None
    office: OfficeTable | None = None


def report_facts(visit: Visit, seen: TaskSeen) -> ReportFacts:
    """What the form of this task shows."""
    if seen.cycle is None:
        return ReportFacts()
    with visit.web.database.read() as connection:
        if seen.task.form == "bao_cao_don_vi" and seen.own_submission is not None:
            return ReportFacts(unit_form(connection, seen.cycle, seen.own_submission.body_id, local_day(visit.now)))
        return ReportFacts(office=office_table(connection, seen.cycle))
