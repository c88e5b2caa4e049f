"""Who acts: the person with the posts held at this instant, or in another's place by a delegation in force."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from workflows.engine.actor import Actor
from workflows.store import directory
from workflows.store.directory.groups import PERSON
from workflows.store.local_days import local_day


@dataclass(frozen=True)
class Standing:
    """The actor for one task, and the delegation it rests on when that is somebody else's authority."""

    actor: Actor
    delegation: directory.Delegation | None = None


def actor_of(connection: Connection, person_id: int, name: str, now: datetime, channel: str = "web") -> Actor:
    """The person in their own right; groups are read now, so a post that ended a minute ago counts no more."""
    held = directory.posts_held(connection, person_id, local_day(now))
    groups = directory.groups_of(connection, person_id, now) | {directory.group(PERSON, person_id)}
    return Actor(str(person_id), name, channel=channel, groups=groups, post=held[0].title if held else None)


def standing_for(connection: Connection, actor: Actor, groups: Collection[str], now: datetime) -> Standing:
    """The actor as these groups need it: own posts first, then what was lent; unchanged when neither helps.

    The post named under a signature is the one that gives the right.
    """
    person_id = int(actor.person or 0)
    own = actor.groups & frozenset(groups)
    if own or not groups:
        return Standing(_with_post(connection, actor, own, now))
    for lent in directory.lent_to(connection, person_id, now):
        if lent.groups & frozenset(groups):
            stands_in = replace(
                actor,
                capacity=lent.capacity,
                on_behalf_of=str(lent.from_person_id),
                groups=actor.groups | lent.groups,
            )
            return Standing(stands_in, lent)
    return Standing(actor)


def groups_lent(connection: Connection, person_id: int, now: datetime) -> frozenset[str]:
    """The groups that others lent to this person and that are in force now."""
    return frozenset(key for lent in directory.lent_to(connection, person_id, now) for key in lent.groups)


def _with_post(connection: Connection, actor: Actor, own: frozenset[str], now: datetime) -> Actor:
    bodies = {directory.parse_group(key)[1] for key in own}
    for held in directory.posts_held(connection, int(actor.person or 0), local_day(now)):
        if held.body_id in bodies:
            return replace(actor, post=held.title)
    return actor
