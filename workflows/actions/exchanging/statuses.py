"""What we tell the sender of a document about it: arrived, refused, received … each once."""

from __future__ import annotations

from workflows.actions.desk import Work
from workflows.papers.edxml_model import Organ, Reply, Staff, StatusMessage
from workflows.papers.edxml_write import write_status
from workflows.store import directory, exchange
from workflows.store.directory import Body
from workflows.store.exchange import Sealed


def tell_status(work: Work, about: Sealed, code: str, description: str = "") -> None:
    """Put the status of a document that came in on its way to who sent it; a second time it is the same message."""
    office = directory.body(work.connection, about.office_id)
    staff = Staff(name=work.by.name) if work.by.person else Staff()
    reply = Reply(about.peer, about.cited, about.document_on, about.document_id)
    told = StatusMessage(organ_of(office), reply, code, work.now, description, staff)
    exchange.keep(
        work.connection,
        {
            **facts_of(about),
            "direction": exchange.OUT,
            "message": code,
            "detail": description or None,
            "incoming_id": about.incoming_id,
            "content": write_status(told),
            "state": "pending",
            "made_at": work.now,
            "next_at": work.now,
        },
    )


def tell_sender(work: Work, incoming_id: int, code: str, description: str = "") -> None:
    """The same for a line of the register of what comes in; nothing when it came on paper."""
    for each in exchange.of_incoming(work.connection, incoming_id):
        if each.direction == exchange.IN and each.message in exchange.DOCUMENTS:
            tell_status(work, each, code, description)


def facts_of(about: Sealed) -> dict[str, object]:
    """What every message about a document has in common with it."""
    names = ("office_id", "peer", "document_id", "cited", "document_on", "title", "peer_name")
    return {name: getattr(about, name) for name in names}


def organ_of(body: Body) -> Organ:
    """The body as one side of the exchange."""
    return Organ(body.organ_code or "", body.name, address=body.place or "", email=body.email or "")
