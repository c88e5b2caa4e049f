"""An envelope arrives: a document for văn thư, a request to give one back, or what became of one of ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.actions.desk import Desk, Work
from workflows.errors import Refused
from workflows.papers import edxml_model as edxml
from workflows.papers.edxml_model import Envelope, StatusMessage
from workflows.papers.edxml_read import read_message
from workflows.store import directory, exchange, issuing, telling
from workflows.store.exchange import Sealed

from .recall_requests import ask_back
from .replacing import note_replacement
from .statuses import facts_of, tell_status

BEFORE = ("chua_gui", "da_gui", "loi")
# What a status makes of the line of Nơi nhận, and from which states; a status that comes late never turns it back.
MOVES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    edxml.ARRIVED: ("da_den", BEFORE),
    edxml.REFUSED: ("tu_choi", (*BEFORE, "da_den")),
    edxml.RECEIVED: ("da_tiep_nhan", (*BEFORE, "da_den")),
    edxml.ASSIGNED: ("dang_xu_ly", (*BEFORE, "da_den", "da_tiep_nhan")),
    edxml.IN_PROCESS: ("dang_xu_ly", (*BEFORE, "da_den", "da_tiep_nhan")),
    edxml.DONE: ("da_xu_ly", (*BEFORE, "da_den", "da_tiep_nhan", "dang_xu_ly")),
}
ANSWERS = (edxml.AGREED, edxml.DISAGREED)


def take_envelope(desk: Desk, content: bytes, sender: str | None = None) -> None:
    """Keep what arrived and do what it asks; the same message a second time changes nothing.

    `sender` is the organisation code under which the carrier knows the other side. Refused with BAD_ENVELOPE,
    TOO_LARGE, WRONG_SENDER when it speaks for somebody else, NOT_OUR_CODE when none of our offices is addressed,
    UNKNOWN_DOCUMENT for a status of a document that we never sent there, ENVELOPE_DIFFERS when the document is known
    with other bytes.
    """
    message = read_message(content)
    if sender is not None and message.sender.code != sender:
        raise Refused("WRONG_SENDER", organ=message.sender.code, sender=sender)
    with desk.as_clock().open() as work:
        if isinstance(message, StatusMessage):
            _take_status(work, message, content)
        else:
            _take_document(work, message, content)


def _take_document(work: Work, envelope: Envelope, content: bytes) -> None:
    bodies = [directory.body_with_code(work.connection, each.code) for each in envelope.receivers]
    ours = [body for body in bodies if body is not None and body.kind == "office"]
    if not ours:
        raise Refused("NOT_OUR_CODE", codes=[each.code for each in envelope.receivers])
    for office in ours:
        match envelope.affair.kind:
            case edxml.RECALL:
                about = envelope.affair.document_id or envelope.document_id
                ask_back(work, office.id, envelope.sender.code, about, envelope.affair.reason)
            case edxml.UPDATE:
                _take_update(work, office.id, office.organ_code or "", envelope, content)
            case kind:
                message = exchange.REPLACE if kind == edxml.REPLACE else exchange.NEW
                _take_new(work, office.id, envelope, content, message)


def _take_new(work: Work, office_id: int, envelope: Envelope, content: bytes, message: str) -> None:
    known_as = (exchange.IN, office_id, envelope.sender.code, envelope.document_id)
    there = exchange.find(work.connection, *known_as, (exchange.NEW,)) if message == exchange.REPLACE else None
    if there is not None:
        _take_replacement(work, there, _values(office_id, envelope, content, message))
        return
    values = _values(office_id, envelope, content, message) | {"state": "waiting", "made_at": work.now}
    kept = exchange.keep(work.connection, values)
    if kept is None:
        known = _known(work, values)
        if known.sha256 != exchange.hash_of(content):
            raise Refused("ENVELOPE_DIFFERS", document=envelope.document_id)
        return
    tell_status(work, exchange.sealed(work.connection, kept), edxml.ARRIVED)
    telling.tell(
        work.connection,
        "document_arrived",
        f"arrived:{kept}",
        work.now,
        office_id=office_id,
        data={"envelope_id": kept, "priority": envelope.other.priority},
    )


def _take_replacement(work: Work, document: Sealed, values: Mapping[str, Any]) -> None:
    """A document that is here already replaces another one, as its sender noted since."""
    facts = {"state": "noted", "made_at": work.now, "incoming_id": document.incoming_id}
    if exchange.keep(work.connection, {**values, **facts}) is not None and document.incoming_id is not None:
        note_replacement(work, document, document.incoming_id)


def _take_update(work: Work, office_id: int, code: str, envelope: Envelope, content: bytes) -> None:
    """The list of receivers changed; whoever is removed is asked to give the document back."""
    about = envelope.affair.document_id or envelope.document_id
    message = f"{exchange.UPDATE}-{exchange.hash_of(content)[:12]}"
    values = _values(office_id, envelope, content, message) | {"state": "noted", "made_at": work.now}
    if exchange.keep(work.connection, values) is None:
        return
    removed = {each.organ_code for each in envelope.affair.receivers if each.kind == edxml.REMOVED}
    if code in removed:
        ask_back(work, office_id, envelope.sender.code, about, envelope.affair.reason)


def _take_status(work: Work, status: StatusMessage, content: bytes) -> None:
    about, peer = status.about, status.sender.code
    if status.code == edxml.RECALL_ASKED and about.organ_code == peer:
        _asked_back_by_status(work, status)
        return
    office = directory.body_with_code(work.connection, about.organ_code)
    sent = office and exchange.find(
        work.connection, exchange.OUT, office.id, peer, about.document_id, exchange.DOCUMENTS
    )
    if not sent:
        raise Refused("UNKNOWN_DOCUMENT", document=about.document_id, peer=peer)
    values = facts_of(sent) | {
        "direction": exchange.IN,
        # Agreement may be to an update and later to a recall; every other status is said once.
        "message": f"{status.code}-{exchange.hash_of(content)[:12]}" if status.code in ANSWERS else status.code,
        "detail": status.description or None,
        "recipient_id": sent.recipient_id,
        "content": content,
        "state": "noted",
        "made_at": work.now,
    }
    if exchange.keep(work.connection, values) is not None and sent.recipient_id is not None:
        _move_recipient(work, sent, sent.recipient_id, status)


def _asked_back_by_status(work: Work, status: StatusMessage) -> None:
    """Some gateways ask for a document by the status 13 instead of an envelope."""
    offices = exchange.offices_with(work.connection, status.sender.code, status.about.document_id)
    if not offices:
        raise Refused("UNKNOWN_DOCUMENT", document=status.about.document_id, peer=status.sender.code)
    for office_id in offices:
        ask_back(work, office_id, status.sender.code, status.about.document_id, status.description)


def _move_recipient(work: Work, sent: Sealed, recipient_id: int, status: StatusMessage) -> None:
    values: dict[str, Any] = {}
    if status.code == edxml.AGREED:
        asked = exchange.find(
            work.connection, exchange.OUT, sent.office_id, sent.peer, sent.document_id, (exchange.RECALL,)
        )
        if asked is not None:
            everything = (*BEFORE, "da_den", "da_tiep_nhan", "dang_xu_ly", "da_xu_ly", "tu_choi")
            issuing.change_recipient(work.connection, recipient_id, only_from=everything, status="da_thu_hoi")
        return
    if status.code not in MOVES:
        issuing.remark(work.connection, recipient_id, status.description)
        return
    state, only_from = MOVES[status.code]
    if state == "tu_choi":
        values["remark"] = status.description or None
    elif state != "da_den":
        values |= {"received_at": status.at, "received_by": status.staff.name or status.sender.name}
    line = issuing.recipient(work.connection, recipient_id)
    if line.received_at is not None:
        values.pop("received_at", None)
        values.pop("received_by", None)
    issuing.change_recipient(work.connection, recipient_id, only_from=only_from, status=state, **values)


def _values(office_id: int, envelope: Envelope, content: bytes, message: str) -> dict[str, Any]:
    update = message.startswith(exchange.UPDATE)
    return {
        "direction": exchange.IN,
        "office_id": office_id,
        "peer": envelope.sender.code,
        "peer_name": envelope.sender.name or envelope.sender.code,
        "document_id": (update and envelope.affair.document_id) or envelope.document_id,
        "cited": envelope.cited,
        "document_on": envelope.promulgated_on,
        "title": envelope.content or envelope.subject,
        "message": message,
        "detail": envelope.affair.reason or None,
        "content": content,
    }


def _known(work: Work, values: Mapping[str, Any]) -> Sealed:
    key = ("office_id", "peer", "document_id")
    office_id, peer, document_id = (values[name] for name in key)
    known = exchange.find(work.connection, exchange.IN, office_id, peer, document_id, (values["message"],))
    assert known is not None, "an envelope that is not new is there"
    return known
