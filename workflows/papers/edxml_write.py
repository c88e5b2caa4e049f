"""Envelopes and status messages as bytes in the format of QCVN 102:2016."""

from __future__ import annotations

from base64 import b64encode
from datetime import date, datetime
from hashlib import sha256

from lxml import etree

from workflows.engine.calendar import VIETNAM

from .edxml_model import (
    NAMESPACE,
    PREFIX,
    UPDATE,
    Affair,
    Attachment,
    Envelope,
    Organ,
    OtherInfo,
    Reply,
    Staff,
    StatusMessage,
    Trace,
)

XLINK = "http://www.w3.org/1999/xlink"
LONGEST_SUBJECT = 500  # NĐ 30/2020 Phụ lục VI; the whole of a longer one stands in Content
_NEXT = "http://schemas.xmlsoap.org/soap/actor/next"


def write_envelope(envelope: Envelope) -> bytes:
    """The document in its envelope, the same bytes for the same envelope."""
    root = etree.Element(_name("edXML"), nsmap={PREFIX: NAMESPACE})
    inner = _add(root, "edXMLEnvelope")
    header = _add(inner, "edXMLHeader")
    _message_header(_add(header, "MessageHeader"), envelope)
    _trace_list(header, envelope.traces, envelope.affair)
    _add(header, "DigitalSignature")
    manifest = _add(_add(inner, "edXMLBody"), "edXMLManifest", version="1.0")
    encoded = _add(root, "AttachmentEncoded") if envelope.attachments else None
    for number, attachment in enumerate(envelope.attachments, 1):
        content_id = f"{sha256(attachment.content).hexdigest()[:32]}-{number}"
        _reference(manifest, attachment, content_id)
        _attachment(encoded, attachment, content_id)
    return _bytes(root)


def write_status(status: StatusMessage) -> bytes:
    """A status message about a document."""
    root = etree.Element(_name("edXML"), nsmap={PREFIX: NAMESPACE})
    header = _add(_add(root, "edXMLEnvelope"), "edXMLHeader")
    told = _add(header, "Status")
    _reply(told, status.about)
    _organ(told, "From", status.sender)
    _fields(told, StatusCode=status.code, Description=status.description, Timestamp=_instant(status.at))
    _staff(told, status.staff)
    return _bytes(root)


def _message_header(header: etree._Element, envelope: Envelope) -> None:
    """The fourteen parts in the order of the standard."""
    _organ(header, "From", envelope.sender)
    for receiver in envelope.receivers:
        _organ(header, "To", receiver)
    _fields(_add(header, "Code"), CodeNumber=envelope.number, CodeNotation=envelope.notation)
    _fields(_add(header, "PromulgationInfo"), Place=envelope.place, PromulgationDate=_day(envelope.promulgated_on))
    _fields(
        _add(header, "DocumentType"),
        Type=str(envelope.type),
        TypeName=envelope.type_name,
        TypeDetail=str(envelope.type_detail),
    )
    _fields(header, Subject=_short(envelope.subject), Content=envelope.content or envelope.subject)
    signed = envelope.signed_by
    _fields(_add(header, "SignerInfo"), Competence=signed.competence, Position=signed.position, FullName=signed.name)
    _fields(header, DueDate=_day(envelope.due_on))
    places = _add(header, "ToPlaces")
    for place in envelope.to_places:
        _fields(places, Place=place)
    _other(_add(header, "OtherInfo"), envelope.other)
    for reply in envelope.replies:
        _reply(header, reply)
    _fields(header, SteeringType=str(envelope.steering), DocumentId=envelope.document_id)


def _other(parent: etree._Element, other: OtherInfo) -> None:
    _fields(
        parent,
        Priority=str(other.priority),
        SphereOfPromulgation=other.sphere,
        TyperNotation=other.typer,
        PromulgationAmount=str(other.copies),
        PageAmount=str(other.pages),
    )
    appendixes = _add(parent, "Appendixes")
    for appendix in other.appendixes:
        _fields(appendixes, Appendix=appendix)


