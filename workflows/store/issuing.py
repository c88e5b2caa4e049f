"""Approvals bound to content, the register and its counters, frozen bytes, and recipients with their receipts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, Text, cast, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from workflows.errors import NotFound
from workflows.plans.names import fold
from workflows.plans.numbering import format_number

from .document_files import file_content, files_of
from .tables.directory import people
from .tables.issuing import approvals, counters, issued, recipients, register, register_relations

# The two checks before a signature (NĐ 30/2020 Điều 12).
CHECKS = ("noi_dung", "the_thuc")
PLAIN, PDF = "text/plain; charset=utf-8", "application/pdf"


@dataclass(frozen=True)
class Approval:
    """A person's yes to exactly one content, in the capacity in force at that instant."""

    id: int
    role: str
    version: int
    content_hash: str
    person: str
    person_name: str
    capacity: str
    on_behalf_of: str | None
    principal: str | None  # the name of the person in whose place it was given
    block: tuple[str, ...]
    at: datetime
    element: str | None
    round: int | None
    voided_at: datetime | None


@dataclass(frozen=True)
class Recipient:
    """One addressee of an issued document, as resolved and frozen on the day of issue."""

    id: int
    subject: str
    subject_id: int
    line: int
    raw: str
    qualifier: str | None
    body_id: int | None
    body_name: str
    fold: str | None
    channel: str
    status: str
    sent_at: datetime | None
    received_at: datetime | None
    received_by: str | None
    remark: str | None


def add_approval(connection: Connection, values: Mapping[str, Any]) -> int:
    """Keep an approval."""
    return int(connection.execute(insert(approvals).values(**values).returning(approvals.c.id)).scalar_one())


def standing_approvals(connection: Connection, subject: str, subject_id: int) -> list[Approval]:
    """The approvals that no edit has voided, oldest first."""
    rows = connection.execute(
        select(approvals, people.c.name.label("principal"))
        .outerjoin(people, cast(people.c.id, Text) == approvals.c.on_behalf_of)
        .where(approvals.c.subject == subject, approvals.c.subject_id == subject_id, approvals.c.voided_at.is_(None))
        .order_by(approvals.c.id)
    )
    return [_approval(row) for row in rows]


def lost_checks(connection: Connection, subject: str, subject_id: int) -> list[str]:
    """The checks (noi_dung, the_thuc) that somebody passed once and that an edit has voided since, not passed again."""
    mine = (approvals.c.subject == subject, approvals.c.subject_id == subject_id, approvals.c.role.in_(CHECKS))
    rows = connection.execute(select(approvals.c.role, approvals.c.voided_at).where(*mine)).all()
    standing = {role for role, voided_at in rows if voided_at is None}
    return sorted({role for role, _ in rows} - standing)


def void_approvals(connection: Connection, subject: str, subject_id: int, at: datetime) -> list[Approval]:
    """Void every standing approval (NĐ 30/2020 Điều 11); those that were voided."""
    voided = standing_approvals(connection, subject, subject_id)
    connection.execute(
        update(approvals).where(approvals.c.id.in_([approval.id for approval in voided])).values(voided_at=at)
    )
    return voided


def void_earlier_rounds(connection: Connection, plan_id: int, element: str, round_: int, at: datetime) -> None:
    """A step that is opened again asks anew: what was approved in its earlier rounds counts no more."""
    mine = (approvals.c.subject == "plan", approvals.c.subject_id == plan_id, approvals.c.voided_at.is_(None))
    earlier = (approvals.c.element == element, approvals.c.round < round_)
    connection.execute(update(approvals).where(*mine, *earlier).values(voided_at=at))


def next_number(connection: Connection, office_id: int, series: str, year: int) -> int:
    """Take the next number of the series in this year; the row lock of the counter makes it gap-free.

    NĐ 30/2020 Điều 15: numbers run from 01 on 1 January to 31 December, one series for paper and electronic documents.
    """
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(counters).values(office_id=office_id, series=series, year=year, last=1)
    taken = statement.on_conflict_do_update(
        index_elements=[counters.c.office_id, counters.c.series, counters.c.year], set_={"last": counters.c.last + 1}
    ).returning(counters.c.last)
    return int(connection.execute(taken).scalar_one())


