"""Nobody comes in for an office that is suspended, however they prove who they are."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from workflows.errors import Refused
from workflows.store import directory
from workflows.store.local_days import local_day
from workflows.store.suspending import suspension_of_person


def require_office_at_work(connection: Connection, person_id: int, now: datetime) -> None:
    """OFFICE_SUSPENDED for somebody all of whose offices are suspended, with whom to ask."""
    found = suspension_of_person(connection, person_id, local_day(now))
    if found is not None:
        name = directory.body(connection, found.office_id).name
        raise Refused("OFFICE_SUSPENDED", name=name, ask=found.ask, since=found.since)
