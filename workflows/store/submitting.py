"""What each unit sent in a report cycle, what became of it, and every version of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, case, insert, select, update

from workflows.errors import NotFound

from .many_rows import insert_many
from .tables.processes import cases
from .tables.reporting import cycles, report_rules, submission_events, submissions

SENT, NOT_YET, RETURNED, NEVER, GONE = "da_gui", "chua_gui", "tra_lai", "khong_gui", "khong_con"


@dataclass(frozen=True)
class Submission:
    """What one unit sent in a cycle."""

    id: int
    cycle_id: int
    body_id: int
    body_name: str
    status: str
    text: str | None
    figures: Mapping[str, Any]
    sent_at: datetime | None
    sent_by: str | None
    late: bool
    source_cycle_id: int | None
    coverage: Mapping[str, Sequence[int]] | None = None


@dataclass(frozen=True)
class SubmissionEvent:
    """One thing that happened to a submission, with what it held then."""

    id: int
    submission_id: int
    kind: str
    at: datetime
    by: str
    reason: str | None
    text: str | None
    figures: Mapping[str, Any] | None


def add_submissions(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Expect a submission of each of these bodies; the log of rows begins with what it sends."""
    insert_many(connection, submissions, rows, logged=False)


def submissions_of(connection: Connection, cycle_id: int) -> list[Submission]:
    """The submissions of a cycle in the order of the units."""
    rows = connection.execute(select(submissions).where(submissions.c.cycle_id == cycle_id).order_by(submissions.c.id))
    return [Submission(**row._mapping) for row in rows]


def submission_of(connection: Connection, cycle_id: int, body_id: int) -> Submission:
    """What this body was asked to send in this cycle, or NotFound."""
    row = connection.execute(
        select(submissions).where(submissions.c.cycle_id == cycle_id, submissions.c.body_id == body_id)
    ).one_or_none()
    if row is None:
        raise NotFound("submission", cycle=cycle_id, body=body_id)
    return Submission(**row._mapping)


def change_submission(connection: Connection, submission_id: int, **values: Any) -> None:  # noqa: ANN401 - columns
    """Write these columns of the submission."""
    connection.execute(update(submissions).where(submissions.c.id == submission_id).values(**values))


def submission(connection: Connection, submission_id: int, *, lock: bool = False) -> Submission:
    """One submission, or NotFound."""
    wanted = select(submissions).where(submissions.c.id == submission_id)
    row = connection.execute(wanted.with_for_update() if lock else wanted).one_or_none()
    if row is None:
        raise NotFound("submission", id=submission_id)
    return Submission(**row._mapping)


def expected_above(  # noqa: PLR0917 - what a report is known by
    connection: Connection, parent_office_id: int, body_id: int, every: str, window_from: date, window_to: date
) -> Submission | None:
    """What the parent office awaits from this body: in an open cycle of the same rhythm whose window holds the day.

    One that nothing was sent for comes before one that was, then the window that is most alike.
    """
    row = connection.execute(
        select(submissions)
        .join(cycles, cycles.c.id == submissions.c.cycle_id)
        .join(report_rules, report_rules.c.id == cycles.c.rule_id)
        .where(
            cycles.c.office_id == parent_office_id,
            cycles.c.opened_at.is_not(None),
            cycles.c.closed_at.is_(None),
            cycles.c.window_from <= window_to,
            cycles.c.window_to >= window_from,
            report_rules.c.every == every,
            submissions.c.body_id == body_id,
        )
        .order_by(
            case((submissions.c.status == SENT, 1), else_=0),
            case((cycles.c.window_to == window_to, 0), else_=1),
            cycles.c.office_due,
        )
        .limit(1)
    ).one_or_none()
    return None if row is None else Submission(**row._mapping)


def note_event(connection: Connection, values: Mapping[str, Any]) -> None:
    """Note what happened to a submission."""
    connection.execute(insert(submission_events).values(**values))


def events_of(connection: Connection, submission_id: int) -> list[SubmissionEvent]:
    """Everything that happened to a submission, oldest first."""
    rows = connection.execute(
        select(submission_events)
        .where(submission_events.c.submission_id == submission_id)
        .order_by(submission_events.c.id)
    )
    return [SubmissionEvent(**row._mapping) for row in rows]


def running_cases(connection: Connection, prefix: str, plan_id: int) -> list[int]:
    """The running cases of a plan whose business key begins so."""
    wanted = select(cases.c.id).where(
        cases.c.plan_id == plan_id, cases.c.ended_at.is_(None), cases.c.business_key.startswith(prefix, autoescape=True)
    )
    return [row.id for row in connection.execute(wanted.order_by(cases.c.id))]
