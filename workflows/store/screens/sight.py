"""Which plans a person may look at: those of the own office, those that ask, address or burden the own bodies, and
those in which the person is asked or holds a task."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, or_, select, union

from workflows.store.directory import parse_group
from workflows.store.directory.groups import PERSON
from workflows.store.directory.lending import Delegation, lent_to
from workflows.store.tables.consultation import opinions, rounds
from workflows.store.tables.directory import bodies
from workflows.store.tables.issuing import recipients
from workflows.store.tables.plans import plans
from workflows.store.tables.worklist import task_groups, tasks
from workflows.store.wall.visitor import NO_OFFICE, NOBODY, Visitor


@dataclass(frozen=True)
class Sight:
    """The bodies that a person belongs to, the offices of those, the group keys held or lent, and the person."""

    body_ids: frozenset[int]
    office_ids: frozenset[int]
    groups: frozenset[str]
    person: str | None = None
    # What limited delegations cover: their plans and no others, though the lender sees more.
    plan_ids: frozenset[int] = frozenset()


# Belonging to another organisation's body gives sight of what concerns that body, not of the whole office beside it.
OWN_KINDS = ("office", "unit")


def sight_of(connection: Connection, groups: Collection[str]) -> Sight:
    """What these groups belong to; a person is named by the group of that one person (`nguoi@7`)."""
    keys = [key for key in groups if not key.startswith(f"{PERSON}@")]
    person = next((key.partition("@")[2] for key in groups if key.startswith(f"{PERSON}@")), None)
    body_ids = frozenset(parse_group(key)[1] for key in keys)
    rows = connection.execute(select(bodies.c.office_id).where(bodies.c.id.in_(body_ids), bodies.c.kind.in_(OWN_KINDS)))
    return Sight(body_ids, frozenset(row.office_id for row in rows if row.office_id), frozenset(keys), person)


def sight_with_lent(connection: Connection, groups: Collection[str], person_id: int, now: datetime) -> Sight:
    """What this person may look at in the own right and in the place of those who lent them authority.

    An unlimited delegation shows what the lender sees; a limited one only the plans that it covers.
    """
    return _with(connection, groups, lent_to(connection, person_id, now))


def visitor_of(connection: Connection, groups: Collection[str], person_id: int, now: datetime) -> Visitor:
    """The same as the wall is told it; nobody where the database keeps none.

    Of limited delegations it knows the plans, and whose tasks are lent. Which of those tasks a delegation reaches is
    asked by the pages alone: the wall stands between offices.
    """
    if connection.dialect.name == "sqlite":
        return NOBODY
    lent = lent_to(connection, person_id, now)
    seen = _with(connection, groups, lent)
    keys = {*groups, *(key for each in lent for key in each.groups)}
    speaks_for = {parse_group(key)[1] for key in keys if not key.startswith(f"{PERSON}@")}
    return Visitor(
        seen.office_ids | {NO_OFFICE},
        frozenset(speaks_for),
        frozenset(keys),
        frozenset(map(str, (person_id, *(each.from_person_id for each in lent)))),
        seen.plan_ids,
    )


def _with(connection: Connection, groups: Collection[str], lent: Sequence[Delegation]) -> Sight:
    whole = {key for each in lent if not each.scope.is_limited for key in each.groups}
    covered = {plan for each in lent if each.scope.is_limited for plan in _covered(connection, each)}
    return replace(sight_of(connection, {*groups, *whole}), plan_ids=frozenset(covered))


def _covered(connection: Connection, lent: Delegation) -> Iterable[int]:
    """The plans that the lender may look at and that the delegation names, or has a task of in its kinds and steps."""
    scope = lent.scope
    within = [may_see(sight_of(connection, lent.groups))]
    if scope.plans:
        within.append(plans.c.id.in_(sorted(scope.plans)))
    if scope.kinds or scope.steps:
        reached = select(tasks.c.plan_id).outerjoin(task_groups, task_groups.c.task_id == tasks.c.id)
        named = task_groups.c.group_key.in_(sorted(lent.groups))
        reached = reached.where(
            or_(named, tasks.c.assignee == str(lent.from_person_id)), tasks.c.status.in_(("open", "completed"))
        )
        for column, wanted in ((tasks.c.process, scope.kinds), (tasks.c.form, scope.steps)):
            if wanted:
                reached = reached.where(column.in_(sorted(wanted)))
        within.append(plans.c.id.in_(reached))
    return connection.scalars(select(plans.c.id).where(*within))


def may_see(sight: Sight) -> ColumnElement[bool]:
    """The condition on a row of plans."""
    return or_(plans.c.office_id.in_(sight.office_ids), *(plans.c.id.in_(each) for each in _concerning(sight)))


def seen_elsewhere(connection: Connection, sight: Sight) -> list[int]:
    """The plans of other offices that may be looked at, from the indexes of what concerns the person."""
    concerning = plans.c.id.in_(union(*_concerning(sight)))
    return list(connection.scalars(select(plans.c.id).where(concerning, plans.c.office_id.not_in(sight.office_ids))))


def _concerning(sight: Sight) -> list[Select[tuple[int]]]:
    """The ids of the plans that ask, address or burden the own bodies, and of those that are the person's own."""
    asked = select(rounds.c.plan_id).join(opinions, opinions.c.round_id == rounds.c.id)
    addressed = select(recipients.c.subject_id).where(
        recipients.c.subject == "plan", recipients.c.body_id.in_(sight.body_ids), recipients.c.status != "chua_gui"
    )
    offered = select(tasks.c.plan_id).join(task_groups, task_groups.c.task_id == tasks.c.id)
    # A request that was withdrawn shows nothing any more.
    kept = tasks.c.status.in_(("open", "completed"))
    alone = offered.where(task_groups.c.group_key == f"{PERSON}@{sight.person}", kept)
    own = select(tasks.c.plan_id).where(tasks.c.assignee == sight.person, kept)
    covered = select(plans.c.id).where(plans.c.id.in_(sorted(sight.plan_ids)))
    return [
        *((alone, own) if sight.person is not None else ()),
        *((covered,) if sight.plan_ids else ()),
        asked.where(opinions.c.body_id.in_(sight.body_ids)),
        addressed,
        offered.where(task_groups.c.group_key.in_(sight.groups)),
    ]


def sees(connection: Connection, sight: Sight, plan_id: int) -> bool:
    """Whether this plan may be looked at."""
    return connection.execute(select(plans.c.id).where(plans.c.id == plan_id, may_see(sight))).first() is not None
