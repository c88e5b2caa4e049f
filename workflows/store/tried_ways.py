"""What a person sent to themselves to see whether a way reaches them: the newest of each way, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from .tables.telling import deliveries, outbox

TRIED = "way_tried"


@dataclass(frozen=True)
class Tried:
    """One trial; `status` is that of its letter: pending | sending | sent | retry | dead."""

    way: str  # mail, or the address of a bell or another channel: push:3, apprise:5
    at: datetime
    status: str
    ended_at: datetime | None
    error: str | None


def tried_by(connection: Connection, person_id: int) -> dict[str, Tried]:
    """The newest trial of each way of this person."""
    wanted = (
        select(deliveries, outbox.c.at)
        .join(outbox, outbox.c.id == deliveries.c.outbox_id)
        .where(deliveries.c.person_id == person_id, outbox.c.kind == TRIED)
        .order_by(deliveries.c.id)
    )
    newest: dict[str, Tried] = {}
    for row in connection.execute(wanted):
        way = row.channel if row.channel == "mail" else row.address
        newest[way] = Tried(way, row.at, row.status, row.sent_at, row.error)
    return newest
