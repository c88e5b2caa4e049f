"""The outgoing register of the person's offices: page by page, or a whole year in the order of its numbers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, Select, distinct, select

from workflows.plans.names import fold
from workflows.store import issuing
from workflows.store.directory import parse_group
from workflows.store.tables.directory import bodies
from workflows.store.tables.issuing import recipients, register

from .book_query import PAGE_SIZE, WHOLE_BOOK, BookQuery, pattern
from .labels import body_names


@dataclass(frozen=True)
class RegisterLine:
    """One line of the book with its office, how far its copies came, and what happened to the document since."""

    row: Row[Any]
    office: str
    addressees: str
    sent: int
    received: int
    addressed: int
    first_sent: Any
    relations: list[Row[Any]] = field(default_factory=list)


@dataclass(frozen=True)
class RegisterFound:
    """The lines, the years and series that there are to choose from, and before which line the next page begins."""

    lines: list[RegisterLine]
    years: list[int]
    series: list[str]
    next_before: int | None


def register_of(connection: Connection, query: BookQuery, *, whole: bool = False) -> RegisterFound:
    """A page of matching lines, newest first; with `whole` all of them, series by series in the order of numbers."""
    own = register.c.office_id.in_(query.office_ids)
    years = connection.scalars(select(distinct(register.c.year)).where(own)).all()
    kinds = connection.scalars(
        select(distinct(register.c.series)).where(own, register.c.year == query.year).order_by(register.c.series)
    ).all()
    wanted = _matching(query)
    if whole:
        wanted = wanted.order_by(register.c.office_id, register.c.series, register.c.number).limit(WHOLE_BOOK)
    else:
        wanted = wanted.order_by(register.c.id.desc()).limit(PAGE_SIZE + 1)
        if query.before is not None:
            wanted = wanted.where(register.c.id < query.before)
    found = list(connection.execute(wanted).all())
    rows = found if whole else found[:PAGE_SIZE]
    more = len(found) > len(rows)
    return RegisterFound(
        _lines(connection, rows),
        sorted({*years, query.year}, reverse=True),
        list(kinds),
        rows[-1].id if more else None,
    )


def kept_by(connection: Connection, groups: Collection[str], role: str = "van_thu") -> dict[int, str]:
    """The offices, by id with their names, of whose books the holder of these groups is the clerk (or has `role`)."""
    held = [parse_group(key) for key in groups]
    return body_names(connection, [body_id for held_role, body_id in held if held_role == role])


def _matching(query: BookQuery) -> Select[Any]:
    wanted = (
        select(register, bodies.c.name.label("office"))
        .join(bodies, bodies.c.id == register.c.office_id)
        .where(register.c.office_id.in_(query.office_ids), register.c.year == query.year)
    )
    if query.series:
        wanted = wanted.where(register.c.series == query.series)
    if query.status:
        wanted = wanted.where(register.c.status == query.status)
    for word in fold(query.words).split():
        wanted = wanted.where(register.c.fold.like(pattern(word), escape="!"))
    if query.signer:
        wanted = wanted.where(
            register.c.signer.is_not(None), register.c.fold.like(pattern(fold(query.signer)), escape="!")
        )
    if query.other_side:
        addressed = select(recipients.c.id).where(
            recipients.c.subject == register.c.subject,
            recipients.c.subject_id == register.c.subject_id,
            recipients.c.fold.like(pattern(fold(query.other_side)), escape="!"),
        )
        by_hand = register.c.recipients.is_not(None) & register.c.fold.like(pattern(fold(query.other_side)), escape="!")
        wanted = wanted.where(addressed.exists() | by_hand)
    if query.first_day is not None:
        wanted = wanted.where(register.c.document_on >= query.first_day)
    if query.last_day is not None:
        wanted = wanted.where(register.c.document_on <= query.last_day)
    if query.first is not None:
        wanted = wanted.where(register.c.number >= query.first)
    if query.last is not None:
        wanted = wanted.where(register.c.number <= query.last)
    return wanted


def _lines(connection: Connection, rows: Collection[Row[Any]]) -> list[RegisterLine]:
    sent = _addressed(connection, rows)
    relations: dict[int, list[Row[Any]]] = {}
    for each in issuing.relations_of(connection, [row.id for row in rows]):
        relations.setdefault(each.register_id, []).append(each)
    return [
        RegisterLine(
            row,
            row.office,
            *sent.get((row.subject, row.subject_id), ("", 0, 0, 0, None)),
            relations=relations.get(row.id, []),
        )
        for row in rows
    ]


def _addressed(
    connection: Connection, rows: Collection[Row[Any]]
) -> dict[tuple[str, int], tuple[str, int, int, int, Any]]:
    """Names, sent, received, all, and the first instant of sending, by document."""
    ids = {row.subject_id for row in rows if row.subject_id is not None}
    wanted = (
        select(recipients)
        .where(recipients.c.subject_id.in_(ids), recipients.c.status != "luu")
        .order_by(recipients.c.line, recipients.c.id)
    )
    names: dict[tuple[str, int], list[Row[Any]]] = {}
    for row in connection.execute(wanted):
        names.setdefault((row.subject, row.subject_id), []).append(row)
    return {
        key: (
            "; ".join(dict.fromkeys(row.body_name for row in found)),
            sum(row.sent_at is not None for row in found),
            sum(row.received_at is not None for row in found),
            len(found),
            min((row.sent_at for row in found if row.sent_at), default=None),
        )
        for key, found in names.items()
    }
