"""Các cơ quan: every office with its last visit, open and late work, failing letters and plans; filtered, by pages."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.responses import Response

from service.api.paging import page_of, place_of
from service.auth.policy import Pages, role
from service.auth.visit import Guest, Visit
from service.words import office_words as words
from service.words.dates import time_words
from workflows.actions.designing.keepers import require_keeper
from workflows.store.screens.offices_status import (
    ONLY,
    SORTS,
    Asked,
    OfficeStatus,
    how_many,
    kinds_of_place,
    offices_status,
    place,
)

from .list_files import MOST_LINES, ListFile, list_file

pages = Pages()
ADMINISTRATOR = role("quan_tri")
PAGE_SIZE = 50


@pages.get("/van-hanh/co-quan", ADMINISTRATOR)
def offices(visit: Guest, tim: str = "", loc: str = "", xep: str = "ten", sau: str = "") -> Response:
    """The offices that the filters leave; filters, order and place live in the address."""
    asked = _asked(tim, loc, xep)
    after = place_of(sau or None, kinds_of_place(asked.sort))
    with visit.web.database.house.read() as connection:
        require_keeper(connection, visit.person)
        total = how_many(connection, asked, visit.now)
        rows = offices_status(connection, asked, visit.now, PAGE_SIZE + 1, after)
    shown, following = page_of(rows, PAGE_SIZE, lambda each: place(each, asked.sort))
    filters = {"tim": asked.words, "loc": asked.only, "xep": asked.sort}
    return visit.page(
        "offices.html",
        offices=shown,
        total=total,
        asked=asked,
        first=not sau,
        filters=urlencode(filters),
        following=urlencode({**filters, "sau": following}) if following else "",
        said=words,
    )


@pages.get("/van-hanh/co-quan/tai-ve", ADMINISTRATOR)
def as_file(visit: Guest, tim: str = "", loc: str = "", xep: str = "ten") -> Response:
    """The same offices, all of them, as a file."""
    asked = _asked(tim, loc, xep)
    with visit.web.database.house.read() as connection:
        require_keeper(connection, visit.person)
        rows = offices_status(connection, asked, visit.now, MOST_LINES)
    return list_file(visit, _file(visit, rows))


def _asked(words_typed: str, only: str, sort: str) -> Asked:
    return Asked(words_typed.strip()[:200], only if only in ONLY else "", sort if sort in SORTS else "ten")


def _file(visit: Visit, rows: list[OfficeStatus]) -> ListFile:
    lines = [
        (
            each.name,
            each.level or "",
            each.above or "",
            time_words(each.last_seen) if each.last_seen else words.NEVER,
            *(str(number) for number in (each.open_tasks, each.late, each.failing, each.plans)),
            time_words(each.suspended_since) if each.suspended_since else "",
        )
        for each in rows
    ]
    return ListFile(words.OFFICES, words.OFFICES, words.COLUMNS, lines, [time_words(visit.now)])
