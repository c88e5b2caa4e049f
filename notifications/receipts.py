"""What becomes of the letters that carry an issued document is noted with its addressee (Nơi nhận)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from workflows.store import issuing, telling
from workflows.store.deliveries import Delivery, deliveries_of

DOCUMENT = "document_sent"
LETTERS = ("mail", "inbox")  # a bell or a webhook about it brings nobody the document


def note_sent(connection: Connection, delivery: Delivery, now: datetime) -> None:
    """The first letter that leaves counts: the line is sent."""
    recipient_id = _recipient(connection, delivery)
    if recipient_id is not None:
        issuing.note_sent(connection, recipient_id, now)


def note_dead(connection: Connection, delivery: Delivery, error: str) -> None:
    """The line has failed once none of its letters can arrive any more."""
    recipient_id = _recipient(connection, delivery)
    written = deliveries_of(connection, delivery.letter.outbox_id)
    letters = [each for each in written if each.letter.channel in LETTERS]
    if recipient_id is not None and all(letter.status == "dead" for letter in letters):
        issuing.note_undeliverable(connection, recipient_id, error)


def _recipient(connection: Connection, delivery: Delivery) -> int | None:
    if delivery.letter.channel not in LETTERS:
        return None
    occasion = telling.occasion(connection, delivery.letter.outbox_id)
    return int(occasion.data["recipient_id"]) if occasion is not None and occasion.kind == DOCUMENT else None
