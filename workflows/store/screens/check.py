"""What anybody may learn of an issued document with its check code, and which document a file is of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from workflows.store import copies, directory, issuing, signing
from workflows.store.tables.issuing import document_files


@dataclass(frozen=True)
class Signer:
    """A digital signature that was ordered: whose, in which role and capacity, and when it was made."""

    role: str
    name: str
    capacity: str
    state: str
    done_at: datetime | None


@dataclass(frozen=True)
class CheckedDocument:
    """An issued document as the public sees it: what stands on its first page, its signatures, its files by hash."""

    number: int
    symbol: str
    document_on: date
    office: str
    title: str
    status: str  # of its line in the register
    code: str | None
    signers: tuple[Signer, ...]
    frozen: str  # SHA-256 of the bytes that were frozen with the number
    digests: dict[str, str]  # role of a kept file to its SHA-256
    appendices: frozenset[str]  # SHA-256 of its appendices in files of their own, signed by the agency
    copy_of: str | None  # of a copy: how the document is cited that it is a copy of


def checked_document(connection: Connection, subject: str, subject_id: int) -> CheckedDocument | None:
    """The document, or None when it has no number."""
    line = issuing.register_line_of(connection, subject, subject_id)
    frozen = issuing.frozen(connection, subject, subject_id)
    if line is None or frozen is None:
        return None
    orders = signing.orders_of(connection, subject, subject_id)
    files = connection.execute(
        select(document_files.c.role, document_files.c.sha256).where(
            document_files.c.subject == subject,
            document_files.c.subject_id == subject_id,
            document_files.c.role.in_(("signed", "sealed", "sealed_appendix")),
        )
    ).all()
    return CheckedDocument(
        line.number,
        line.symbol,
        line.document_on,
        directory.body(connection, line.office_id).name,
        line.title,
        line.status,
        signing.code_of(connection, subject, subject_id),
        tuple(
            Signer(role, orders[role].signer, orders[role].capacity, orders[role].state, orders[role].done_at)
            for role in ("ky", "co_quan")
            if role in orders
        ),
        frozen.sha256,
        {row.role: row.sha256 for row in files},
        frozenset(row.sha256 for row in files if row.role == "sealed_appendix"),
        copies.copy(connection, subject_id).source_cited if subject == copies.SUBJECT else None,
    )


def document_of_file(connection: Connection, digest: str, values: Sequence[str]) -> tuple[CheckedDocument, bool] | None:
    """The document that a file is of; True when it is one of its files, False when it only carries its signature."""
    found = signing.document_with(connection, digest, values)
    if found is None:
        return None
    subject, subject_id, is_same = found
    document = checked_document(connection, subject, subject_id)
    return None if document is None else (document, is_same)


def registered_holder(connection: Connection, certificate: str) -> str | None:
    """Who registered this certificate here: a person's or an office's name; None for a stranger's."""
    key = signing.key_by_certificate(connection, certificate)
    if key is None:
        return None
    if key.holder == "office":
        return directory.body(connection, key.holder_id).name
    return directory.person(connection, key.holder_id).name
