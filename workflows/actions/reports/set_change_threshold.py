"""The office says from which change on a figure of its reports is pointed out."""

from __future__ import annotations

from workflows.actions.consulting.set_silence_rule import SETTERS
from workflows.actions.desk import Desk
from workflows.errors import Refused
from workflows.store.change_threshold import set_percent_flagged

MOST_PERCENT = 1000


def set_change_threshold(desk: Desk, office_id: int, typed: str) -> None:
    """Set whole percents from 1 to 1000, as somebody typed them ("20", "20%"); BAD_THRESHOLD, NOT_YOURS."""
    number = typed.strip().removesuffix("%").strip()
    percent = int(number) if number.isascii() and number.isdecimal() and len(number) <= 4 else 0
    if not 1 <= percent <= MOST_PERCENT:
        raise Refused("BAD_THRESHOLD", field="nguong", value=typed.strip()[:40], most=MOST_PERCENT)
    with desk.open() as work:
        if not {f"{role}@{office_id}" for role in SETTERS} & work.by.groups:
            raise Refused("NOT_YOURS", office=office_id)
        set_percent_flagged(work.connection, office_id, percent, work.now, work.by.name)
