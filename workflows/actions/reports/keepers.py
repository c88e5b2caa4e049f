"""Who may set how a plan is reported on, and who may give a unit's report back."""

from __future__ import annotations

from collections.abc import Collection

from workflows.actions.desk import Work
from workflows.errors import Refused
from workflows.store import reporting
from workflows.store.plans import Plan

OF_UNIT, OF_OFFICE = ("can_bo", "thu_truong"), ("van_thu", "chu_tich", "pho_chu_tich")


def keeps_rules(groups: Collection[str], plan: Plan) -> bool:
    """The drafting unit, the clerks and the leaders of the office of the plan."""
    return _holds(groups, plan.drafting_unit_id, OF_UNIT) or _holds(groups, plan.office_id, OF_OFFICE)


def require_rule_keeper(work: Work, plan: Plan) -> None:
    """NOT_YOURS for whoever does not keep the plan's rules."""
    if not keeps_rules(work.by.groups, plan):
        raise Refused("NOT_YOURS", plan=plan.id)


def consolidates(groups: Collection[str], rule: reporting.Rule, office_id: int) -> bool:
    """The focal unit, the clerks and the leaders of the office that consolidates."""
    return _holds(groups, rule.focal_body_id, OF_UNIT) or _holds(groups, office_id, OF_OFFICE)


def _holds(groups: Collection[str], body_id: int, roles: Collection[str]) -> bool:
    return any(f"{role}@{body_id}" in groups for role in roles)
