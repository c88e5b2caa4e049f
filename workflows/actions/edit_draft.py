"""Two people who write in one draft see each other's name, and each which version is the newest."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.store import own_desk, plans

from .desk import Desk
from .drafters import require_drafter


@dataclass(frozen=True)
class Editing:
    """The names of the others who have the draft open now, and its newest version."""

    others: tuple[str, ...]
    version: int


def edit_draft(desk: Desk, plan_id: int, person_id: int) -> Editing:
    """Note that the actor, who is of the drafting unit, has the draft open; NOT_YOURS for anybody else."""
    with desk.open() as work:
        plan = plans.plan(work.connection, plan_id)
        require_drafter(work.by, plan.drafting_unit_id)
        own_desk.note_editing(work.connection, plan_id, person_id, work.by.name, work.now)
        return Editing(tuple(own_desk.editors_of(work.connection, plan_id, person_id, work.now)), plan.version)
