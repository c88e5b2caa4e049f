"""Start a case of any deployed process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .administration import require_administrator
from .desk import Desk, Work
from .handle import start_case


def start_process(
    desk: Desk,
    process: str,
    variables: Mapping[str, Any],
    business_key: str | None,
    start: str | None = None,
    *,
    office_id: int | None = None,
) -> int:
    """Start a case of the newest version, by this start event or the plain one (G1), for this office; its id.

    Refused: NotFound for a process that was never deployed, NO_START, NOT_A_STARTER (H9), and what fails on the way.
    """
    require_administrator(desk.by, office_id)

    def begin(work: Work) -> int:
        handled = start_case(work, process, variables, business_key=business_key, office_id=office_id, start=start)
        return handled.case_id

    return desk.carry_out(begin)