def _trace_list(header: etree._Element, traces: tuple[Trace, ...], affair: Affair) -> None:
    listed = _add(header, "TraceHeaderList", id="1", version="1.0", mustUnderstand="1", actor=_NEXT)
    for trace in traces:
        _fields(_add(listed, "TraceHeader"), OrganId=trace.organ_code, Timestamp=_instant(trace.at))
    business = _add(listed, "Bussiness")
    _fields(business, BussinessDocType=str(affair.kind), BussinessDocReason=affair.reason)
    if affair.document_id:
        _fields(business, DocumentId=affair.document_id)
    if affair.kind == UPDATE:
        info = _add(business, "BussinessDocumentInfo")
        _fields(info, DocumentInfo="0", DocumentReceiver="1" if affair.receivers else "0")
        receivers = _add(info, "ReceiverList")
        for receiver in affair.receivers:
            each = _add(receivers, "Receiver")
            _fields(each, ReceiverType=str(receiver.kind), OrganId=receiver.organ_code)
    if affair.replacements:
        replaced = _add(business, "ReplacementInfoList")
        for replacement in affair.replacements:
            each = _add(replaced, "ReplacementInfo")
            _fields(each, DocumentId=replacement.document_id)
            organs = _add(each, "OrganIdList")
            for code in replacement.organ_codes:
                _fields(organs, OrganId=code)
    _staff(business, affair.staff)
    _fields(business, Paper="1" if affair.paper else "0")


def _reference(manifest: etree._Element, attachment: Attachment, content_id: str) -> None:
    reference = etree.SubElement(manifest, _name("Reference"), nsmap={"xlink": XLINK})
    for name, value in (("href", f"cid:{content_id}"), ("role", "XLinkRole"), ("type", "simple")):
        reference.set(f"{{{XLINK}}}{name}", value)
    _fields(
        reference,
        AttachmentName=attachment.name,
        ContentId=f"cid:{content_id}",
        ContentType=attachment.media_type,
        Description=attachment.description,
    )


def _attachment(parent: etree._Element | None, attachment: Attachment, content_id: str) -> None:
    assert parent is not None
    _fields(
        _add(parent, "Attachment"),
        ContentType=attachment.media_type,
        ContentId=content_id,
        Description=attachment.description,
        ContentTransferEncoded=b64encode(attachment.content).decode(),
        AttachmentName=attachment.name,
    )


def _organ(parent: etree._Element, name: str, organ: Organ) -> None:
    _fields(
        _add(parent, name),
        OrganId=organ.code,
        OrganizationInCharge=organ.in_charge,
        OrganName=organ.name,
        OrganAdd=organ.address,
        Email=organ.email,
        Telephone=organ.telephone,
        Fax=organ.fax,
        Website=organ.website,
    )


def _reply(parent: etree._Element, reply: Reply) -> None:
    _fields(
        _add(parent, "ResponseFor"),
        OrganId=reply.organ_code,
        Code=reply.code,
        PromulgationDate=_day(reply.promulgated_on),
        DocumentId=reply.document_id,
    )


def _staff(parent: etree._Element, staff: Staff) -> None:
    _fields(
        _add(parent, "StaffInfo"),
        Department=staff.department,
        Staff=staff.name,
        Mobile=staff.mobile,
        Email=staff.email,
    )


def _short(subject: str) -> str:
    return subject if len(subject) <= LONGEST_SUBJECT else f"{subject[: LONGEST_SUBJECT - 1]}…"


def _day(day: date | None) -> str:
    return f"{day:%Y/%m/%d}" if day else ""


def _instant(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%Y/%m/%d %H:%M:%S}"


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _add(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, _name(name), attributes)


def _fields(parent: etree._Element, **texts: str) -> None:
    for name, text in texts.items():
        _add(parent, name).text = text or None


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")