def enter(connection: Connection, values: Mapping[str, Any]) -> int:
    """Enter a line in the register of outgoing documents; it is found again by its words without marks."""
    row = {**values, "fold": _fold_of_line(values)}
    return int(connection.execute(insert(register).values(row).returning(register.c.id)).scalar_one())


def register_line(connection: Connection, register_id: int, *, lock: bool = False) -> Row[Any]:
    """A line of the register, or NotFound; with `lock` nobody else can change it until the transaction ends."""
    wanted = select(register).where(register.c.id == register_id)
    row = connection.execute(wanted.with_for_update() if lock else wanted).one_or_none()
    if row is None:
        raise NotFound("register", id=register_id)
    return row


def register_line_of(connection: Connection, subject: str, subject_id: int) -> Row[Any] | None:
    """The line under which a document is registered, if it has a number."""
    return connection.execute(
        select(register).where(register.c.subject == subject, register.c.subject_id == subject_id)
    ).one_or_none()


def change_register(connection: Connection, register_id: int, **values: Any) -> None:  # noqa: ANN401 - column values
    """Write these columns of the line."""
    row = {**register_line(connection, register_id)._mapping, **values}
    changed = {**values, "fold": _fold_of_line(row)}
    connection.execute(update(register).where(register.c.id == register_id).values(changed))


def relate(connection: Connection, values: Mapping[str, Any]) -> int:
    """Note what happened to an issued document: dinh_chinh, thu_hoi or thay_the."""
    return int(
        connection.execute(insert(register_relations).values(**values).returning(register_relations.c.id)).scalar_one()
    )


def relations_of(connection: Connection, register_ids: Collection[int]) -> list[Row[Any]]:
    """What happened to these documents, in order, with number and symbol of the letter or plan that did it."""
    by = register.alias()
    wanted = (
        select(register_relations, by.c.number, by.c.symbol, by.c.document_on, by.c.subject, by.c.subject_id)
        .outerjoin(by, by.c.id == register_relations.c.by_register_id)
        .where(register_relations.c.register_id.in_(register_ids))
        .order_by(register_relations.c.id)
    )
    return list(connection.execute(wanted))


def replaced_by(connection: Connection, register_id: int) -> list[Row[Any]]:
    """The documents that this one replaces, with the reason."""
    wanted = (
        select(register, register_relations.c.reason)
        .join(register_relations, register_relations.c.register_id == register.c.id)
        .where(register_relations.c.by_register_id == register_id, register_relations.c.relation == "thay_the")
        .order_by(register_relations.c.id)
    )
    return list(connection.execute(wanted))


def freeze(  # noqa: PLR0917 - the facts of a document
    connection: Connection, subject: str, subject_id: int, content: bytes, at: datetime, media_type: str = PLAIN
) -> str:
    """Keep exactly these bytes as the document; their SHA-256."""
    digest = sha256(content).hexdigest()
    connection.execute(
        insert(issued).values(
            subject=subject,
            subject_id=subject_id,
            bytes=content,
            media_type=media_type,
            sha256=digest,
            frozen_at=at,
        )
    )
    return digest


def frozen(connection: Connection, subject: str, subject_id: int) -> Row[Any] | None:
    """The frozen bytes of a document with media type and hash."""
    return connection.execute(
        select(issued).where(issued.c.subject == subject, issued.c.subject_id == subject_id)
    ).one_or_none()


def issued_text(connection: Connection, subject: str, subject_id: int) -> str | None:
    """The text of a document that has its number: kept beside the frozen PDF, or frozen itself."""
    row = frozen(connection, subject, subject_id)
    if row is None:
        return None
    if row.media_type.startswith("text/"):
        return bytes(row.bytes).decode()
    kept = files_of(connection, subject, subject_id, "text")
    return file_content(connection, kept[-1].id).decode() if kept else None


