"""Tìm: one box over everything that the person may see, without marks."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest
from service.found_address import address_of
from service.words import found_words
from workflows.store.local_days import local_day
from workflows.store.screens import search as screen
from workflows.store.screens import sight
from workflows.store.screens.hit import Hit
from workflows.store.screens.search import Question, Wanted, wanted_of

pages = Pages()
PAGE_SIZE: Final = 20
LAST_PAGE: Final = 50


@pages.get("/tim", PERSON)
def find(visit: Guest, tu: str = "", loai: str = "", trang: int = 1) -> Response:
    """The hits, those with the very marks first; the question lives in the address."""
    kinds = (loai,) if loai in screen.KINDS else ()
    page = min(max(1, trang), LAST_PAGE)
    question = Question(wanted_of(tu), kinds, page, PAGE_SIZE)
    with visit.web.database.read() as connection:
        seen = sight.sight_with_lent(connection, visit.person.groups, visit.person_id, visit.now)
        places = screen.places_of(connection, seen)
    with visit.web.database.house.read() as connection:
        within = screen.texts_with(connection, places, question)
    with visit.web.database.read() as connection:
        found = screen.search(connection, seen, within, question, local_day(visit.now))
    shown = [(hit, address_of(hit, tu), _set_off(hit, question.wanted)) for hit in found.hits]
    return visit.page(
        "search.html", typed=tu.strip()[:200], kind=kinds[0] if kinds else "", found=found, shown=shown, page=page,
        said=found_words, kinds=screen.KINDS, most=screen.MOST_COUNTED, wanted=question.wanted,
        more=found.more and page < LAST_PAGE,
    )  # fmt: skip


def _set_off(hit: Hit, wanted: Wanted) -> tuple[object, object]:
    if hit.in_text:
        title = found_words.passage_set_off(hit.title, wanted.parts) if hit.kind == "file" else hit.title
        return title, found_words.passage_set_off(hit.text, wanted.parts) if hit.text else ""
    title = found_words.set_off(hit.title, wanted.parts)
    text = found_words.set_off(hit.text, wanted.parts) if hit.text and hit.text != hit.title else ""
    return title, text
