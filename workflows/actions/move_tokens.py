"""Correct where a case stands: cancel here, start there."""

from __future__ import annotations

from collections.abc import Sequence

from workflows.engine.commands import MoveTokens
from workflows.errors import Refused

from .administer_case import administer_case
from .desk import Desk


def move_tokens(desk: Desk, case_id: int, *, cancel: Sequence[str], start: Sequence[str], reason: str) -> None:
    """Cancel these open steps (elements or instances) and start tokens before those; the reason stays in the history.

    Refused with every reason at once: REASON_REQUIRED, NOTHING_TO_MOVE, NOT_FOUND, NOT_OPEN, NOT_STARTABLE,
    WRONG_SCOPE, ONE_ROUND, and NOTHING_LEFT, for a case is ended by `cancel_case`. Incidents about what is cancelled
    are closed.
    """
    if not reason.strip():
        raise Refused("REASON_REQUIRED", field="ly_do", shortest=1)
    administer_case(desk, case_id, MoveTokens(tuple(cancel), tuple(start), reason.strip()))
