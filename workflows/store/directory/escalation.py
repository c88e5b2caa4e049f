"""Who is told when a task is late: the target of an escalation level, found in the organisation of that day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection

from workflows.errors import Refused
from workflows.store.organisation import absent_on

from .bodies import Body, bodies_by_id
from .groups import HEAD, PERSON, group, is_group, parse_group
from .posts import Holder, holders_of

# An empty post must not swallow a warning: the next one above hears it.
INSTEAD = {"pho_chu_tich": "chu_tich", "chu_tich": "van_thu", "van_thu": None}
# Who hears it when the holders are away.
DEPUTY = {"chu_tich": "pho_chu_tich"}


def escalation_target(
    connection: Connection, target: str, groups: Iterable[str], office_id: int, on: date, *, assignee: str | None = None
) -> list[Holder]:
    """The people that a level of escalation names, each once.

    `nguoi_giu`: the assignee, else everybody in the task's groups. `thu_truong`: the heads of those groups' bodies,
    and for a unit without a head the head of its office; another organisation's head is never replaced by ours.
    `pho_chu_tich`, `chu_tich`, `van_thu`: those of the office; where nobody is, the next one above, at last văn thư.
    Whoever is away that day is passed over, a chairman towards the deputy.
    """
    keys = sorted({key for key in groups if is_group(key)})
    if assignee is not None:
        keys.append(group(PERSON, int(assignee)))
    if target == "nguoi_giu":
        holding = keys[-1:] if assignee is not None else keys
        return _once(each for key in holding for each in holders_of(connection, key, on))
    if target == HEAD:
        concerned = bodies_by_id(connection, _bodies_behind(connection, keys, on))
        return _once(each for body in concerned.values() for each in _heads(connection, body, on))
    if target not in INSTEAD:
        raise Refused("BAD_TARGET", target=target)
    found: list[Holder] = []
    rung: str | None = target
    while not found and rung is not None:
        holders = holders_of(connection, group(rung, office_id), on)
        found = _present(connection, holders, on)
        if holders and not found and rung in DEPUTY:
            found = _present(connection, holders_of(connection, group(DEPUTY[rung], office_id), on), on)
        rung = INSTEAD[rung]
    # Nobody is there at all: a warning is better read late than never.
    return found or holders_of(connection, group(target, office_id), on)


def _bodies_behind(connection: Connection, keys: Iterable[str], on: date) -> set[int]:
    """The bodies of the groups; for a person named alone, those of the posts held."""
    named = [parse_group(key) for key in keys]
    found = {number for role, number in named if role != PERSON}
    if found:
        return found
    return {each.body_id for _, number in named for each in holders_of(connection, group(PERSON, number), on)}


def _heads(connection: Connection, body: Body, on: date) -> list[Holder]:
    heads = holders_of(connection, group(HEAD, body.id), on)
    if heads or body.kind != "unit" or body.office_id in (None, body.id):
        return heads
    return holders_of(connection, f"{HEAD}@{body.office_id}", on)


def _present(connection: Connection, holders: list[Holder], on: date) -> list[Holder]:
    away = absent_on(connection, [each.person_id for each in holders], on)
    return [each for each in holders if each.person_id not in away]


def _once(holders: Iterable[Holder]) -> list[Holder]:
    first: dict[int, Holder] = {}
    for each in holders:
        first.setdefault(each.person_id, each)
    return list(first.values())
