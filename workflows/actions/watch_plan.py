"""Theo dõi kế hoạch: whoever may look at a plan may hear of its steps, in the house and without a letter."""

from __future__ import annotations

from workflows.errors import NotFound, Refused
from workflows.store import own_marks
from workflows.store.screens import sight

from .desk import Desk, Work


def watch_plan(desk: Desk, plan_id: int) -> None:
    """Hear of every step from now on; NotFound for a plan that the actor may not see."""
    with desk.open() as work:
        own_marks.watch(work.connection, plan_id, _watcher(work, plan_id), work.now)


def unwatch_plan(desk: Desk, plan_id: int) -> None:
    """Hear no more of it."""
    with desk.open() as work:
        own_marks.unwatch(work.connection, plan_id, _watcher(work, plan_id))


def _watcher(work: Work, plan_id: int) -> int:
    person = work.by.person or ""
    if not person.isdecimal():
        raise Refused("NOT_SIGNED_IN")
    if not sight.sees(work.connection, sight.sight_of(work.connection, work.by.groups), plan_id):
        raise NotFound("plan", id=plan_id)
    return int(person)
