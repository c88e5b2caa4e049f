"""Stop a plan on its way or in force, with a reason that everybody concerned is told."""

from __future__ import annotations

from workflows.errors import Refused
from workflows.store import plans

from .automation.job import plan_key
from .desk import Desk, Message
from .forms.filing import LONGEST_FIELD, SHORTEST_REASON
from .handle import send_message


def stop_plan(desk: Desk, plan_id: int, reason: str) -> None:
    """Stop the plan; only whoever may sign for its office. Its open duties and cycles end with it."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused("REASON_REQUIRED", field="ly_do", shortest=SHORTEST_REASON)
    if len(reason) > LONGEST_FIELD:
        raise Refused("TOO_LONG", field="ly_do", most=LONGEST_FIELD)
    with desk.open() as work:
        plan = plans.plan(work.connection, plan_id)
        if not {f"chu_tich@{plan.office_id}", f"pho_chu_tich@{plan.office_id}"} & desk.by.groups:
            raise Refused("NOT_YOURS", office=plan.office_id)
        if plan.status not in ("routing", "in_force"):
            raise Refused("NOT_RUNNING", plan=plan_id, status=plan.status)
        send_message(work, Message("dung_ke_hoach", plan_key(plan_id), {"ly_do_dung": reason.strip()}))
