"""Who may act on cases from outside their tasks: an office's administrators, workers, and the system."""

from __future__ import annotations

from workflows.engine.actor import Actor
from workflows.errors import Refused

ADMINISTRATOR = "quan_tri"
WORKER = "worker"


def administered(by: Actor) -> frozenset[int]:
    """The offices that the actor administers."""
    parts = (group.partition("@") for group in by.groups)
    return frozenset(int(office) for role, _, office in parts if role == ADMINISTRATOR and office.isdecimal())


def own_office(by: Actor) -> int | None:
    """The office that the actor administers, where it is one."""
    offices = administered(by)
    return next(iter(offices)) if len(offices) == 1 else None


def require_administrator(by: Actor, office_id: int | None) -> None:
    """Only an administrator of this office (None: of any) and the system; NOT_YOURS for everybody else."""
    if by.is_system and by.channel != WORKER:
        return
    offices = administered(by)
    if not offices or (office_id is not None and office_id not in offices):
        raise Refused("NOT_YOURS", office=office_id)


def require_worker(by: Actor, office_id: int | None) -> None:
    """Workers may too; their channel says that they are one."""
    if by.channel != WORKER:
        require_administrator(by, office_id)
