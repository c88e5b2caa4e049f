"""The office says in which hours its letters rest; a person may choose other hours for the own ones."""

from __future__ import annotations

from workflows.actions.consulting.set_silence_rule import SETTERS
from workflows.actions.desk import Desk
from workflows.errors import Refused
from workflows.store import clockwork
from workflows.store.preferences import QUIET_SETTING, parse_quiet


def set_quiet_hours(desk: Desk, office_id: int, hours: str) -> None:
    """Set hours such as 20:00-06:00 in Việt Nam, nothing for none; BAD_QUIET, NOT_YOURS."""
    parse_quiet(hours)
    with desk.open() as work:
        if not {f"{role}@{office_id}" for role in SETTERS} & work.by.groups:
            raise Refused("NOT_YOURS", office=office_id)
        kept = hours.strip()
        clockwork.set_setting(work.connection, QUIET_SETTING, kept, now=work.now, by=work.by.name, office_id=office_id)
