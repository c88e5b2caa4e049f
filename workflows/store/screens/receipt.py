"""What an addressee sees of the document that was sent to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from workflows.errors import NotFound
from workflows.store import issuing
from workflows.store.document_files import signed_file
from workflows.store.tables.directory import bodies
from workflows.store.tables.issuing import issued, register


@dataclass(frozen=True)
class ReceiptSeen:
    """The addressee's line, how the document is called, and the text that was frozen."""

    recipient: issuing.Recipient
    title: str
    number: int | None
    symbol: str | None
    document_on: date | None
    office: str
    sha256: str
    lines: list[str]


def receipt_seen(connection: Connection, recipient_id: int) -> ReceiptSeen:
    """The document of this addressee; NotFound when it has no frozen bytes."""
    recipient = issuing.recipient(connection, recipient_id)
    line = connection.execute(
        select(register, bodies.c.name.label("office"))
        .join(bodies, bodies.c.id == register.c.office_id)
        .where(register.c.subject == recipient.subject, register.c.subject_id == recipient.subject_id)
    ).one_or_none()
    frozen = connection.execute(
        select(issued).where(issued.c.subject == recipient.subject, issued.c.subject_id == recipient.subject_id)
    ).one_or_none()
    if line is None or frozen is None:
        raise NotFound("document", recipient=recipient_id)
    signed = signed_file(connection, recipient.subject, recipient.subject_id)
    text = issuing.issued_text(connection, recipient.subject, recipient.subject_id)
    return ReceiptSeen(
        recipient,
        line.title,
        line.number,
        line.symbol,
        line.document_on,
        line.office,
        signed.sha256 if signed else frozen.sha256,
        (text or "").splitlines(),
    )
