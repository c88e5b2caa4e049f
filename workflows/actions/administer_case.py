"""One command of an administrator on one case, which is locked and judged like any other."""

from __future__ import annotations

from workflows.engine.commands import Command
from workflows.store import cases

from .administration import require_administrator
from .desk import Desk
from .handle import Handled, handle


def administer_case(desk: Desk, case_id: int, command: Command) -> Handled:
    """Carry out the command if the actor administers the case's office; NOT_YOURS else."""
    with desk.open() as work:
        case = cases.load_case(work.connection, case_id, lock=True)
        require_administrator(desk.by, case.office_id)
        return handle(work, case_id, command)
