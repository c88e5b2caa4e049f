"""The one policy function: who may act on a task (DESIGN 7). Grants add up; one exclusion beats them all."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from workflows.errors import Reason

from .actor import EVERY_GROUP, Actor


class TaskFacts(Protocol):
    """What the policy needs to know of a task; the engine's open task and the store's row both have it."""

    @property
    def assignee(self) -> str | None:
        """The person who holds the task, by assignment or by claim."""

    @property
    def candidate_users(self) -> Collection[str]:
        """Persons who may act."""

    @property
    def candidate_groups(self) -> Collection[str]:
        """Group keys whose holders may act."""

    @property
    def excluded(self) -> Collection[str]:
        """Persons who may not act, whatever grants they have."""


def may_act(task: TaskFacts, actor: Actor) -> tuple[Reason, ...]:
    """Every reason why the actor may not act on this task; empty means allowed.

    A delegate acts with the delegator's grants (`on_behalf_of`), and is excluded when either of the two is, whatever
    channel the command came through and whatever groups they hold: only the program itself and machines are nobody.
    A task without assignee and candidates is open to every signed-in person.
    """
    persons = {person for person in (actor.person, actor.on_behalf_of) if person}
    if actor.is_system and not persons:
        return ()
    reasons: list[Reason] = []
    if not persons:
        reasons.append(Reason("NOT_SIGNED_IN"))
    for person in sorted(persons & set(task.excluded)):
        reasons.append(Reason("EXCLUDED", {"person": person}))
    if task.assignee is not None:
        if task.assignee not in persons:
            reasons.append(Reason("HELD_BY_ANOTHER", {"holder": task.assignee}))
    elif not _is_candidate(task, actor, persons):
        facts = {"groups": sorted(task.candidate_groups), "users": sorted(task.candidate_users)}
        reasons.append(Reason("NOT_A_CANDIDATE", facts))
    return tuple(reasons)


def may_claim(task: TaskFacts, actor: Actor) -> tuple[Reason, ...]:
    """Every reason why the actor may not take this task into their own hands."""
    if actor.person is None:
        return (Reason("NOT_SIGNED_IN"),)
    return may_act(task, actor)


def _is_candidate(task: TaskFacts, actor: Actor, persons: set[str]) -> bool:
    if not task.candidate_users and not task.candidate_groups:
        return True
    if persons & set(task.candidate_users):
        return True
    return EVERY_GROUP in actor.groups or bool(actor.groups & set(task.candidate_groups))
