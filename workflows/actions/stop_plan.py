"""Stop a plan on its way or in force, with a reason that everybody concerned is told."""

from __future__ import annotations

from workflows.errors import Refused
from workflows.store import plans

from .automation.job import plan_key
from .desk import Desk, Message
from .handle import send_message
from .reasons import reason_in


def stop_plan(desk: Desk, plan_id: int, reason: str) -> None:
    """Stop the plan; only whoever may sign for its office. Its open duties and cycles end with it."""
    said = reason_in(reason)
    with desk.open() as work:
        plan = plans.plan(work.connection, plan_id)
        if not {f"chu_tich@{plan.office_id}", f"pho_chu_tich@{plan.office_id}"} & desk.by.groups:
            raise Refused("NOT_YOURS", office=plan.office_id)
        if plan.status not in ("routing", "in_force"):
            raise Refused("NOT_RUNNING", plan=plan_id, status=plan.status)
        send_message(work, Message("dung_ke_hoach", plan_key(plan_id), {"ly_do_dung": said}))
