"""Who may import, confirm, start and change a draft: the unit that drafts it."""

from __future__ import annotations

from workflows.engine.actor import Actor
from workflows.errors import Refused


def require_drafter(by: Actor, unit_id: int) -> None:
    """NOT_YOURS for everybody who is neither an officer nor the head of the drafting unit."""
    if not by.is_system and not {f"can_bo@{unit_id}", f"thu_truong@{unit_id}"} & by.groups:
        raise Refused("NOT_YOURS", unit=unit_id)
