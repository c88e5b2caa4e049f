"""Sổ đăng ký văn bản đi: page by page on the screen, as a whole book on paper, as a worksheet to keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.policy import PERSON, Pages, role
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.whole_number import whole_number
from service.words import books as words
from service.words import list_words
from workflows.actions.give_up_number import give_up_number
from workflows.actions.reserve_number import reserve_number
from workflows.errors import Refused
from workflows.plans.numbering import plan_symbol
from workflows.store import books, issuing
from workflows.store.local_days import local_day
from workflows.store.screens import register as screen
from workflows.store.screens import sight

from .book_filter import shown_of
from .book_sheets import cover_of, out_note, out_row
from .list_files import ListFile, list_file
from .mistakes import Mistake, mistakes_of

pages = Pages()


@dataclass(frozen=True)
class Sent:
    """What was typed into one of the two forms, and what is wrong with it; `line` is the number to be given up."""

    typed: Mapping[str, str]
    wrong: list[Mistake]
    line: int = 0


@pages.get("/so-van-ban", PERSON)
def book(visit: Guest) -> Response:
    """A page of the lines of one year, newest first."""
    return _book(visit)


@pages.get("/so-van-ban/in", PERSON)
def on_paper(visit: Guest) -> Response:
    """The whole book in the order of its numbers, with its cover, for A4 landscape."""
    with visit.web.database.read() as connection:
        shown = shown_of(visit, _offices(visit, connection))
        found = screen.register_of(connection, shown.query, whole=True)
        offices = sorted({line.office for line in found.lines})
    days = [line.row.document_on for line in found.lines]
    numbers = [line.row.number for line in found.lines]
    return visit.page(
        "book_print.html",
        kind="out",
        title=words.OUT_TITLE,
        offices=offices,
        cover=cover_of(shown.year, days, numbers, visit.now),
        columns=words.OUT_COLUMNS,
        rows=[out_row(line) for line in found.lines],
        back=shown.address("/so-van-ban"),
    )


@pages.get("/so-van-ban/tai-ve", PERSON)
def as_file(visit: Guest) -> Response:
    """The same as a file."""
    with visit.web.database.read() as connection:
        shown = shown_of(visit, _offices(visit, connection))
        found = screen.register_of(connection, shown.query, whole=True)
    days = [line.row.document_on for line in found.lines]
    cover = cover_of(shown.year, days, [line.row.number for line in found.lines], visit.now)
    rows = [out_row(line) for line in found.lines]
    return list_file(
        visit, ListFile(list_words.OUT_BOOK.format(shown.year), words.OUT_TITLE, words.OUT_COLUMNS, rows, cover)
    )


@pages.post("/so-van-ban/lay-so", role("van_thu"))
def reserve(visit: Guest) -> Response:
    """Lấy số trước: the next number is taken before there is a document for it."""
    form = visit.form
    if form.has("xem_lai"):
        return _book(visit, Sent(form.fields, []))
    office = whole_number(form.text("co_quan_so"))
    try:
        if office is None:
            raise Refused("NOT_YOURS", office=form.text("co_quan_so")[:40])
        line_id = reserve_number(visit.desk(), office, form.text("ky_hieu").upper(), form.text("trich_yeu"))
    except Refused as refused:
        return _book(visit, Sent(form.fields, mistakes_of(refused)), status_of(refused))
    return visit.go(f"/so-van-ban?nam={local_day(visit.now).year}&giu={line_id}")


@pages.post("/so-van-ban/{register_id}/bo", role("van_thu"))
def give_up(visit: Guest, register_id: int) -> Response:
    """Hủy số: the number stays in the book, as given up, with its reason."""
    form = visit.form
    with visit.web.database.read() as connection:
        year = issuing.register_line(connection, register_id).year
    if form.has("xem_lai"):
        return _book(visit, Sent(form.fields, [], register_id))
    try:
        give_up_number(visit.desk(), register_id, form.text("ly_do"))
    except Refused as refused:
        wrong = [Mistake(_at_line(each.field, register_id), each.sentence) for each in mistakes_of(refused)]
        return _book(visit, Sent(form.fields, wrong, register_id), status_of(refused))
    return visit.go(f"/so-van-ban?nam={year}")


def _at_line(field: str, register_id: int) -> str:
    """Every line has a form of its own, so its field is called by the line."""
    return f"{field}-{register_id}" if field else ""


def _offices(visit: Visit, connection: Connection) -> frozenset[int]:
    return sight.sight_of(connection, visit.person.groups).office_ids


def _book(visit: Visit, sent: Sent | None = None, status: int = 200) -> Response:
    with visit.web.database.read() as connection:
        shown = shown_of(visit, _offices(visit, connection))
        found = screen.register_of(connection, shown.query)
        keeping = screen.kept_by(connection, visit.person.groups)
        closings = closings_of(visit, connection, books.OUT, shown.year)
    reserved = visit.request.query_params.get("giu", "")
    return visit.page(
        "register.html",
        status=status,
        found=found,
        shown=shown,
        sent=sent or Sent({}, []),
        keeping=keeping,
        closings=closings,
        symbols={office_id: plan_symbol(name) for office_id, name in keeping.items()},
        reserved=next((line for line in found.lines if str(line.row.id) == reserved), None),
        notes={line.row.id: out_note(line) for line in found.lines},
    )


@dataclass(frozen=True)
class Closing:
    """How the book of one office and year stands, and what the visitor may do about it."""

    office_id: int
    office: str
    closed: bool
    changes: list[books.BookChange]
    may_close: bool
    may_reopen: bool


def closings_of(visit: Visit, connection: Connection, book_name: str, year: int) -> list[Closing]:
    """The book of this year in each office whose clerk or administrator the visitor is."""
    keeping = screen.kept_by(connection, visit.person.groups)
    governing = screen.kept_by(connection, visit.person.groups, "quan_tri")
    over = local_day(visit.now) >= date(year, 12, 31)
    found = []
    for office_id, name in (keeping | governing).items():
        closed = books.closed_at(connection, office_id, book_name, year) is not None
        changes = books.changes_of(connection, office_id, book_name, year)
        found.append(
            Closing(
                office_id,
                name,
                closed,
                changes,
                may_close=over and not closed and office_id in keeping,
                may_reopen=closed and office_id in governing,
            )
        )
    return found
