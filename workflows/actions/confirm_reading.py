"""A person looked at what the machine understood and confirms it: duties and report rules are laid down from it."""

from __future__ import annotations

from workflows.errors import Refused
from workflows.store import plans

from .desk import Desk
from .drafters import require_drafter
from .lay_down import lay_down


def confirm_reading(desk: Desk, plan_id: int) -> None:
    """Confirm the reading of the current version; nothing starts before, and a new text must be confirmed anew.

    Refused with all reasons at once: NO_TASKS, and UNKNOWN_BODY for each leading body that nobody in the directory
    answers to (teach the name as an alias, or enter the unit, and confirm again).
    """
    with desk.open() as work:
        plan = plans.plan(work.connection, plan_id, lock=True)
        require_drafter(work.by, plan.drafting_unit_id)
        if plan.status != "draft":
            raise Refused("NOT_A_DRAFT", plan=plan_id, status=plan.status)
        lay_down(work, plan, plans.version(work.connection, plan_id, plan.version).document)
        plans.change_plan(work.connection, plan_id, confirmed_at=work.now)
