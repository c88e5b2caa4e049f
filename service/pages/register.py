"""Sổ đăng ký văn bản đi: the ten columns of the book (NĐ 30/2020, Phụ lục IV), on screen and on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from service.auth.policy import PERSON, Pages, role
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from workflows.actions.give_up_number import give_up_number
from workflows.actions.reserve_number import reserve_number
from workflows.errors import Refused
from workflows.plans.numbering import plan_symbol
from workflows.store import issuing
from workflows.store.local_days import local_day
from workflows.store.screens import register as screen
from workflows.store.screens import sight

from .mistakes import Mistake, mistakes_of

pages = Pages()


@dataclass(frozen=True)
class Shown:
    """Which lines of the book are looked at."""

    year: int
    series: str = ""
    first: str = ""
    last: str = ""


@dataclass(frozen=True)
class Sent:
    """What was typed into one of the two forms, and what is wrong with it; `line` is the number to be given up."""

    typed: Mapping[str, str]
    wrong: list[Mistake]
    line: int = 0


@pages.get("/so-van-ban", PERSON)
def book(visit: Guest, nam: int = 0, loai: str = "", tu_so: str = "", den_so: str = "") -> Response:
    """The lines of one year, in the order of numbers."""
    return _book(visit, Shown(nam or local_day(visit.now).year, loai, tu_so, den_so))


@pages.post("/so-van-ban/lay-so", role("van_thu"))
def reserve(visit: Guest) -> Response:
    """Lấy số trước: the next number is taken before there is a document for it."""
    form = visit.form
    year = local_day(visit.now).year
    if form.has("xem_lai"):
        return _book(visit, Shown(year), Sent(form.fields, []))
    office = form.text("co_quan_so")
    try:
        if not office.isascii() or not office.isdecimal():
            raise Refused("NOT_YOURS", office=office[:40])
        line_id = reserve_number(visit.desk(), int(office), form.text("ky_hieu").upper(), form.text("trich_yeu"))
    except Refused as refused:
        return _book(visit, Shown(year), Sent(form.fields, mistakes_of(refused)), status_of(refused))
    return visit.go(f"/so-van-ban?nam={year}&giu={line_id}")


@pages.post("/so-van-ban/{register_id}/bo", role("van_thu"))
def give_up(visit: Guest, register_id: int) -> Response:
    """Hủy số: the number stays in the book, as given up, with its reason."""
    form = visit.form
    with visit.web.database.read() as connection:
        shown = Shown(issuing.register_line(connection, register_id).year)
    if form.has("xem_lai"):
        return _book(visit, shown, Sent(form.fields, [], register_id))
    try:
        give_up_number(visit.desk(), register_id, form.text("ly_do"))
    except Refused as refused:
        wrong = [Mistake(_at_line(each.field, register_id), each.sentence) for each in mistakes_of(refused)]
        return _book(visit, shown, Sent(form.fields, wrong, register_id), status_of(refused))
    return visit.go(f"/so-van-ban?nam={shown.year}")


def _at_line(field: str, register_id: int) -> str:
    """Every line has a form of its own, so its field is called by the line."""
    return f"{field}-{register_id}" if field else ""


def _book(visit: Visit, shown: Shown, sent: Sent | None = None, status: int = 200) -> Response:
    numbers = [int(words) if words.isascii() and words.isdecimal() else None for words in (shown.first, shown.last)]
    with visit.web.database.read() as connection:
        own = sight.sight_of(connection, visit.person.groups)
        found = screen.register_of(connection, own.office_ids, shown.year, shown.series, numbers[0], numbers[1])
        keeping = screen.kept_by(connection, visit.person.groups)
    reserved = visit.request.query_params.get("giu", "")
    return visit.page(
        "register.html",
        status=status,
        found=found,
        shown=shown,
        sent=sent or Sent({}, []),
        keeping=keeping,
        symbols={office_id: plan_symbol(name) for office_id, name in keeping.items()},
        reserved=next((line for line in found.lines if str(line.row.id) == reserved), None),
    )
