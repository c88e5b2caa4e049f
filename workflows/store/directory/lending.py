"""Delegations: what one person lent to another for a time, on what document, and what of it is in force."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, insert, or_, select, update

from workflows.errors import NotFound, Refused
from workflows.plans.authority import LENT_CAPACITIES, Entrusted, Scope, by_name, reaches
from workflows.store.driver import Reading, read_rows
from workflows.store.local_days import local_day
from workflows.store.suspending import suspension_of_person
from workflows.store.tables.directory import delegations, people

from .groups import parse_group
from .posts import groups_of, is_gone

_LENDER, _BORROWER = people.alias("lender"), people.alias("borrower")


@dataclass(frozen=True)
class Delegation:
    """What one person lent to another for a time; `groups` are those of the lent ones that the lender holds now."""

    id: int
    from_person_id: int
    from_name: str
    to_person_id: int
    to_name: str
    capacity: str
    groups: frozenset[str]
    scope: Scope
    basis: str
    document_no: str | None
    document_on: date | None
    valid_from: datetime
    valid_to: datetime
    entered_by: str | None
    revoked_at: datetime | None
    revoked_by: str | None

    def reaches(self, task: Entrusted) -> bool:
        """Whether it lends the right to this task."""
        return reaches(self.from_person_id, self.groups, self.scope, task)

    def state(self, now: datetime) -> str:
        """One of revoked, ahead, in_force, over."""
        if self.revoked_at is not None and self.revoked_at <= now:
            return "revoked"
        return "ahead" if now < self.valid_from else "in_force" if now < self.valid_to else "over"


def delegate(
    connection: Connection,
    from_person_id: int,
    to_person_id: int,
    *,
    capacity: str,
    groups: Iterable[str],
    basis: str,
    valid_from: datetime,
    valid_to: datetime,
    scope: Scope | None = None,
    document_no: str | None = None,
    document_on: date | None = None,
    entered_at: datetime | None = None,
    entered_by: str | None = None,
) -> int:
    """Lend groups to another person until (not including) `valid_to`, and return the id.

    `NOT_HELD` names the groups that the lender does not hold when it begins: nothing is lent that is not one's own, so
    what was borrowed cannot be lent on (NĐ 30/2020 Điều 13 khoản 4).
    """
    lent = sorted(set(groups))
    for key in lent:
        parse_group(key)
    if capacity not in LENT_CAPACITIES:
        raise Refused("BAD_CAPACITY", capacity=capacity)
    if valid_to <= valid_from:
        raise Refused("BAD_PERIOD", valid_from=valid_from.isoformat(), valid_to=valid_to.isoformat())
    own = groups_of(connection, from_person_id, valid_from) | {by_name(from_person_id)}
    missing = sorted(set(lent) - own)
    if missing or not lent:
        raise Refused("NOT_HELD", groups=missing)
    row = {
        "from_person_id": from_person_id,
        "to_person_id": to_person_id,
        "capacity": capacity,
        "groups": lent,
        "scope": scope.to_json() if scope else None,
        "basis": basis,
        "document_no": document_no,
        "document_on": document_on,
        "valid_from": valid_from,
        "valid_to": valid_to,
        "entered_at": entered_at,
        "entered_by": entered_by,
    }
    return int(connection.execute(insert(delegations).values(row).returning(delegations.c.id)).scalar_one())


def revoke_delegation(connection: Connection, delegation_id: int, now: datetime, by: str | None = None) -> None:
    """Take back what was lent from this instant on; a delegation that was taken back before stays as it is."""
    lent = (delegations.c.id == delegation_id, or_(delegations.c.revoked_at.is_(None), delegations.c.revoked_at > now))
    connection.execute(update(delegations).where(*lent).values(revoked_at=now, revoked_by=by))


def delegation(connection: Connection, delegation_id: int) -> Delegation:
    """This delegation with the groups as they were lent; NotFound when there is none."""
    row = connection.execute(_listed().where(delegations.c.id == delegation_id)).one_or_none()
    if row is None:
        raise NotFound("delegation", id=delegation_id)
    return _delegation(row, frozenset(row.groups))


def delegations_of(connection: Connection, person_ids: Collection[int]) -> list[Delegation]:
    """Everything that these people lent or borrowed, newest first, with the groups as they were lent."""
    wanted = _listed().where(
        or_(delegations.c.from_person_id.in_(person_ids), delegations.c.to_person_id.in_(person_ids))
    )
    rows = connection.execute(wanted.order_by(delegations.c.valid_from.desc(), delegations.c.id.desc())).all()
    return [_delegation(row, frozenset(row.groups)) for row in rows]


def turned(connection: Connection, since: datetime, now: datetime, limit: int) -> list[Delegation]:
    """The delegations that began or ended by themselves after `since`, with the groups as they were lent.

    One that began when it was entered is none of them, and one that was taken back turned by somebody's hand.
    """
    began = and_(delegations.c.valid_from > since, delegations.c.valid_from > delegations.c.entered_at)
    turns = or_(and_(began, delegations.c.valid_from <= now), delegations.c.valid_to.between(since, now))
    standing = or_(delegations.c.revoked_at.is_(None), delegations.c.revoked_at > now)
    rows = connection.execute(_listed().where(turns, standing).order_by(delegations.c.id).limit(limit)).all()
    return [_delegation(row, frozenset(row.groups)) for row in rows]


# Few have borrowed anything, and every request asks.
# Most people neither borrow nor lend anything, which is cheaper asked first.
_LENT, _LENDS = (
    Reading(query, [delegations.c.id.type])
    for query in (
        "SELECT id FROM delegations WHERE to_person_id = ?1 AND valid_to > ?2 LIMIT 1",
        "SELECT id FROM delegations WHERE from_person_id = ?1 AND valid_to > ?2 LIMIT 1",
    )
)


def lent_to(connection: Connection, person_id: int, now: datetime) -> list[Delegation]:
    """The delegations to this person in force at this instant; what the lender does not hold cannot be lent."""
    if not read_rows(connection, _LENT, (person_id, now)) or is_gone(connection, person_id, local_day(now)):
        return []
    return _in_force(connection, delegations.c.to_person_id == person_id, now)


def borrowers_of(connection: Connection, person_id: int, now: datetime) -> list[Delegation]:
    """The delegations of this person in force at this instant, in the order of entry; the other side of `lent_to`."""
    if not read_rows(connection, _LENDS, (person_id, now)):
        return []
    found = _in_force(connection, delegations.c.from_person_id == person_id, now)
    return [each for each in found if not is_gone(connection, each.to_person_id, local_day(now))]


def _in_force(connection: Connection, whose: ColumnElement[bool], now: datetime) -> list[Delegation]:
    in_force = and_(
        delegations.c.valid_from <= now,
        delegations.c.valid_to > now,
        or_(delegations.c.revoked_at.is_(None), delegations.c.revoked_at > now),
    )
    rows = connection.execute(_listed().where(whose, in_force).order_by(delegations.c.id)).all()
    found = [_delegation(row, _still_held(connection, row, now)) for row in rows]
    return [each for each in found if each.groups]


def _still_held(connection: Connection, row: Row[Any], now: datetime) -> frozenset[str]:
    own = groups_of(connection, row.from_person_id, now)
    if not _is_out(connection, row.from_person_id, local_day(now)):
        own |= {by_name(row.from_person_id)}
    return own & frozenset(row.groups)


def _is_out(connection: Connection, person_id: int, today: date) -> bool:
    """Whether somebody has no authority at all: they left, or every office of theirs is suspended."""
    return is_gone(connection, person_id, today) or suspension_of_person(connection, person_id, today) is not None


def _listed() -> Select[Any]:
    return (
        select(delegations, _LENDER.c.name.label("from_name"), _BORROWER.c.name.label("to_name"))
        .join(_LENDER, _LENDER.c.id == delegations.c.from_person_id)
        .join(_BORROWER, _BORROWER.c.id == delegations.c.to_person_id)
    )


def _delegation(row: Row[Any], groups: frozenset[str]) -> Delegation:
    values = {name: row._mapping[name] for name in Delegation.__dataclass_fields__}
    return Delegation(**values | {"groups": groups, "scope": Scope.from_json(row.scope)})
