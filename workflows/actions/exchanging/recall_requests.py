"""A sender asks for its document back (NĐ 30/2020 Điều 18): not entered, it is destroyed; else văn thư answers."""

from __future__ import annotations

from workflows.actions.desk import Desk, Work
from workflows.actions.outgoing_line import require_clerk
from workflows.actions.reasons import note, reason_in
from workflows.errors import Refused
from workflows.papers import edxml_model as edxml
from workflows.store import exchange, incoming, telling
from workflows.store.exchange import Sealed

from .statuses import facts_of, tell_status


def ask_back(work: Work, office_id: int, peer: str, document_id: str, reason: str) -> None:
    """Note the request; a document that nobody entered yet is destroyed at once and the sender is told so (15)."""
    document = exchange.find(work.connection, exchange.IN, office_id, peer, document_id, exchange.DOCUMENTS)
    if document is None:
        raise Refused("UNKNOWN_DOCUMENT", document=document_id, peer=peer)
    entered = document.state == "entered"
    request = facts_of(document) | {
        "direction": exchange.IN,
        "message": exchange.RECALL,
        "detail": reason or None,
        "incoming_id": document.incoming_id,
        "content": b"",
        "state": "waiting" if entered else "noted",
        "made_at": work.now,
    }
    kept = exchange.keep(work.connection, request)
    if kept is None:
        return
    if entered:
        telling.tell(
            work.connection,
            "document_arrived",
            f"arrived:{kept}",
            work.now,
            office_id=office_id,
            data={"envelope_id": kept},
        )
        return
    _destroy(work, document, reason)
    tell_status(work, document, edxml.AGREED)


def answer_recall(desk: Desk, request_id: int, *, agreed: bool, reason: str = "") -> None:
    """Văn thư gives the document back, so that its files are destroyed and its data stay, or says why not."""
    said = note(reason) if agreed else reason_in(reason)
    with desk.open() as work:
        request = exchange.sealed(work.connection, request_id, lock=True)
        require_clerk(work, request.office_id)
        document = exchange.find(
            work.connection, exchange.IN, request.office_id, request.peer, request.document_id, exchange.DOCUMENTS
        )
        asked = request.message == exchange.RECALL and request.direction == exchange.IN
        if not asked or document is None or request.state != "waiting":
            raise Refused("ALREADY_HANDLED", cited=request.cited)
        exchange.change(work.connection, request_id, only_from=("waiting",), state="noted")
        if agreed:
            _destroy(work, document, request.detail or "")
        tell_status(work, document, edxml.AGREED if agreed else edxml.DISAGREED, said)


def _destroy(work: Work, document: Sealed, reason: str) -> None:
    exchange.change(
        work.connection, document.id, only_from=("waiting", "entered", "refused"), state="recalled", content=None
    )
    if document.incoming_id is not None:
        incoming.destroy_files(work.connection, document.incoming_id)
        incoming.change(
            work.connection,
            document.incoming_id,
            status=incoming.RECALLED,
            recalled_at=work.now,
            recall_reason=reason or None,
        )
