"""Sắp đến lượt: steps of plans on their way that come to this person next, and duties and cycles that open soon."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from service.auth.visit import Visit
from workflows.actions.definitions import StoredDefinitions
from workflows.bpmn.model import Node
from workflows.engine.calendar import Calendar
from workflows.store import clockwork, plans, worklist
from workflows.store.local_days import local_day
from workflows.store.screens import sight
from workflows.store.screens.coming import Opening, openings
from workflows.store.screens.labels import PlanLabel, plan_labels

from .route_preview import BY_THE_WAY, PROCESS, ROUND, days_of, groups_of_step

MOST_PLANS = 100


@dataclass(frozen=True)
class ComingStep:
    """A step that a plan will reach for this person: where the plan is now, and the latest day of its arrival."""

    plan: PlanLabel
    step: str
    now_at: str
    by: datetime


@dataclass(frozen=True)
class Coming:
    """Everything that is about to come, each part in order of days."""

    steps: Sequence[ComingStep]
    openings: Sequence[tuple[Opening, PlanLabel]]


def coming_to(visit: Visit, connection: Connection) -> Coming:
    """What comes to this person next."""
    found = openings(connection, visit.person.groups, local_day(visit.now))
    reached = _next_steps(visit, connection)
    labels = plan_labels(connection, [*(each.plan_id for each in found), *(plan.id for plan, _, _ in reached)])
    calendars = clockwork.calendars_of(connection, {plan.office_id for plan, _, _ in reached})
    steps = [
        ComingStep(
            labels[plan.id],
            between[-1].name or between[-1].id,
            task.name,
            _arrives(calendars[plan.office_id], plan, task, between[:-1], visit.now),
        )
        for plan, task, between in reached
    ]
    known = [(each, labels[each.plan_id]) for each in found if each.plan_id in labels]
    return Coming(sorted(steps, key=lambda each: (each.by, each.plan.id)), known)


def count_coming(visit: Visit, connection: Connection) -> int:
    """How many lines `coming_to` has."""
    return len(openings(connection, visit.person.groups, local_day(visit.now))) + len(_next_steps(visit, connection))


def _next_steps(visit: Visit, connection: Connection) -> list[tuple[plans.Plan, worklist.TaskRow, Sequence[Node]]]:
    """For each plan on its way the open step and those behind it, up to the first that this person may take."""
    groups = visit.person.groups
    offices = sight.sight_of(connection, groups).office_ids
    on_the_way = plans.plans_on_the_way(connection, offices)[:MOST_PLANS] if offices else []
    if not on_the_way:
        return []
    steps = _steps(connection)
    places = {step.id: at for at, step in enumerate(steps)}
    at_now: dict[int, worklist.TaskRow] = {}
    for task in worklist.open_tasks_of_plans(connection, [plan.id for plan in on_the_way], PROCESS):
        if task.element in places and task.plan_id is not None:
            furthest = at_now.get(task.plan_id)
            if furthest is None or places[task.element] > places[furthest.element]:
                at_now[task.plan_id] = task
    found: list[tuple[plans.Plan, worklist.TaskRow, Sequence[Node]]] = []
    for plan in on_the_way:
        now_at = at_now.get(plan.id)
        if now_at is None or _is_mine(now_at, groups, str(visit.person_id)):
            continue
        following = steps[places[now_at.element] + 1 :]
        own = _first_of(following, plan, groups)
        if own is not None:
            found.append((plan, now_at, following[: own + 1]))
    return found


def _is_mine(task: worklist.TaskRow, groups: Collection[str], person: str) -> bool:
    return task.assignee == person or (task.assignee is None and bool(set(task.groups) & set(groups)))


def _first_of(steps: Sequence[Node], plan: plans.Plan, groups: Collection[str]) -> int | None:
    """Where among these steps the first is that one of the groups may take."""
    asked = [each.body_id for each in plan.consulted]
    for at, step in enumerate(steps):
        if not _is_skipped(step, plan) and set(groups_of_step(step, plan, plan.signer_role, asked)) & set(groups):
            return at
    return None


def _arrives(
    calendar: Calendar, plan: plans.Plan, task: worklist.TaskRow, between: Sequence[Node], now: datetime
) -> datetime:
    """The latest instant at which these steps are behind the plan, if everybody uses all their days."""
    at = max(task.due or now, now)
    for each in between:
        if not _is_skipped(each, plan):
            at = calendar.add_working_days(at, plan.opinion_days if each.id == ROUND else days_of(each))
    return at


def _is_skipped(step: Node, plan: plans.Plan) -> bool:
    """Whether the plan passes the step by, for it asks nobody for an opinion."""
    return step.id in (ROUND, "tiep_thu") and not plan.consulted


def _steps(connection: Connection) -> list[Node]:
    """The steps of the process of a plan that people do, in the order in which they are passed."""
    definitions = StoredDefinitions(connection)
    process = definitions.load(definitions.latest(PROCESS)).process(PROCESS)
    assert process is not None, "a definition is stored under the key of a process in it"
    return [each for each in process.nodes if each.kind == "userTask" and each.human and each.id not in BY_THE_WAY]
