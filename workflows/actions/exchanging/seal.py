"""An issued document is put into its envelope for one line of Nơi nhận, or asked back from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row

from workflows.actions.desk import Work
from workflows.actions.order_signatures import APPENDIX
from workflows.errors import NotFound, Refused
from workflows.papers import edxml_model as edxml
from workflows.papers.edxml_model import Affair, Attachment, Envelope, Organ, OtherInfo, SignedBy, Trace
from workflows.papers.edxml_write import write_envelope
from workflows.plans.document_kinds import KINDS, kind_code, kind_name
from workflows.plans.numbering import format_number
from workflows.store import directory, document_files, exchange, issuing, signing
from workflows.store.document_files import DocumentFile
from workflows.store.issuing import Recipient

from .statuses import organ_of

# The newest file of the first of these roles goes instead of the frozen bytes, which the signatures cover.
SIGNED = ("sealed", "signed")
ENDINGS = {
    "application/pdf": "pdf",
    "text/plain": "txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}


def seal(work: Work, recipient_id: int) -> bool:
    """Make the envelope of the document for this line; False when somebody else has made it or it was recalled."""
    line = issuing.recipient(work.connection, recipient_id, lock=True)
    if line.status != "chua_gui":
        return False
    envelope = _envelope(work, line)
    replaced = bool(envelope.affair.replacements)
    return _post(work, line, envelope, exchange.REPLACE if replaced else exchange.NEW)


def ask_for_return(work: Work, line: Recipient, reason: str) -> bool:
    """Ask the addressee to destroy its copy and say so (Bussiness 1): what is not sent yet is held back instead.

    True when the document had left.
    """
    issuing.recipient(work.connection, line.id, lock=True)
    made = exchange.of_recipient(work.connection, line.id, exchange.DOCUMENTS)
    if made is None or exchange.change(
        work.connection, made.id, only_from=(*exchange.UNSENT, "dead"), state="dead", error="Thu hồi trước khi gửi"
    ):
        states = ("chua_gui", "loi")
        issuing.change_recipient(work.connection, line.id, only_from=states, status="da_thu_hoi", remark=reason)
        return False
    envelope = _envelope(work, line, Affair(edxml.RECALL, reason, document_id=made.document_id))
    return _post(work, line, envelope, exchange.RECALL, reason)


def announce_replacement(work: Work, line: Recipient) -> bool:
    """Tell an addressee that has the new document already which one it replaces (Bussiness 3)."""
    if exchange.of_recipient(work.connection, line.id, (exchange.NEW,)) is None:
        return False
    return _post(work, line, _envelope(work, line), exchange.REPLACE)


def announce_receivers(work: Work, line: Recipient, affair: Affair) -> bool:
    """Tell an addressee that has the document that its list of receivers changed (Bussiness 2)."""
    made = exchange.of_recipient(work.connection, line.id, exchange.DOCUMENTS)
    if made is None:
        return False
    receivers = "-".join(f"{each.kind}{each.organ_code}" for each in affair.receivers)
    told = replace(affair, document_id=made.document_id)
    return _post(work, line, _envelope(work, line, told), f"{exchange.UPDATE}-{receivers}", affair.reason)


def _envelope(work: Work, line: Recipient, affair: Affair | None = None) -> Envelope:
    book = issuing.register_line_of(work.connection, line.subject, line.subject_id)
    if book is None:
        raise Refused("NOT_NUMBERED", subject=line.subject, id=line.subject_id)
    office = directory.body(work.connection, book.office_id)
    to = directory.body(work.connection, line.body_id or 0)
    if not office.organ_code or not to.organ_code:
        raise Refused("NO_ORGAN_CODE", name=to.name if office.organ_code else office.name)
    cited = format_number(book.number, book.symbol)
    number, _, notation = cited.partition("/")
    code = kind_code(book.symbol)
    others = issuing.recipients_of(work.connection, line.subject, line.subject_id)
    return Envelope(
        sender=organ_of(office),
        receivers=(Organ(to.organ_code, line.body_name, email=to.email or ""),),
        document_id=edxml.document_id(office.organ_code, book.document_on, cited),
        number=number,
        notation=notation,
        place=office.place or "",
        promulgated_on=book.document_on,
        type_name=kind_name(book.symbol),
        type_detail=list(KINDS).index(code) + 1 if code in KINDS else 0,
        subject=book.title,
        signed_by=_signed_by(work, line, book.signer or ""),
        to_places=tuple(dict.fromkeys(each.body_name for each in others if each.channel != "keep")),
        other=OtherInfo(copies=max(len(others), 1)),
        traces=(Trace(office.organ_code, work.now),),
        affair=affair or _new_or_replacing(work, book, office.organ_code),
        attachments=_attachments(work, line, cited) if affair is None else (),
    )


def _new_or_replacing(work: Work, book: Row[Any], code: str) -> Affair:
    replaced = issuing.replaced_by(work.connection, book.id)
    if not replaced:
        return Affair(edxml.NEW)
    documents = tuple(
        edxml.Replacement(edxml.document_id(code, each.document_on, format_number(each.number, each.symbol)))
        for each in replaced
    )
    return Affair(edxml.REPLACE, replaced[0].reason, replacements=documents)


def _signed_by(work: Work, line: Recipient, name: str) -> SignedBy:
    """Competence and position as they are printed in the signature block, never a fixed word."""
    for approval in issuing.standing_approvals(work.connection, line.subject, line.subject_id):
        if approval.role == "ky":
            above = [each for each in approval.block if each][:-1]
            return SignedBy(approval.capacity, above[-1] if above else "", approval.person_name)
    return SignedBy("", "", name)


def _attachments(work: Work, line: Recipient, cited: str) -> tuple[Attachment, ...]:
    kept = document_files.files_of(work.connection, line.subject, line.subject_id)
    for role in SIGNED:
        of_role = [each for each in kept if each.role == role]
        if of_role:
            main = of_role[-1]
            break
    else:
        return (_frozen(work, line, cited), *_appendixes(work, line, kept))
    content = document_files.file_content(work.connection, main.id)
    return (Attachment(main.name, main.media_type, content, cited), *_appendixes(work, line, kept))


def _frozen(work: Work, line: Recipient, cited: str) -> Attachment:
    frozen = issuing.frozen(work.connection, line.subject, line.subject_id)
    if frozen is None:
        raise NotFound("issued", subject=line.subject, id=line.subject_id)
    ending = ENDINGS.get(frozen.media_type.partition(";")[0].strip(), "bin")
    return Attachment(f"{cited.replace('/', '-')}.{ending}", frozen.media_type, bytes(frozen.bytes), cited)


def _appendixes(work: Work, line: Recipient, kept: Sequence[DocumentFile]) -> tuple[Attachment, ...]:
    """The appendices in files of their own, each as the agency signed it."""
    orders = signing.orders_of(work.connection, line.subject, line.subject_id)
    by_id = {each.id: each for each in kept}
    files = []
    for each in [one for one in kept if one.role == "appendix"]:
        order = orders.get(f"{APPENDIX}{each.id}")
        files.append(by_id[order.file_id] if order is not None and order.file_id in by_id else each)
    return tuple(
        Attachment(each.name, each.media_type, document_files.file_content(work.connection, each.id), "Phụ lục")
        for each in files
    )


def _post(work: Work, line: Recipient, envelope: Envelope, message: str, detail: str | None = None) -> bool:
    office = directory.body_with_code(work.connection, envelope.sender.code)
    assert office is not None, "the sender was found by its code"
    values = {
        "direction": exchange.OUT,
        "office_id": office.id,
        "peer": envelope.receivers[0].code,
        "peer_name": line.body_name,
        "document_id": envelope.document_id,
        "cited": envelope.cited,
        "document_on": envelope.promulgated_on,
        "title": envelope.subject,
        "message": message,
        "detail": detail,
        "recipient_id": line.id,
        "content": write_envelope(envelope),
        "state": "pending",
        "made_at": work.now,
        "next_at": work.now,
    }
    return exchange.keep(work.connection, values) is not None
