"""Who may act on cases from outside their tasks: an office's administrators, workers, and the system.

A worker is known by its channel. What it may reach are its groups: `may@<office>` for the cases of an office (`may@*`
for all), and `topic:<name>`, `message:<name>`, `signal:<name>`, each also with `*`; the group `*` opens everything.
"""

from __future__ import annotations

from workflows.engine.actor import EVERY_GROUP, Actor
from workflows.errors import Refused

ADMINISTRATOR = "quan_tri"
MACHINE = "may"
WORKER = "worker"


def administered(by: Actor) -> frozenset[int]:
    """The offices that the actor administers, or works for as a machine."""
    role_held = MACHINE if by.channel == WORKER else ADMINISTRATOR
    parts = (group.partition("@") for group in by.groups)
    return frozenset(int(office) for role, _, office in parts if role == role_held and office.isdecimal())


def reach(by: Actor) -> frozenset[int | None] | None:
    """The offices whose cases the actor may touch; None stands for all, a None inside for cases of no office."""
    if by.channel == WORKER:
        return None if by.groups & {EVERY_GROUP, f"{MACHINE}@{EVERY_GROUP}"} else administered(by)
    return None if by.is_system else administered(by) | {None}


def own_office(by: Actor) -> int | None:
    """The office that the actor administers, where it is one."""
    offices = administered(by)
    return next(iter(offices)) if len(offices) == 1 else None


def require_administrator(by: Actor, office_id: int | None) -> None:
    """Only an administrator of this office (None: of any) and the system; NOT_YOURS for everybody else."""
    if by.is_system and by.channel != WORKER:
        return
    offices = administered(by) if by.channel != WORKER else frozenset()
    if not offices or (office_id is not None and office_id not in offices):
        raise Refused("NOT_YOURS", office=office_id)


def require_worker(by: Actor) -> None:
    """A worker, an administrator of any office, or the system."""
    if by.channel != WORKER:
        require_administrator(by, None)


def require_reach(by: Actor, office_id: int | None) -> None:
    """Somebody who may work as a machine on the cases of this office; NOT_YOURS for everybody else."""
    require_worker(by)
    offices = reach(by)
    if offices is not None and office_id not in offices:
        raise Refused("NOT_YOURS", office=office_id)


def require_scope(by: Actor, kind: str, name: str) -> None:
    """A worker may only do what it was let in for: topics, messages and signals by name; OUT_OF_SCOPE."""
    granted = {EVERY_GROUP, f"{kind}:{EVERY_GROUP}", f"{kind}:{name}"}
    if by.channel == WORKER and not granted & by.groups:
        raise Refused("OUT_OF_SCOPE", kind=kind, name=name)
