"""Who acts: the person with the posts held at this instant, or in another's place by a delegation in force.

Capacity is chosen for each act: whoever may do a task both in the own right and for another says on the form for whom.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from workflows.engine.actor import Actor
from workflows.engine.rights import TaskFacts, may_act
from workflows.errors import Refused
from workflows.plans.authority import Entrusted
from workflows.store import directory
from workflows.store.directory.groups import PERSON
from workflows.store.local_days import local_day

OWN = "rieng"
FIELD = "tu_cach"


@dataclass(frozen=True)
class Standing:
    """The actor for one task, the delegation it rests on when that is another's authority, and every other choice."""

    actor: Actor
    delegation: directory.Delegation | None = None
    options: tuple[Standing, ...] = ()

    @property
    def key(self) -> str:
        """How a form names this capacity."""
        return OWN if self.delegation is None else f"uy_quyen_{self.delegation.id}"


class Task(TaskFacts, Entrusted, Protocol):
    """What must be known of a task to say in which capacities somebody may do it."""


def actor_of(connection: Connection, person_id: int, name: str, now: datetime, channel: str = "web") -> Actor:
    """The person in their own right; groups are read now, so a post that ended a minute ago counts no more."""
    held = directory.posts_held(connection, person_id, local_day(now))
    groups = directory.groups_held(connection, held, local_day(now))
    # Whoever holds a post has not left: only of the others that has to be asked.
    if held or not directory.is_gone(connection, person_id, local_day(now)):
        groups |= {directory.group(PERSON, person_id)}
    return Actor(str(person_id), name, channel=channel, groups=groups, post=held[0].title if held else None)


def standing_for(connection: Connection, actor: Actor, task: Task, now: datetime, chosen: str = "") -> Standing:
    """The actor as `chosen` for this task, else in the first capacity that may do it, own right before what was lent.

    Unchanged when no capacity may do it. CAPACITY_GONE when the chosen one may not, or not any more.
    """
    possible = standings(connection, actor, task, now)
    if chosen:
        found = next((each for each in possible if each.key == chosen), None)
        if found is None:
            raise Refused("CAPACITY_GONE", field=FIELD)
    else:
        found = possible[0] if possible else Standing(_with_post(connection, actor, task.groups, now))
    return replace(found, options=possible)


def standings(connection: Connection, actor: Actor, task: Task, now: datetime) -> tuple[Standing, ...]:
    """Every capacity in which this person may do the task now: in the own right, and for each lender."""
    own = Standing(_with_post(connection, actor, task.groups, now))
    lent = [
        Standing(_in_place_of(connection, actor, each, now), each)
        for each in directory.lent_to(connection, int(actor.person or 0), now)
        if each.reaches(task)
    ]
    return tuple(each for each in (own, *lent) if not may_act(task, each.actor))


def require_choice(standing: Standing, chosen: str) -> None:
    """Refuse an act that could be done in several capacities and does not say in which; CAPACITY_NEEDED."""
    if len(standing.options) > 1 and not chosen:
        raise Refused("CAPACITY_NEEDED", field=FIELD)


def _in_place_of(connection: Connection, actor: Actor, lent: directory.Delegation, now: datetime) -> Actor:
    """The actor with the lender's groups and no others: what is done for another rests on the other's rights alone."""
    return replace(
        _with_post(connection, actor, lent.groups, now),
        capacity=lent.capacity,
        on_behalf_of=str(lent.from_person_id),
        principal=lent.from_name,
        delegation=lent.id,
        groups=lent.groups,
    )


def _with_post(connection: Connection, actor: Actor, groups: Collection[str], now: datetime) -> Actor:
    """The post named under a signature is the one in the body that gives the right, where the person has one there."""
    named = [directory.parse_group(key) for key in groups if directory.is_group(key)]
    bodies = {body_id for role, body_id in named if role != directory.PERSON}
    for held in directory.posts_held(connection, int(actor.person or 0), local_day(now)):
        if held.body_id in bodies:
            return replace(actor, post=held.title)
    return actor
