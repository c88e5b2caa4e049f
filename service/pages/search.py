"""Tìm: one box over everything that the person may see, without marks."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest
from service.words import found_words
from workflows.store.local_days import local_day
from workflows.store.screens import search as screen
from workflows.store.screens import sight
from workflows.store.screens.search import Hit

pages = Pages()
PAGE_SIZE: Final = 20
LAST_PAGE: Final = 50


@pages.get("/tim", PERSON)
def find(visit: Guest, tu: str = "", loai: str = "", trang: int = 1) -> Response:
    """The hits, those with the very marks first; the question lives in the address."""
    kinds = (loai,) if loai in screen.KINDS else ()
    page = min(max(1, trang), LAST_PAGE)
    wanted = screen.wanted_of(tu)
    with visit.web.database.read() as connection:
        seen = sight.sight_with_lent(connection, visit.person.groups, visit.person_id, visit.now)
        found = screen.search(connection, seen, wanted, kinds, local_day(visit.now), page, PAGE_SIZE)
    shown = [(hit, address_of(hit), _set_off(hit, wanted)) for hit in found.hits]
    return visit.page(
        "search.html", typed=tu.strip()[:200], kind=kinds[0] if kinds else "", found=found, shown=shown, page=page,
        said=found_words, kinds=screen.KINDS, most=screen.MOST_COUNTED, wanted=wanted,
        more=found.more and page < LAST_PAGE,
    )  # fmt: skip


def address_of(hit: Hit) -> str:
    """The page on which the thing that was found is looked at."""
    if hit.kind == "document":
        return f"/ke-hoach/{hit.plan_id}?muc=van-ban" if hit.plan_id else "/so-van-ban"
    if hit.kind == "incoming":
        return f"/so-van-ban-den/{hit.id}"
    if hit.kind in ("person", "unit"):
        return f"/to-chuc/{hit.id if hit.kind == 'unit' else hit.office_id}"
    if hit.kind == "report":
        return f"/bao-cao/{hit.id}"
    tab = {"duty": "/nhiem-vu", "opinion": "/y-kien"}.get(hit.kind, "")
    return f"/ke-hoach/{hit.plan_id}{tab}"


def _set_off(hit: Hit, wanted: screen.Wanted) -> tuple[object, object]:
    title = found_words.set_off(hit.title, wanted.parts)
    text = found_words.set_off(hit.text, wanted.parts) if hit.text and hit.text != hit.title else ""
    return title, text
