"""What the forms of a report cycle need besides the task: the unit's prefilled form, or the office's table."""

from __future__ import annotations

from dataclasses import dataclass

from service.auth.visit import Visit
from workflows.plans.word_diff import Comparison, compare
from workflows.store.local_days import local_day
from workflows.store.screens.report_task import OfficeTable, UnitForm, office_table, unit_form
from workflows.store.screens.task import TaskSeen


@dataclass(frozen=True)
class ReportFacts:
    """One of the two, or neither where the task is about no report."""

    unit: UnitForm | None = None
    office: OfficeTable | None = None
    merging: bool = False  # somebody asked to see the newest text from the units in the field; nothing is written yet

    def difference(self, kept: str) -> Comparison:
        """What the newest text from the units says otherwise than the edited one."""
        return compare(kept, self.office.draft if self.office else "")


def report_facts(visit: Visit, seen: TaskSeen) -> ReportFacts:
    """What the form of this task shows."""
    if seen.cycle is None:
        return ReportFacts()
    with visit.web.database.read() as connection:
        if seen.task.form == "bao_cao_don_vi" and seen.own_submission is not None:
            return ReportFacts(unit_form(connection, seen.cycle, seen.own_submission.body_id, local_day(visit.now)))
        merging = visit.request.query_params.get("ghep") == "moi"
        return ReportFacts(office=office_table(connection, seen.cycle), merging=merging)
