"""The bells of a person: devices that say only "Có việc mới", and other channels that name the matter."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from workflows.store import ways_out
from workflows.store.deliveries import Letter, add_delivery, is_waiting_for
from workflows.store.notices import NewNotice
from workflows.store.preferences import Choice
from workflows.store.telling import Occasion

from .compose import identity

PUSH = "push"
OTHER = "apprise"
BELL = "Có việc mới"


def ring(  # noqa: PLR0917 - what one bell needs to know
    connection: Connection, occasion: Occasion, person_id: int, choice: Choice, notice: NewNotice, now: datetime
) -> None:
    """Put the bells of a notice on their way, at the time of its letter; what waits for a digest rings nothing."""
    if notice.fate == "for_digest" or notice.event == "ma":
        return
    at = max(notice.due_at, now)
    if choice.push:
        for device in ways_out.subscriptions_of(connection, person_id):
            address = f"{PUSH}:{device.id}"
            # A bell that waits already says the same.
            if not is_waiting_for(connection, PUSH, address):
                add_delivery(connection, _bell(occasion, person_id, PUSH, address, device.label, BELL), at)
    if choice.other:
        for other in ways_out.other_addresses_of(connection, person_id=person_id):
            address = f"{OTHER}:{other.id}"
            add_delivery(connection, _bell(occasion, person_id, OTHER, address, other.label, notice.subject), at)


def _bell(  # noqa: PLR0917 - the columns of one row
    occasion: Occasion, person_id: int, channel: str, address: str, name: str, said: str
) -> Letter:
    identified = identity(occasion.key, address, channel)
    return Letter(occasion.id, person_id, None, name, address, channel, said, said, "", {}, identified)
