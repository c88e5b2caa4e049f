"""Everything a decision page shows of one task, read at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from workflows.engine import state_from_json
from workflows.errors import NotFound
from workflows.store import cases, consultation, directory, issuing, plans, reporting, submitting, worklist
from workflows.store.case_row import CaseRow
from workflows.store.opinion_parts import Point, points_of
from workflows.store.tables.plans import duties, occurrences

from .labels import body_names, person_names


@dataclass(frozen=True)
class RoundSeen:
    """A consultation round with what was said in it."""

    round: consultation.Round
    opinions: list[consultation.Opinion]

    @property
    def answered(self) -> int:
        """How many bodies answered."""
        return sum(opinion.outcome not in (None, "khong_co_y_kien") for opinion in self.opinions)


@dataclass(frozen=True)
class DutySeen:
    """The duty that a task of carrying out belongs to, and this time of it (`id`), `required` so often."""

    id: int
    no: str
    title: str
    key: str
    products: tuple[str, ...]
    time_raw: str | None
    required: int


@dataclass(frozen=True)
class Submitted:
    """Who passed the task on, and when."""

    name: str
    at: datetime


@dataclass(frozen=True)
class TaskSeen:
    """A task, the plan and the version of the text it is about, and what was decided before."""

    task: worklist.TaskRow
    plan: plans.Plan | None
    version: plans.PlanVersion | None
    versions: int
    office: str
    unit: str
    submitted: Submitted | None
    returned: worklist.TaskRow | None
    returned_by: str
    rounds: list[RoundSeen]
    approvals: list[issuing.Approval]
    variables: Mapping[str, Any]
    points: Mapping[int, list[Point]] = field(default_factory=dict)  # of the opinions that were split
    cycle: reporting.Cycle | None = None
    submissions: list[submitting.Submission] = field(default_factory=list)
    duty: DutySeen | None = None

    @property
    def to_answer(self) -> list[consultation.Opinion]:
        """Opinions in words that have no disposition yet."""
        found = [opinion for seen in self.rounds for opinion in seen.opinions]
        return [opinion for opinion in found if opinion.text and opinion.disposition is None]

    @property
    def own_submission(self) -> submitting.Submission | None:
        """What the unit of this task is to send."""
        body_id = self.task.variables.get("don_vi_nop")
        return next((each for each in self.submissions if each.body_id == body_id), None)


def task_seen(connection: Connection, task_id: str) -> TaskSeen:
    """The task of a person with everything around it; NotFound when there is none."""
    task = worklist.task(connection, task_id)
    if task is None or task.kind != "user":
        raise NotFound("task", id=task_id)
    plan = plans.plan(connection, task.plan_id) if task.plan_id else None
    case = cases.load_case(connection, task.case_id, lock=False)
    before = _before(connection, task)
    returned = before[-1] if before and before[-1].outcome == "tra_lai" else None
    names = person_names(connection, [each.closed_by for each in before[-1:]])
    rounds = rounds_seen(connection, plan.id) if plan else []
    variables = _variables(case, task)
    cycle = _cycle_of(connection, task, variables)
    return TaskSeen(
        task=task,
        plan=plan,
        version=plans.current_version(connection, plan.id) if plan else None,
        versions=plan.version if plan else 0,
        office=directory.body(connection, plan.office_id).name if plan else "",
        unit=body_names(connection, [plan.drafting_unit_id]).get(plan.drafting_unit_id, "") if plan else "",
        submitted=_submitted(plan, before, names),
        returned=returned,
        returned_by=names.get(returned.closed_by or "", "") if returned else "",
        rounds=rounds,
        points=points_of(connection, [opinion.id for seen in rounds for opinion in seen.opinions]),
        approvals=issuing.standing_approvals(connection, "plan", plan.id) if plan else [],
        variables=variables,
        cycle=cycle,
        submissions=submitting.submissions_of(connection, cycle.id) if cycle else [],
        duty=_duty_of_case(connection, task.case_id),
    )


def _cycle_of(connection: Connection, task: worklist.TaskRow, variables: Mapping[str, Any]) -> reporting.Cycle | None:
    """The cycle that the case runs, or in which it asks a unit again."""
    asked_in = variables.get("ky") if task.form == "bao_cao_don_vi" else None
    return reporting.cycle(connection, asked_in) if asked_in else reporting.cycle_of_case(connection, task.case_id)


def _before(connection: Connection, task: worklist.TaskRow) -> list[worklist.TaskRow]:
    """The steps that were completed when this task was opened, in the order of their ends."""
    found = [
        (each.closed_at, each)
        for each in worklist.tasks_of_case(connection, task.case_id)
        if each.status == "completed" and each.closed_at and each.closed_at <= task.opened_at and each.id != task.id
    ]
    return [each for _, each in sorted(found, key=lambda pair: pair[0])]


def rounds_seen(connection: Connection, plan_id: int) -> list[RoundSeen]:
    """All rounds of a plan with their opinions, oldest first."""
    found = consultation.rounds_of(connection, plan_id)
    return [RoundSeen(each, consultation.opinions_of(connection, each.id)) for each in found]


def _variables(case: CaseRow, task: worklist.TaskRow) -> Mapping[str, Any]:
    """What the process knows where the task stands; a closed one keeps only its own variables."""
    if task.status != "open":
        return task.variables
    return state_from_json(case.state).visible(task.task_id)


def _submitted(plan: plans.Plan | None, before: list[worklist.TaskRow], names: Mapping[str, str]) -> Submitted | None:
    if before and before[-1].closed_at:
        return Submitted(names.get(before[-1].closed_by or "", ""), before[-1].closed_at)
    return Submitted(plan.created_by or "", plan.created_at) if plan else None


def _duty_of_case(connection: Connection, case_id: int) -> DutySeen | None:
    row = connection.execute(
        select(duties.c.no, duties.c.title, duties.c.products, duties.c.time_raw, occurrences)
        .join(occurrences, occurrences.c.duty_id == duties.c.id)
        .where(occurrences.c.case_id == case_id)
    ).one_or_none()
    if row is None:
        return None
    return DutySeen(row.id, row.no, row.title, row.key, tuple(row.products), row.time_raw, row.required)
