"""The round of a plan that is open now: who is asked, until when each, and how its dates move together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from workflows.actions.desk import Work
from workflows.actions.handle import handle
from workflows.engine import state_from_json
from workflows.engine.commands import Reschedule
from workflows.errors import Refused
from workflows.store import cases, consultation, plans, worklist
from workflows.store.consultation import Opinion, Round
from workflows.store.plans import Plan
from workflows.store.worklist import TaskRow

FORM = "gop_y"


@dataclass(frozen=True)
class Running:
    """An open round with the open task of each body that has not answered."""

    plan: Plan
    round: Round
    opinions: tuple[Opinion, ...]
    tasks: Mapping[int, TaskRow]

    def opinion(self, body_id: int) -> Opinion | None:
        """The line of this body; None when it is not asked, or no more."""
        return next((each for each in self.opinions if each.body_id == body_id), None)


def running_round(work: Work, plan_id: int) -> Running:
    """The open round with its plan locked; ROUND_CLOSED when no round of the plan is open."""
    plan = plans.plan(work.connection, plan_id, lock=True)
    round_ = consultation.latest_round(work.connection, plan_id)
    found = worklist.open_tasks_of(work.connection, plan_id=plan_id)
    tasks = {task.variables["co_quan_hoi"]: task for task in found if task.form == FORM}
    if round_ is None or round_.closed_at is not None or not tasks:
        raise Refused("ROUND_CLOSED", plan=plan_id)
    return Running(plan, round_, tuple(consultation.opinions_of(work.connection, round_.id)), tasks)


def require_head(work: Work, plan: Plan) -> None:
    """NOT_YOURS for everybody but the head of the drafting unit, who answers for the round."""
    if not work.by.is_system and f"thu_truong@{plan.drafting_unit_id}" not in work.by.groups:
        raise Refused("NOT_YOURS", unit=plan.drafting_unit_id)


def deadline_for(round_: Round, opinion: Opinion) -> datetime:
    """Until when this body is in time: its own deadline where it was given one."""
    return opinion.deadline or round_.deadline


def move_deadlines(work: Work, running: Running, reason: str) -> None:
    """Bring the open tasks and the end of the round to what the rows of the round say now, in the same transaction.

    The round ends with the last deadline of those who have not answered; whoever is later than the own one is late.
    """
    round_ = consultation.round_by_id(work.connection, running.round.id)
    asked = {each.body_id: each for each in consultation.opinions_of(work.connection, round_.id)}
    due = {body: deadline_for(round_, asked[body]) for body in running.tasks if body in asked}
    tasks = {running.tasks[body].task_id: at for body, at in due.items() if at != running.tasks[body].due}
    any_task = next(iter(running.tasks.values()))
    state = state_from_json(cases.load_case(work.connection, any_task.case_id, lock=True).state)
    body = state.instances[any_task.task_id].parent if any_task.task_id in state.instances else None
    last = max(due.values(), default=work.now)
    timers = {timer.id: last for timer in state.timers.values() if timer.instance == body and timer.due != last}
    variables = {"han_gop_y": round_.deadline.isoformat()} if round_.deadline != running.round.deadline else {}
    if tasks or timers or variables:
        handle(work, any_task.case_id, Reschedule(tasks, timers, reason, variables))
