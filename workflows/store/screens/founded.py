"""Whether anybody was there: who of the people that a file entered signed in, and which of its offices have traces."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from workflows.store.tables.clockwork import calendar_days
from workflows.store.tables.directory import accounts, sessions
from workflows.store.tables.display import setting_changes
from workflows.store.tables.worklist import tasks


def signed_in(connection: Connection, person_ids: Collection[int]) -> set[int]:
    """Who of these people ever signed in."""
    return set(connection.scalars(select(sessions.c.person_id).where(sessions.c.person_id.in_(person_ids))))


def with_account(connection: Connection, person_ids: Collection[int]) -> set[int]:
    """Who of these people can sign in."""
    return set(connection.scalars(select(accounts.c.person_id).where(accounts.c.person_id.in_(person_ids))))


def offices_with_traces(connection: Connection, office_ids: Collection[int]) -> set[int]:
    """Which of these offices something names without a reference that the database itself would keep."""
    found: set[int] = set()
    for table in (setting_changes, calendar_days, tasks):
        mine = select(table.c.office_id).where(table.c.office_id.in_(office_ids)).distinct()
        found |= set(connection.scalars(mine))
    return found
