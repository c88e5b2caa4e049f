"""End a case early; everything that is open in it is closed (semantics.md L6)."""

from __future__ import annotations

from workflows.engine.commands import CancelCase
from workflows.errors import Refused
from workflows.store import cases

from .administration import require_administrator
from .desk import Desk
from .handle import handle

LIFE_OF_A_PLAN = "ke_hoach"


def cancel_case(desk: Desk, case_id: int, reason: str) -> None:
    """Cancel a case for a reason that stays in its history; the life of a plan is ended by `stop_plan` alone."""
    if not reason.strip():
        raise Refused("REASON_REQUIRED", field="ly_do", shortest=1)
    with desk.open() as work:
        case = cases.load_case(work.connection, case_id, lock=True)
        require_administrator(desk.by, case.office_id)
        if case.process == LIFE_OF_A_PLAN and case.plan_id is not None:
            raise Refused("STOP_THE_PLAN", plan=case.plan_id)
        handle(work, case_id, CancelCase(reason.strip()))
