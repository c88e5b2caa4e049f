"""Ghi dừng: a plan that is stopped ends its duties and gives up a number that was not sent yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.actions.end_duties import end_open_duties
from workflows.store import issuing, plans, telling, worklist

from .job import Job


def plan_stopped(job: Job) -> Mapping[str, Any]:
    """Mark the plan as stopped, with the reason that came with the message."""
    work, plan = job.work, plans.plan(job.work.connection, job.number("ke_hoach"))
    reason = str(job.variables.get("ly_do_dung", ""))
    line = issuing.register_line_of(work.connection, "plan", plan.id)
    if line is not None and not issuing.recipients_of(work.connection, "plan", plan.id):
        issuing.change_register(work.connection, line.id, status="given_up", given_up_reason=reason)
    plans.change_plan(work.connection, plan.id, status="stopped")
    # The steps end with this very command; whoever had one, or was offered it, hears of that.
    waiting = [task.id for task in worklist.open_tasks_of(work.connection, plan_id=plan.id) if task.kind == "user"]
    end_open_duties(work, plan.id, reason)
    telling.tell(
        work.connection,
        "plan_stopped",
        f"stopped:{plan.id}",
        work.now,
        office_id=plan.office_id,
        plan_id=plan.id,
        case_id=job.case.id,
        data={"reason": reason, "tasks": waiting},
    )
    return {}
