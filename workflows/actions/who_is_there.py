"""Everybody who could act at an instant, in each capacity; the other side of asking what one person may do."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import Connection

from workflows.engine.actor import Actor
from workflows.engine.coverage import Present
from workflows.store import directory, organisation
from workflows.store.directory import is_group
from workflows.store.local_days import local_day


def crew(connection: Connection, keys: Collection[str], absent: int, now: datetime) -> Iterator[Present]:
    """Everybody who is there at this instant and may do something for these groups, in each of their capacities."""
    today = local_day(now)
    people = {absent}
    for key in filter(is_group, keys):
        people |= {each.person_id for each in directory.holders_of(connection, key, today)}
    away = organisation.absent_on(connection, people, today) | {absent}
    for person_id in sorted(people):
        if person_id not in away:
            yield Present(Actor(str(person_id), groups=directory.groups_of(connection, person_id, now)))
        for lent in directory.borrowers_of(connection, person_id, now):
            borrower = lent.to_person_id
            if borrower != absent and borrower not in organisation.absent_on(connection, [borrower], today):
                in_place = Actor(str(borrower), groups=lent.groups, capacity=lent.capacity, on_behalf_of=str(person_id))
                yield Present(in_place, lent.reaches)
