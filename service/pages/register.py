"""Sổ đăng ký văn bản đi: the ten columns of the book (NĐ 30/2020, Phụ lục IV), on screen and on paper."""

from __future__ import annotations

from starlette.responses import Response

from service.auth.policy import PERSON, Pages, role
from service.auth.visit import Guest
from workflows.actions.give_up_number import give_up_number
from workflows.store.local_days import local_day
from workflows.store.screens import register as screen
from workflows.store.screens import sight

pages = Pages()


@pages.get("/so-van-ban", PERSON)
def book(visit: Guest, nam: int = 0, loai: str = "", tu_so: str = "", den_so: str = "") -> Response:
    """The lines of one year, in the order of numbers."""
    year = nam or local_day(visit.now).year
    numbers = [int(words) if words.isascii() and words.isdecimal() else None for words in (tu_so, den_so)]
    with visit.web.database.read() as connection:
        own = sight.sight_of(connection, visit.person.groups)
        found = screen.register_of(connection, own.office_ids, year, loai, numbers[0], numbers[1])
    return visit.page(
        "register.html",
        found=found,
        year=year,
        series=loai,
        first=tu_so,
        last=den_so,
        may_give_up={office for office in own.office_ids if f"van_thu@{office}" in visit.person.groups},
    )


@pages.post("/so-van-ban/{register_id}/bo", role("van_thu"))
def give_up(visit: Guest, register_id: int) -> Response:
    """Hủy số: the number stays in the book, as given up, with its reason."""
    give_up_number(visit.desk(), register_id, visit.form.text("ly_do"))
    return visit.go("/so-van-ban")
