"""One time of a duty: the duty, who leads and helps, what was written and handed over, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from workflows.errors import NotFound
from workflows.store import comments, duties, plans, worklist
from workflows.store.comments import Comment
from workflows.store.duties import Note, Occurrence

from .duty_table import DutyLine, DutyQuery, duty_lines
from .labels import body_names
from .sight import Sight

MOST_TIMES = 500


@dataclass(frozen=True)
class DutyTimeSeen:
    """Everything that its page shows."""

    line: DutyLine
    duty: plans.Duty
    coop: str
    notes: list[Note]
    evidence: list[Comment]
    others: list[DutyLine]  # the other times of the duty for the same body

    @property
    def done_of_total(self) -> tuple[int, int]:
        """How many were made and how many the plan wants, in the year of this time."""
        year = self.line.opens_on.year
        same = [each for each in (*self.others, self.line) if each.opens_on.year == year]
        return sum(each.done_count for each in same), sum(each.required for each in same)


def duty_time(connection: Connection, occurrence_id: int, sight: Sight, today: date) -> DutyTimeSeen:
    """The time of the duty; NotFound for one of a plan that is not seen."""
    occurrence = duties.occurrence(connection, occurrence_id)
    duty = duties.duty(connection, occurrence.duty_id)
    query = DutyQuery(plan_id=duty.plan_id, body_id=occurrence.body_id, order="nhiem_vu")
    lines = duty_lines(connection, sight, query, today, MOST_TIMES)
    line = next((each for each in lines if each.id == occurrence_id), None)
    if line is None:
        raise NotFound("occurrence", id=occurrence_id)
    names = body_names(connection, [each["body"] for each in duty.coop])
    return DutyTimeSeen(
        line,
        duty,
        ", ".join(dict.fromkeys(_called(each["raw"], names.get(each["body"] or 0)) for each in duty.coop)),
        duties.notes_of(connection, [occurrence_id]),
        evidence_of(connection, occurrence, duty.plan_id),
        [each for each in lines if each.duty_id == duty.id and each.id != occurrence_id],
    )


def evidence_of(connection: Connection, occurrence: Occurrence, plan_id: int) -> list[Comment]:
    """What was attached to the steps of carrying it out, with its files, oldest first."""
    if occurrence.case_id is None:
        return []
    steps = [task.id for task in worklist.tasks_of_case(connection, occurrence.case_id)]
    return [each for each in comments.comments_of(connection, plan_id, steps) if each.files]


def body_labels(connection: Connection, found: list[plans.Duty]) -> Mapping[int, str]:
    """The names of everybody who leads or helps in these duties."""
    return body_names(connection, [each["body"] for duty in found for each in (*duty.leads, *duty.coop)])


def _called(raw: str, name: str | None) -> str:
    return name or raw
