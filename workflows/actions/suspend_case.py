"""Make a case stand still, and let it go on."""

from __future__ import annotations

from workflows.engine.commands import ResumeCase, SuspendCase
from workflows.errors import Refused

from .administer_case import administer_case
from .desk import Desk


def suspend_case(desk: Desk, case_id: int, reason: str) -> None:
    """Suspend a case for a reason that stays in its history: nobody and no clock moves it until it is resumed.

    NOT_YOURS for everybody but an administrator of its office, REASON_REQUIRED, CASE_SUSPENDED, NOT_WAITING.
    """
    if not reason.strip():
        raise Refused("REASON_REQUIRED", field="ly_do", shortest=1)
    administer_case(desk, case_id, SuspendCase(reason.strip()))


def resume_case(desk: Desk, case_id: int) -> None:
    """Let a suspended case go on; the next sweep fires what came due meanwhile. NOT_SUSPENDED else."""
    administer_case(desk, case_id, ResumeCase())
