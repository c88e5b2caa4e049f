"""An envelope of electronic exchange as data: what QCVN 102:2016 puts into its header, its trace and its body."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
PREFIX = "edXML"

# Bussiness/BussinessDocType (the standard spells it so).
NEW, RECALL, UPDATE, REPLACE = 0, 1, 2, 3
# ReceiverList/Receiver/ReceiverType of an update.
REMOVED, ADDED = 0, 1
# DocumentType/Type: 1 legal documents, 2 administrative documents.
ADMINISTRATIVE = 2
# OtherInfo/Priority: 0 ordinary, then Khẩn, Thượng khẩn, Hỏa tốc, Hỏa tốc hẹn giờ.
PRIORITIES = range(5)

ARRIVED, REFUSED, RECEIVED, ASSIGNED, IN_PROCESS, DONE = "01", "02", "03", "04", "05", "06"
RECALL_ASKED, AGREED, DISAGREED = "13", "15", "16"
STATUSES = (ARRIVED, REFUSED, RECEIVED, ASSIGNED, IN_PROCESS, DONE, RECALL_ASKED, AGREED, DISAGREED)


@dataclass(frozen=True)
class Organ:
    """One side of the exchange, by its organisation code ("000.00.16.H56")."""

    code: str
    name: str
    in_charge: str = ""
    address: str = ""
    email: str = ""
    telephone: str = ""
    fax: str = ""
    website: str = ""


@dataclass(frozen=True)
class SignedBy:
    """Who signed, in which competence as it is printed ("TM.", "KT.", "TL.", "TUQ.", "Q." or none)."""

    competence: str
    position: str
    name: str


@dataclass(frozen=True)
class Reply:
    """The document that this one answers, or that a status is about; `code` is its number and symbol."""

    organ_code: str
    code: str
    promulgated_on: date
    document_id: str


@dataclass(frozen=True)
class Staff:
    """Who can be asked."""

    department: str = ""
    name: str = ""
    email: str = ""
    mobile: str = ""


@dataclass(frozen=True)
class Trace:
    """An organisation that the envelope passed, and when."""

    organ_code: str
    at: datetime


@dataclass(frozen=True)
class Replacement:
    """A document that the new one replaces, and for whom (nobody named: for every receiver)."""

    document_id: str
    organ_codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Receiver:
    """A receiver that an update adds (1) or removes (0)."""

    kind: int
    organ_code: str


@dataclass(frozen=True)
class Affair:
    """What is to be done with the document (Bussiness): new, recall, update or replace; `paper`: paper follows."""

    kind: int = NEW
    reason: str = ""
    document_id: str = ""
    paper: bool = False
    replacements: tuple[Replacement, ...] = ()
    receivers: tuple[Receiver, ...] = ()
    staff: Staff = Staff()


@dataclass(frozen=True)
class OtherInfo:
    """The small print of a document."""

    priority: int = 0
    sphere: str = ""
    typer: str = ""
    copies: int = 1
    pages: int = 0
    appendixes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Attachment:
    """One file of the document."""

    name: str
    media_type: str
    content: bytes = field(repr=False)
    description: str = ""


@dataclass(frozen=True)
class Envelope:
    """A document with its header; `number` and `notation` are "16" and "KH-UBND"."""

    sender: Organ
    receivers: tuple[Organ, ...]
    document_id: str
    number: str
    notation: str
    place: str
    promulgated_on: date
    type_name: str
    subject: str
    signed_by: SignedBy
    content: str = ""
    type: int = ADMINISTRATIVE
    type_detail: int = 0
    due_on: date | None = None
    to_places: tuple[str, ...] = ()
    other: OtherInfo = OtherInfo()
    replies: tuple[Reply, ...] = ()
    steering: int = 0
    traces: tuple[Trace, ...] = ()
    affair: Affair = Affair()
    attachments: tuple[Attachment, ...] = ()

    @property
    def cited(self) -> str:
        """The document as it is cited: "16/KH-UBND"."""
        return f"{self.number}/{self.notation}"


@dataclass(frozen=True)
class StatusMessage:
    """What one side tells the other about a document: one of STATUSES, with a reason where there is one."""

    sender: Organ
    about: Reply
    code: str
    at: datetime
    description: str = ""
    staff: Staff = Staff()


def document_id(organ_code: str, day: date, cited: str) -> str:
    """How a document is called in the exchange: "000.00.16.H56,2026/11/20,16/KH-UBND"."""
    return f"{organ_code},{day:%Y/%m/%d},{cited}"
