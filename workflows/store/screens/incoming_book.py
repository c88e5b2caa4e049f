"""The register of what comes in: its lines, what waits at the door, and one line with everything about it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Select, distinct, select

from workflows.plans.names import fold
from workflows.store import consultation, directory, exchange, incoming, issuing, plans, reporting
from workflows.store.document_files import DocumentFile
from workflows.store.exchange import Sealed
from workflows.store.incoming import Incoming
from workflows.store.tables.books import incoming as rows_of_book
from workflows.store.tables.plans import plans as plan_rows

from .book_query import PAGE_SIZE, WHOLE_BOOK, BookQuery, pattern
from .labels import body_names

# Statuses in which nobody has to do anything any more.
OVER = (incoming.DONE, incoming.RECALLED)


@dataclass(frozen=True)
class IncomingRow:
    """One line with the names of who handles it."""

    line: Incoming
    office: str
    lead: str
    coop: str

    def is_late(self, today: date) -> bool:
        """Whether its deadline is over while it is not done."""
        return self.line.due_on is not None and self.line.due_on < today and self.line.status not in OVER


@dataclass(frozen=True)
class IncomingFound:
    """The lines, the years to choose from, and before which line the next page begins."""

    rows: list[IncomingRow]
    years: list[int]
    next_before: int | None


@dataclass(frozen=True)
class IncomingSeen:
    """One line with its files, its envelopes, and what it answers in words."""

    row: IncomingRow
    files: Sequence[DocumentFile]
    envelopes: list[Sealed]
    plan: plans.Plan | None


def incoming_of(connection: Connection, query: BookQuery, *, whole: bool = False) -> IncomingFound:
    """A page of matching lines, newest first; with `whole` all of them in the order of their numbers."""
    book = rows_of_book.c
    years = connection.scalars(select(distinct(book.year)).where(book.office_id.in_(query.office_ids))).all()
    wanted = _matching(query)
    if whole:
        wanted = wanted.order_by(book.office_id, book.number).limit(WHOLE_BOOK)
    else:
        wanted = wanted.order_by(book.id.desc()).limit(PAGE_SIZE + 1)
        if query.before is not None:
            wanted = wanted.where(book.id < query.before)
    found = [incoming.line_of_row(row._mapping) for row in connection.execute(wanted)]
    lines = found if whole else found[:PAGE_SIZE]
    more = len(found) > len(lines)
    return IncomingFound(
        _named(connection, lines), sorted({*years, query.year}, reverse=True), lines[-1].id if more else None
    )


def seen(connection: Connection, incoming_id: int) -> IncomingSeen:
    """The line, or NotFound."""
    line = incoming.line(connection, incoming_id)
    plan = plans.plan(connection, line.plan_id) if line.plan_id is not None else None
    (row,) = _named(connection, [line])
    files = incoming.files_of(connection, incoming_id)
    return IncomingSeen(row, files, exchange.of_incoming(connection, incoming_id), plan)


def answers_of(connection: Connection, plan_id: int) -> list[IncomingRow]:
    """What came in about a plan, in the order of arrival."""
    return _named(connection, incoming.answers_to(connection, plan_id))


def answerable(connection: Connection, office_ids: Collection[int]) -> list[tuple[str, str]]:
    """What a document may answer, newest plans first: "plan:3" and how it is called; their rounds and cycles too."""
    wanted = (
        select(plan_rows.c.id, plan_rows.c.title)
        .where(plan_rows.c.office_id.in_(office_ids), plan_rows.c.status != "draft")
        .order_by(plan_rows.c.id.desc())
        .limit(100)
    )
    choices: list[tuple[str, str]] = []
    for row in connection.execute(wanted).all():
        choices.append((f"plan:{row.id}", row.title))
        rounds = consultation.rounds_of(connection, row.id)
        choices += [(f"round:{each.id}", f"{row.title} – lấy ý kiến vòng {each.no}") for each in rounds]
        cycles = reporting.cycles_of_plan(connection, row.id)
        choices += [(f"cycle:{each.id}", f"{row.title} – báo cáo kỳ {each.key}") for each in cycles]
    return choices


def own_bodies(connection: Connection, office_id: int, on: date) -> list[tuple[int, str]]:
    """The office and its units in office that day: who may lead and who may help."""
    found = directory.bodies_of(connection, office_id, on)
    return [(body.id, body.name) for body in found if body.kind in ("office", "unit")]


def told_of(connection: Connection, recipient_list: Sequence[issuing.Recipient]) -> dict[int, list[Sealed]]:
    """What was sent to and heard from each line of Nơi nhận by exchange, oldest first."""
    told: dict[int, list[Sealed]] = {}
    for each in exchange.about_recipients(connection, [line.id for line in recipient_list]):
        told.setdefault(each.recipient_id or 0, []).append(each)
    return told


def _matching(query: BookQuery) -> Select[tuple[object, ...]]:
    book = rows_of_book.c
    wanted = select(rows_of_book).where(book.office_id.in_(query.office_ids), book.year == query.year)
    if query.status:
        wanted = wanted.where(book.status == query.status)
    for word in fold(query.words).split():
        wanted = wanted.where(book.fold.like(pattern(word), escape="!"))
    if query.signer:
        wanted = wanted.where(book.signer.is_not(None), book.fold.like(pattern(fold(query.signer)), escape="!"))
    if query.other_side:
        wanted = wanted.where(book.issuer_fold.like(pattern(fold(query.other_side)), escape="!"))
    if query.first_day is not None:
        wanted = wanted.where(book.arrived_on >= query.first_day)
    if query.last_day is not None:
        wanted = wanted.where(book.arrived_on <= query.last_day)
    if query.first is not None:
        wanted = wanted.where(book.number >= query.first)
    if query.last is not None:
        wanted = wanted.where(book.number <= query.last)
    return wanted


def _named(connection: Connection, lines: Sequence[Incoming]) -> list[IncomingRow]:
    ids = [each for line in lines for each in (line.office_id, line.lead_body_id, *line.coop) if each is not None]
    names = body_names(connection, ids)
    return [
        IncomingRow(
            line,
            names.get(line.office_id, ""),
            names.get(line.lead_body_id or 0, ""),
            ", ".join(names[each] for each in line.coop if each in names),
        )
        for line in lines
    ]
