"""The lists beside the inbox: what a unit has, what others have, what comes next, what is watched, what was done."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.words import inbox_words, work_words
from workflows.store import worklist
from workflows.store.inbox import COUNTED
from workflows.store.screens import inbox as screen
from workflows.store.screens import inbox_lists, sight

from .coming import coming_to
from .inbox_frame import inbox_page, pages_of

pages = Pages()
MOST_PAGES = 1000


@pages.get("/viec/don-vi", PERSON)
def unit(visit: Guest, giu: str = "", trang: int = 1) -> Response:
    """Everything open in the units that the person heads; `giu` narrows it to one holder."""
    page = _page(trang)
    with visit.web.database.read() as connection:
        found = inbox_lists.of_unit(connection, visit.person.groups, str(visit.person_id), visit.now, giu, page)
    return _listed(visit, "don-vi", found, page, holders=dict(found.holders), holder=giu)


@pages.get("/viec/cho-nguoi-khac", PERSON)
def with_others(visit: Guest, trang: int = 1) -> Response:
    """What of the person's plans waits for somebody else."""
    page, person = _page(trang), visit.person
    with visit.web.database.read() as connection:
        found = inbox_lists.with_others(connection, visit.person_id, person.name, person.groups, visit.now, page)
    return _listed(visit, "cho-nguoi-khac", found, page)


@pages.get("/viec/sap-den", PERSON)
def coming(visit: Guest) -> Response:
    """What will come to the person: steps behind the one that is open, duties and cycles that open soon."""
    with visit.web.database.read() as connection:
        found = coming_to(visit, connection)
    return inbox_page(visit, "inbox_coming.html", "sap-den", coming=found, filter_words=inbox_words)


@pages.get("/viec/theo-doi", PERSON)
def watched(visit: Guest) -> Response:
    """The plans that the person watches, and what was told of them."""
    with visit.web.database.read() as connection:
        seen = sight.sight_with_lent(connection, visit.person.groups, visit.person_id, visit.now)
        plans = inbox_lists.watched(connection, visit.person_id, seen)
    return inbox_page(visit, "inbox_watched.html", "theo-doi", plans=plans)


@pages.get("/viec/da-xu-ly", PERSON)
def done(visit: Guest, trang: int = 1) -> Response:
    """What the person did, latest first."""
    page = _page(trang)
    with visit.web.database.read() as connection:
        rows = screen.done(connection, visit.person_id, page)
        total = worklist.count_done_by(connection, visit.person_id, max(COUNTED, page * screen.DONE_SHOWN) + 1)
    over = total > max(COUNTED, page * screen.DONE_SHOWN)
    return _listed(visit, "da-xu-ly", inbox_lists.Listed(rows, total - over, over), page)


def _page(asked: int) -> int:
    return min(max(1, asked), MOST_PAGES)


def _listed(visit: Visit, tab: str, found: inbox_lists.Listed, page: int, **facts: Any) -> Response:  # noqa: ANN401 - a template's variables
    return inbox_page(
        visit,
        "inbox_other.html",
        tab,
        rows=found.rows,
        total=work_words.counted(found.total, over=found.uncounted),
        page=page,
        pages=pages_of(found.total, inbox_lists.SHOWN) + found.uncounted,
        page_words=inbox_words.page_words(page, pages_of(found.total, inbox_lists.SHOWN), over=found.uncounted),
        **facts,
    )
