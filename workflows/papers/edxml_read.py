"""Envelopes and status messages out of bytes that a stranger sent: bounded, without DTD, entities or network."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterator
from datetime import date, datetime

from lxml import etree

from workflows.engine.calendar import VIETNAM
from workflows.errors import Refused
from workflows.letters import seen

from .edxml_model import (
    NAMESPACE,
    PRIORITIES,
    STATUSES,
    Affair,
    Attachment,
    Envelope,
    Organ,
    OtherInfo,
    Receiver,
    Replacement,
    Reply,
    SignedBy,
    Staff,
    StatusMessage,
    Trace,
)

LARGEST = 60 * 1024 * 1024
MOST_MARKS = 40_000  # two for each element
MOST_FILES = 50
LONGEST_TEXT = 4_000
LONGEST_CONTENT = 50_000
# Anything but UTF-8 could hide what the next line looks for.
_DECLARED = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


def read_message(content: bytes) -> Envelope | StatusMessage:
    """What the bytes say; Refused with TOO_LARGE, or BAD_ENVELOPE with `part`, the element that is wrong."""
    root = _root(content)
    header = _need(_need(root, "edXMLEnvelope"), "edXMLHeader")
    status = _find(header, "Status")
    return _status(status) if status is not None else _envelope(root, header)


def _root(content: bytes) -> etree._Element:
    if len(content) > LARGEST:
        raise Refused("TOO_LARGE", filename="edXML", size=len(content), limit=LARGEST)
    declared = _DECLARED.match(content[:200].removeprefix(b"\xef\xbb\xbf"))
    if declared and declared[1].lower() not in (b"utf-8", b"utf8"):
        raise _bad("encoding")
    if _FORBIDDEN.search(content) or b"\x00" in content:
        raise _bad("DOCTYPE")
    # Counted before a tree is built: small elements and attributes cost hundreds of times their bytes in memory.
    if content.count(b"<") > MOST_MARKS or content.count(b"=") > MOST_MARKS:
        raise _bad("edXML")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,  # one attachment may be longer than libxml2's own bound; ours is LARGEST
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _bad("XML") from error
    if root.tag != f"{{{NAMESPACE}}}edXML":
        raise _bad("edXML")
    return root


def _envelope(root: etree._Element, header: etree._Element) -> Envelope:
    message = _need(header, "MessageHeader")
    code, kind, signed = _need(message, "Code"), _find(message, "DocumentType"), _find(message, "SignerInfo")
    info = _need(message, "PromulgationInfo")
    receivers = tuple(_organ(each) for each in _all(message, "To"))
    document_id = _text(message, "DocumentId")
    if not receivers or not document_id:
        raise _bad("To" if not receivers else "DocumentId")
    traces, affair = _traced(_find(header, "TraceHeaderList"))
    return Envelope(
        sender=_organ(_need(message, "From")),
        receivers=receivers,
        document_id=document_id,
        number=_text(code, "CodeNumber"),
        notation=_text(code, "CodeNotation"),
        place=_text(info, "Place"),
        promulgated_on=_needed_day(info, "PromulgationDate"),
        type_name=_text(kind, "TypeName"),
        subject=_text(message, "Subject"),
        signed_by=SignedBy(_text(signed, "Competence"), _text(signed, "Position"), _text(signed, "FullName")),
        content=_text(message, "Content", LONGEST_CONTENT),
        type=_number(kind, "Type"),
        type_detail=_number(kind, "TypeDetail"),
        due_on=_day(message, "DueDate"),
        to_places=tuple(_string(each, "Place") for each in _all(_find(message, "ToPlaces"), "Place")),
        other=_other(_find(message, "OtherInfo")),
        replies=tuple(_reply(each) for each in _all(message, "ResponseFor")),
        steering=_number(message, "SteeringType"),
        traces=traces,
        affair=affair,
        attachments=tuple(_attachments(root)),
    )


def _status(told: etree._Element) -> StatusMessage:
    code = _text(told, "StatusCode").zfill(2)
    at = _instant(_text(told, "Timestamp"))
    if code not in STATUSES or at is None:
        raise _bad("StatusCode" if at is not None else "Timestamp")
    about, sender = _reply(_need(told, "ResponseFor")), _organ(_need(told, "From"))
    return StatusMessage(sender, about, code, at, _text(told, "Description"), _staff(_find(told, "StaffInfo")))


def _traced(listed: etree._Element | None) -> tuple[tuple[Trace, ...], Affair]:
    traces = []
    for each in _all(listed, "TraceHeader"):
        at = _instant(_text(each, "Timestamp"))
        if at is not None:
            traces.append(Trace(_text(each, "OrganId"), at))
    business = _find(listed, "Bussiness")
    kind = _number(business, "BussinessDocType")
    if kind not in (0, 1, 2, 3):
        raise _bad("BussinessDocType")
    replaced = _find(business, "ReplacementInfoList")
    receivers = _find(_find(business, "BussinessDocumentInfo"), "ReceiverList")
    affair = Affair(
        kind=kind,
        reason=_text(business, "BussinessDocReason"),
        document_id=_text(business, "DocumentId"),
        paper=_text(business, "Paper") == "1",
        replacements=tuple(
            Replacement(
                _text(each, "DocumentId"),
                tuple(_string(code, "OrganId") for code in _all(_find(each, "OrganIdList"), "OrganId")),
            )
            for each in _all(replaced, "ReplacementInfo")
        ),
        receivers=tuple(
            Receiver(_number(each, "ReceiverType"), _text(each, "OrganId")) for each in _all(receivers, "Receiver")
        ),
        staff=_staff(_find(business, "StaffInfo")),
    )
    return tuple(traces), affair


def _attachments(root: etree._Element) -> Iterator[Attachment]:
    found = _all(_find(root, "AttachmentEncoded"), "Attachment")
    if len(found) > MOST_FILES:
        raise _bad("AttachmentEncoded")
    for each in found:
        encoded = _find(each, "ContentTransferEncoded")
        try:
            content = b64decode("".join((encoded.text or "").split()) if encoded is not None else "", validate=True)
        except (NotBase64, ValueError) as error:
            raise _bad("ContentTransferEncoded") from error
        name, kind = _text(each, "AttachmentName"), _text(each, "ContentType")
        yield Attachment(_file_name(name), kind, content, _text(each, "Description"))


def _file_name(name: str) -> str:
    """The name without any folder, as it is offered for download; never used as a path."""
    return name.replace("\\", "/").rpartition("/")[2].strip(". ")[:200] or "tep"


def _other(info: etree._Element | None) -> OtherInfo:
    priority = _number(info, "Priority")
    return OtherInfo(
        priority=priority if priority in PRIORITIES else 0,
        sphere=_text(info, "SphereOfPromulgation"),
        typer=_text(info, "TyperNotation"),
        copies=max(_number(info, "PromulgationAmount"), 0),
        pages=max(_number(info, "PageAmount"), 0),
        appendixes=tuple(_string(each, "Appendix") for each in _all(_find(info, "Appendixes"), "Appendix")),
    )


def _organ(element: etree._Element) -> Organ:
    code = _text(element, "OrganId")
    if not code:
        raise _bad("OrganId")
    return Organ(
        code=code,
        name=_text(element, "OrganName"),
        in_charge=_text(element, "OrganizationInCharge"),
        address=_text(element, "OrganAdd"),
        email=_text(element, "Email"),
        telephone=_text(element, "Telephone"),
        fax=_text(element, "Fax"),
        website=_text(element, "Website"),
    )


def _reply(element: etree._Element) -> Reply:
    return Reply(
        _text(element, "OrganId"),
        _text(element, "Code"),
        _needed_day(element, "PromulgationDate"),
        _text(element, "DocumentId"),
    )


def _staff(element: etree._Element | None) -> Staff:
    return Staff(*(_text(element, name) for name in ("Department", "Staff", "Email", "Mobile")))


def _text(parent: etree._Element | None, name: str, most: int = LONGEST_TEXT) -> str:
    found = _find(parent, name)
    return "" if found is None else _string(found, name, most)


def _string(element: etree._Element, name: str, most: int = LONGEST_TEXT) -> str:
    text = " ".join(_CONTROLS.sub(" ", seen(element.text or "")).split())
    if len(text) > most or len(element):
        raise _bad(name)
    return text


def _number(parent: etree._Element | None, name: str) -> int:
    text = _text(parent, name)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 0


def _needed_day(parent: etree._Element, name: str) -> date:
    day = _day(parent, name)
    if day is None:
        raise _bad(name)
    return day


def _day(parent: etree._Element, name: str) -> date | None:
    found = re.fullmatch(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})", _text(parent, name).partition(" ")[0])
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _instant(text: str) -> datetime | None:
    for shape in ("%Y/%m/%d %H:%M:%S", "%Y/%m/%d"):
        try:
            return datetime.strptime(text, shape).replace(tzinfo=VIETNAM)
        except ValueError:
            continue
    return None


def _find(parent: etree._Element | None, name: str) -> etree._Element | None:
    return None if parent is None else parent.find(f"{{{NAMESPACE}}}{name}")


def _all(parent: etree._Element | None, name: str) -> list[etree._Element]:
    return [] if parent is None else parent.findall(f"{{{NAMESPACE}}}{name}")


def _need(parent: etree._Element, name: str) -> etree._Element:
    found = _find(parent, name)
    if found is None:
        raise _bad(name)
    return found


def _bad(part: str) -> Refused:
    return Refused("BAD_ENVELOPE", part=part)
