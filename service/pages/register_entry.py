"""Vào sổ văn bản đi by hand: documents made outside the system; and the end of a year of either book."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from starlette.responses import Response

from service.auth.policy import Pages, role
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.whole_number import whole_number
from service.words.dates import day_words, read_day
from workflows.actions.enter_document import OutgoingEntry, enter_document
from workflows.actions.keep_books import close_book, reopen_book
from workflows.errors import Refused
from workflows.plans.numbering import plan_symbol
from workflows.store import books
from workflows.store.local_days import local_day
from workflows.store.screens import register as screen
from workflows.store.screens.book_query import BookQuery
from workflows.store.screens.register import RegisterLine

from .mistakes import Mistake, mistakes_of

pages = Pages()
BOOK_PAGE: Mapping[str, str] = {books.OUT: "/so-van-ban", books.IN: "/so-van-ban-den"}


@pages.get("/so-van-ban/vao-so", role("van_thu"))
def form(visit: Guest) -> Response:
    """The form; with `so` it is about a number that was reserved."""
    params = visit.request.query_params
    return _form(visit, {"dung_so": params.get("so", "")}, entered=params.get("da_ghi", ""))


@pages.post("/so-van-ban/vao-so", role("van_thu"))
def enter(visit: Guest) -> Response:
    """Enter the document; "Ghi và thêm tiếp" comes back with an empty form, for a backlog typed in one go."""
    sent = visit.form
    if sent.has("xem_lai"):
        return _form(visit, sent.fields)
    try:
        office_id = id_of(sent.text("co_quan_so"), "co_quan_so")
        reserved = id_of(sent.text("dung_so"), "dung_so") if sent.text("dung_so") else None
        line_id = enter_document(visit.desk(), office_id, entry_of(visit), reserved)
    except Refused as refused:
        return _form(visit, sent.fields, mistakes_of(refused), status_of(refused))
    if sent.has("tiep"):
        return visit.go(f"/so-van-ban/vao-so?da_ghi={line_id}")
    return visit.go("/so-van-ban")


@pages.post("/so-van-ban/khoa", role("van_thu"))
def close(visit: Guest) -> Response:
    """Khóa sổ of one office, book and year."""
    sent = visit.form
    book, year = sent.text("so"), id_of(sent.text("nam"), "so")
    close_book(visit.desk(), id_of(sent.text("co_quan_so"), "co_quan_so"), book, year)
    return visit.go(f"{BOOK_PAGE[book]}?nam={year}")


@pages.post("/so-van-ban/mo-lai", role("quan_tri"))
def reopen(visit: Guest) -> Response:
    """Mở lại sổ with a reason that stays on record."""
    sent = visit.form
    book, year = sent.text("so"), id_of(sent.text("nam"), "so")
    reopen_book(visit.desk(), id_of(sent.text("co_quan_so"), "co_quan_so"), book, year, sent.text("ly_do"))
    return visit.go(f"{BOOK_PAGE[book]}?nam={year}")


def entry_of(visit: Visit) -> OutgoingEntry:
    """The columns of the book as they were typed."""
    sent = visit.form
    return OutgoingEntry(
        sent.text("ky_hieu").upper(),
        sent.text("trich_yeu"),
        sent.text("nguoi_ky"),
        day_of(visit, "ngay"),
        sent.text("noi_nhan"),
        sent.text("luu"),
        count_of(visit, "so_ban"),
        sent.text("ghi_chu"),
    )


def day_of(visit: Visit, name: str) -> date:
    """A day that was typed; FIELD_REQUIRED or BAD_DATE."""
    words = visit.form.text(name)
    if not words:
        raise Refused("FIELD_REQUIRED", field=name)
    day = read_day(words)
    if day is None:
        raise Refused("BAD_DATE", field=name, value=words[:40])
    return day


def count_of(visit: Visit, name: str) -> int:
    """How many; one where nothing was typed."""
    words = visit.form.text(name) or "1"
    count = whole_number(words, 6)
    if count is None:
        raise Refused("BAD_FIELD", field=name, value=words[:40])
    return count


def id_of(words: str, field: str) -> int:
    """A number that our own page put into a hidden field or a list."""
    if not words:
        raise Refused("FIELD_REQUIRED", field=field)
    number = whole_number(words)
    if number is None:
        raise Refused("BAD_FIELD", field=field, value=words[:40])
    return number


def _form(
    visit: Visit, typed: Mapping[str, str], wrong: list[Mistake] | None = None, status: int = 200, entered: str = ""
) -> Response:
    today = local_day(visit.now)
    with visit.web.database.read() as connection:
        keeping = screen.kept_by(connection, visit.person.groups)
        query = BookQuery(frozenset(keeping), today.year, status="reserved")
        held: list[RegisterLine] = screen.register_of(connection, query, whole=True).lines
        year = BookQuery(frozenset(keeping), today.year)
        done = [line for line in screen.register_of(connection, year).lines if str(line.row.id) == entered]
    defaults = {"ngay": day_words(today), "so_ban": "1"}
    chosen = next((line for line in held if str(line.row.id) == typed.get("dung_so")), None)
    if chosen is not None:
        defaults |= {"ky_hieu": chosen.row.symbol, "trich_yeu": chosen.row.title}
    elif keeping:
        defaults["ky_hieu"] = plan_symbol(next(iter(keeping.values())))
    return visit.page(
        "register_entry.html",
        status=status,
        typed=defaults | dict(typed),
        wrong=wrong or [],
        keeping=keeping,
        held=held,
        entered=done[0] if done else None,
    )
