"""Which plans a person may look at: those of the own office, and those that ask, address or burden the own bodies."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, or_, select

from workflows.store.directory import parse_group
from workflows.store.tables.consultation import opinions, rounds
from workflows.store.tables.directory import bodies
from workflows.store.tables.issuing import recipients
from workflows.store.tables.plans import plans
from workflows.store.tables.worklist import task_groups, tasks


@dataclass(frozen=True)
class Sight:
    """The bodies that a person belongs to, the offices of those, and the group keys held or lent."""

    body_ids: frozenset[int]
    office_ids: frozenset[int]
    groups: frozenset[str]


# Belonging to another organisation's body gives sight of what concerns that body, not of the whole office beside it.
OWN_KINDS = ("office", "unit")


def sight_of(connection: Connection, groups: Collection[str]) -> Sight:
    """What these groups belong to."""
    body_ids = frozenset(parse_group(key)[1] for key in groups)
    rows = connection.execute(select(bodies.c.office_id).where(bodies.c.id.in_(body_ids), bodies.c.kind.in_(OWN_KINDS)))
    return Sight(body_ids, frozenset(row.office_id for row in rows if row.office_id), frozenset(groups))


def may_see(sight: Sight) -> ColumnElement[bool]:
    """The condition on a row of plans."""
    asked = select(rounds.c.plan_id).join(opinions, opinions.c.round_id == rounds.c.id)
    addressed = select(recipients.c.subject_id).where(
        recipients.c.subject == "plan", recipients.c.body_id.in_(sight.body_ids), recipients.c.status != "chua_gui"
    )
    offered = select(tasks.c.plan_id).join(task_groups, task_groups.c.task_id == tasks.c.id)
    return or_(
        plans.c.office_id.in_(sight.office_ids),
        plans.c.id.in_(asked.where(opinions.c.body_id.in_(sight.body_ids))),
        plans.c.id.in_(addressed),
        plans.c.id.in_(offered.where(task_groups.c.group_key.in_(sight.groups))),
    )


def sees(connection: Connection, sight: Sight, plan_id: int) -> bool:
    """Whether this plan may be looked at."""
    return connection.execute(select(plans.c.id).where(plans.c.id == plan_id, may_see(sight))).first() is not None
