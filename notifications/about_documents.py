"""What is said about documents after their issue, and about those that other organisations send."""

from __future__ import annotations

from workflows.errors import NotFound
from workflows.plans.numbering import format_number
from workflows.store import exchange, issuing
from workflows.store.telling import Occasion

from .addressee import AddressBook, Addressee
from .facts import plan_facts
from .letterhead import Writer, letterhead
from .messages import DocumentArrived, DocumentChanged, Message

WHAT = {"dinh_chinh": "Đính chính", "thu_hoi": "Thu hồi", "thay_the": "Thay thế"}
ASK = {
    "dinh_chinh": "đọc văn bản cùng với nội dung đính chính",
    "thu_hoi": "không sử dụng văn bản này nữa; hủy bản điện tử đã nhận và báo lại cơ quan gửi",
    "thay_the": "sử dụng văn bản mới thay cho văn bản này",
}


def document_changed(book: AddressBook, occasion: Occasion) -> Writer:
    """An addressee by mail hears what happened to its document."""
    recipient = issuing.recipient(book.connection, occasion.data["recipient_id"])
    line = issuing.register_line_of(book.connection, recipient.subject, recipient.subject_id)
    if line is None or occasion.plan_id is None:
        raise NotFound("register", subject=recipient.subject, id=recipient.subject_id)
    relations = issuing.relations_of(book.connection, [line.id])
    relation = next(each for each in relations if each.id == occasion.data["relation_id"])
    plan = plan_facts(book.connection, occasion.plan_id)
    by = ""
    if relation.number is not None:
        by = f"số {format_number(relation.number, relation.symbol)} ngày {relation.document_on:%d/%m/%Y}"

    def write(to: Addressee, url: str) -> Message:
        return DocumentChanged(
            *letterhead(book, to, url),
            plan.title,
            WHAT[relation.relation],
            plan.number,
            f"{line.document_on:%d/%m/%Y}",
            relation.reason,
            by,
            ASK[relation.relation],
        )

    return write


def document_arrived(book: AddressBook, occasion: Occasion) -> Writer:
    """Văn thư hears of an envelope that waits, or of a request to give one back."""
    envelope = exchange.sealed(book.connection, int(occasion.data["envelope_id"]))
    asked = envelope.message == exchange.RECALL
    what = "Yêu cầu thu hồi văn bản" if asked else "Văn bản điện tử mới đến"

    def write(to: Addressee, url: str) -> Message:
        return DocumentArrived(
            *letterhead(book, to, url),
            what,
            envelope.peer_name,
            envelope.cited,
            f"{envelope.document_on:%d/%m/%Y}",
            envelope.title,
        )

    return write
