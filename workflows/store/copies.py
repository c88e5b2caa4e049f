"""Copies of documents, and which units' heads may sign them besides the leaders (NĐ 30/2020 Điều 27)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from workflows.errors import NotFound

from . import clockwork
from .document_files import DocumentFile, signed_file
from .tables.copies import copies
from .tables.issuing import register

SUBJECT = "copy"
# The setting of an office: ids of the units whose heads sign copies by order of its head.
BY_ORDER = "copy_signers_by_order"


@dataclass(frozen=True)
class Copy:
    """One copy: of what, exactly which bytes of it, in which form."""

    id: int
    office_id: int
    form: str
    source: str
    source_id: int
    source_cited: str
    source_sha256: str
    pages: str | None
    signer_id: int
    copies: int
    made_at: datetime
    made_by: str


@dataclass(frozen=True)
class CopyLine:
    """A copy as it is listed: with its line in the register, and its file with the agency's signature once made."""

    copy: Copy
    line: Row[Any]
    signed: DocumentFile | None


def add(connection: Connection, values: Mapping[str, Any]) -> int:
    """Keep what is copied; the id of the copy."""
    return int(connection.execute(insert(copies).values(**values).returning(copies.c.id)).scalar_one())


def copy(connection: Connection, copy_id: int) -> Copy:
    """A copy, or NotFound."""
    row = connection.execute(select(copies).where(copies.c.id == copy_id)).one_or_none()
    if row is None:
        raise NotFound("copy", id=copy_id)
    return Copy(**row._mapping)


def copies_of(connection: Connection, source: str, source_id: int) -> list[CopyLine]:
    """The copies of a document, oldest first."""
    wanted = select(copies).where(copies.c.source == source, copies.c.source_id == source_id).order_by(copies.c.id)
    found = [Copy(**row._mapping) for row in connection.execute(wanted).all()]
    numbers = select(register).where(
        register.c.subject == SUBJECT, register.c.subject_id.in_([each.id for each in found])
    )
    lines = {row.subject_id: row for row in connection.execute(numbers)}
    return [CopyLine(each, lines[each.id], signed_file(connection, SUBJECT, each.id)) for each in found]


def signers_by_order(connection: Connection, office_id: int) -> Sequence[int]:
    """The units whose heads may sign copies "TL."; none unless the head of the office said so."""
    found: Sequence[int] = clockwork.setting(connection, BY_ORDER, office_id, [])
    return found


def let_sign_by_order(
    connection: Connection, office_id: int, unit_ids: Sequence[int], *, now: datetime, by: str
) -> None:
    """Set the units whose heads may sign copies by order."""
    clockwork.set_setting(connection, BY_ORDER, list(unit_ids), now=now, by=by, office_id=office_id)
