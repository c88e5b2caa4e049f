"""Make a case stand still, and let it go on."""

from __future__ import annotations

from workflows.engine.commands import ResumeCase, SuspendCase
from workflows.errors import Refused
from workflows.store import cases

from .administer_case import administer_case
from .administration import require_administrator
from .deadlines.stand_still import move_what_stood_still
from .desk import Desk
from .handle import handle


def suspend_case(desk: Desk, case_id: int, reason: str) -> None:
    """Suspend a case for a reason that stays in its history: nobody and no clock moves it until it is resumed.

    NOT_YOURS for everybody but an administrator of its office, REASON_REQUIRED, CASE_SUSPENDED, NOT_WAITING.
    """
    if not reason.strip():
        raise Refused("REASON_REQUIRED", field="ly_do", shortest=1)
    administer_case(desk, case_id, SuspendCase(reason.strip()))


def resume_case(desk: Desk, case_id: int) -> None:
    """Let a suspended case go on; the next sweep fires what came due meanwhile. NOT_SUSPENDED else.

    Where the office's clock stands still while a case is suspended, its open due dates move by the working days that it
    stood (`deadlines/stand_still.py`).
    """
    with desk.open() as work:
        case = cases.load_case(work.connection, case_id, lock=True)
        require_administrator(desk.by, case.office_id)
        handle(work, case_id, ResumeCase())
        move_what_stood_still(work, case_id)