def add_recipients(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Freeze the addressees of a document."""
    if rows:
        connection.execute(insert(recipients), [{**row, "fold": fold(row["body_name"])} for row in rows])


def recipient(connection: Connection, recipient_id: int, *, lock: bool = False) -> Recipient:
    """One addressee, or NotFound; with `lock` nobody else can change it until the transaction ends."""
    wanted = select(recipients).where(recipients.c.id == recipient_id)
    row = connection.execute(wanted.with_for_update() if lock else wanted).one_or_none()
    if row is None:
        raise NotFound("recipient", id=recipient_id)
    return Recipient(**row._mapping)


def recipients_of(connection: Connection, subject: str, subject_id: int) -> list[Recipient]:
    """The addressees in the order of the document."""
    rows = connection.execute(
        select(recipients)
        .where(recipients.c.subject == subject, recipients.c.subject_id == subject_id)
        .order_by(recipients.c.line, recipients.c.id)
    )
    return [Recipient(**row._mapping) for row in rows]


def change_recipient(
    connection: Connection,
    recipient_id: int,
    *,
    only_from: Sequence[str],
    **values: Any,  # noqa: ANN401 - columns
) -> bool:
    """Move a receipt on, only from one of these states; False when it was in another."""
    moved = update(recipients).where(recipients.c.id == recipient_id, recipients.c.status.in_(only_from))
    return bool(connection.execute(moved.values(**values)).rowcount)


def remark(connection: Connection, recipient_id: int, words: str) -> None:
    """Keep what the addressee said, whatever the state of its receipt."""
    connection.execute(update(recipients).where(recipients.c.id == recipient_id).values(remark=words or None))


def note_sent(connection: Connection, recipient_id: int, at: datetime) -> None:
    """A letter with the document left for this addressee; a receipt that was confirmed meanwhile stays."""
    change_recipient(connection, recipient_id, only_from=("chua_gui", "loi"), status="da_gui", sent_at=at, remark=None)


def note_undeliverable(connection: Connection, recipient_id: int, error: str) -> None:
    """No letter with the document can reach this addressee, and why."""
    change_recipient(connection, recipient_id, only_from=("chua_gui",), status="loi", remark=error)


def latest_document_date(connection: Connection, office_id: int, series: str, year: int) -> date | None:
    """The latest document date of the series in this year: the next one may not be earlier."""
    return connection.execute(
        select(register.c.document_on)
        .where(register.c.office_id == office_id, register.c.series == series, register.c.year == year)
        .order_by(register.c.document_on.desc())
        .limit(1)
    ).scalar_one_or_none()


def days_around(connection: Connection, line: Row[Any]) -> tuple[date | None, date | None]:
    """The day of the last used number before this line in its series, and of the first used one behind it."""
    mine = (
        register.c.office_id == line.office_id,
        register.c.series == line.series,
        register.c.year == line.year,
        register.c.status == "issued",
    )
    before = select(func.max(register.c.document_on)).where(*mine, register.c.number < line.number)
    behind = select(func.min(register.c.document_on)).where(*mine, register.c.number > line.number)
    return connection.execute(before).scalar(), connection.execute(behind).scalar()


def reserved_lines(connection: Connection, office_id: int, symbol: str, year: int) -> list[Row[Any]]:
    """The numbers of this symbol that are reserved and not used yet, oldest first."""
    wanted = select(register).where(
        register.c.office_id == office_id,
        register.c.symbol == symbol,
        register.c.year == year,
        register.c.status == "reserved",
        register.c.subject.is_(None),
    )
    return list(connection.execute(wanted.order_by(register.c.number)))


def _fold_of_line(values: Mapping[str, Any]) -> str:
    words = (format_number(values["number"], values["symbol"]), values["title"])
    return fold(" ".join((*words, values.get("signer") or "", values.get("recipients") or "")))


def _approval(row: Row[Any]) -> Approval:
    return Approval(
        row.id,
        row.role,
        row.version,
        row.content_hash,
        row.person,
        row.person_name,
        row.capacity,
        row.on_behalf_of,
        row.principal,
        tuple(row.block),
        row.at,
        row.element,
        row.round,
        row.voided_at,
    )
