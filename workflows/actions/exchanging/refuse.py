"""Văn thư returns an envelope that is addressed wrongly or not valid (NĐ 30/2020 Điều 21.2b), with a reason."""

from __future__ import annotations

from workflows.actions.desk import Desk
from workflows.actions.outgoing_line import require_clerk
from workflows.actions.reasons import reason_in
from workflows.errors import NotFound, Refused
from workflows.papers import edxml_model as edxml
from workflows.store import exchange

from .statuses import tell_status


def refuse_envelope(desk: Desk, envelope_id: int, reason: str) -> None:
    """Refuse a document that waits; the sender is told so with the reason (02), and it never gets a number here."""
    said = reason_in(reason)
    with desk.open() as work:
        envelope = exchange.sealed(work.connection, envelope_id, lock=True)
        require_clerk(work, envelope.office_id)
        if envelope.direction != exchange.IN or envelope.message not in exchange.DOCUMENTS:
            raise NotFound("envelope", id=envelope_id)
        if envelope.state != "waiting":
            raise Refused("ALREADY_HANDLED", cited=envelope.cited)
        exchange.change(work.connection, envelope_id, only_from=("waiting",), state="refused", detail=said)
        tell_status(work, envelope, edxml.REFUSED, said)
