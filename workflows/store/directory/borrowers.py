"""Who acts for somebody: the other side of `lent_to`, for those who write to the people that may act."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from workflows.store.tables.directory import delegations

from .posts import Delegation, lent_to


def borrowers_of(connection: Connection, person_id: int, now: datetime) -> list[Delegation]:
    """The delegations of this person in force at this instant, in the order of entry."""
    wanted = select(delegations.c.to_person_id).where(delegations.c.from_person_id == person_id).distinct()
    found = [each for to in connection.scalars(wanted).all() for each in lent_to(connection, to, now)]
    return sorted((each for each in found if each.from_person_id == person_id), key=lambda each: each.id)
