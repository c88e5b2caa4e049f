"""A draft that the visitor's unit is writing: looked up for every page on the way to its start."""

from __future__ import annotations

from sqlalchemy import Connection

from service.auth.visit import Visit
from workflows.errors import NotFound, Refused
from workflows.store import directory, plans
from workflows.store.local_days import local_day

# Refusals that the form of the same page cannot mend.
ELSEWHERE = frozenset({"NOT_FOUND", "NOT_YOURS", "NOT_A_DRAFT", "ALREADY_STARTED"})


def own_draft(visit: Visit, plan_id: int) -> plans.Plan:
    """The plan, which the visitor's unit drafts and which has not been started."""
    with visit.web.database.read() as connection:
        plan = plans.plan(connection, plan_id)
    unit = plan.drafting_unit_id
    if not {f"can_bo@{unit}", f"thu_truong@{unit}"} & visit.person.groups:
        raise NotFound("plan", id=plan_id)
    if plan.status != "draft":
        raise Refused("ALREADY_STARTED", status=plan.status)
    return plan


def bodies_around(connection: Connection, plan: plans.Plan, visit: Visit) -> list[directory.Body]:
    """The bodies that the plan's office knows today."""
    return directory.bodies_of(connection, plan.office_id, local_day(visit.now))
