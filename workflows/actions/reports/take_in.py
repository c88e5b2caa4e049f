"""A report is taken in, from a unit's form or from a lower office that signed it: once, and nothing is written over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workflows.actions.desk import Work
from workflows.store import reporting, submitting, telling
from workflows.store.submitting import Submission

BY_FORM, BY_CASCADE, AGAIN = "gui", "den", "den_lai"
GAP = "report_gap"


@dataclass(frozen=True)
class Report:
    """What somebody hands in: words, figures by line, and how many units each holds where it was consolidated."""

    text: str
    figures: Mapping[str, int | str]
    coverage: Mapping[str, Sequence[int]] | None = None
    source_cycle_id: int | None = None


def take_in(work: Work, cycle: reporting.Cycle, submission: Submission, report: Report, by: str) -> bool:
    """Keep the report as the unit's; whether it is late. After the last day of the units it always is."""
    late = work.today > cycle.unit_due
    submitting.change_submission(
        work.connection,
        submission.id,
        status=submitting.SENT,
        text=report.text,
        figures=dict(report.figures),
        coverage=None if report.coverage is None else dict(report.coverage),
        sent_at=work.now,
        sent_by=by,
        late=late,
        source_cycle_id=report.source_cycle_id,
    )
    note(work, submission, BY_FORM if report.source_cycle_id is None else BY_CASCADE, by, report)
    return late


def note(  # noqa: PLR0917 - the facts of an event
    work: Work, submission: Submission, kind: str, by: str, report: Report | None = None, reason: str | None = None
) -> None:
    """Note one thing that happened to a submission, with what it held."""
    submitting.note_event(
        work.connection,
        {
            "submission_id": submission.id,
            "kind": kind,
            "at": work.now,
            "by": by,
            "reason": reason,
            "text": report.text if report else None,
            "figures": dict(report.figures) if report else None,
        },
    )


def tell_gap(work: Work, cycle: reporting.Cycle, gap: str, what: str) -> None:
    """The clerks of the office that consolidates hear of something that a person must look at, once each day."""
    telling.tell_many(work.connection, [gap_row(work, cycle, gap, what)])


def gap_row(work: Work, cycle: reporting.Cycle, gap: str, what: str, *, once: str = "") -> dict[str, Any]:
    """The occasion of it; `once` names what it is told of only once, whatever the day and the cycle."""
    return telling.occasion_row(
        GAP,
        f"report-gap:{once or f'{cycle.id}:{gap}:{work.today.isoformat()}'}",
        work.now,
        office_id=cycle.office_id,
        plan_id=cycle.plan_id,
        case_id=None,
        task_id=None,
        data={"cycle_id": cycle.id, "gap": gap, "what": what},
    )
