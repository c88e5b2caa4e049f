"""The office says in which states the clock of its plans stands still."""

from __future__ import annotations

from collections.abc import Collection

from workflows.actions.consulting.set_silence_rule import SETTERS
from workflows.actions.desk import Desk
from workflows.errors import Refused
from workflows.plans.plan_time import STOPS
from workflows.store import stops


def set_clock_stops(desk: Desk, office_id: int, states: Collection[str]) -> None:
    """Set the states; BAD_FIELD for an unknown one, NOT_YOURS for who may not set the office's rules."""
    unknown = sorted(set(states) - set(STOPS))
    if unknown:
        raise Refused("BAD_FIELD", field="dung_khi", value=", ".join(unknown), allowed=list(STOPS))
    with desk.open() as work:
        if not {f"{role}@{office_id}" for role in SETTERS} & work.by.groups:
            raise Refused("NOT_YOURS", office=office_id)
        stops.set_stops(work.connection, office_id, [each for each in STOPS if each in states], work.now, work.by.name)
