"""One box for programs of people: what the person finds on /tim, page by page."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from service.found_address import address_of
from workflows.errors import Refused
from workflows.store.local_days import local_day
from workflows.store.screens import sight
from workflows.store.screens.hit import Hit
from workflows.store.screens.search import KINDS, places_of, wanted_of
from workflows.store.screens.search_behind import Sought, hits_behind, place_of_hit, texts_behind

from .paging import After, Limit, page_of, place_of
from .policy import PERSON, Call, Routes
from .search_shapes import Found, FoundThing, Kind
from .shapes import KEPT

routes = Routes("search")
USUAL = 20
Words = Annotated[
    str,
    Query(
        min_length=1,
        max_length=200,
        pattern=KEPT,
        description="Words and “phrases”, of which all must occur; marks and case do not matter",
    ),
]
Kinds = Annotated[list[Kind] | None, Query(max_length=len(KINDS), description="Only things of these kinds")]


@routes.get("/search", PERSON, "search_everything")
def search_everything(caller: Call, q: Words, kind: Kinds = None, limit: Limit = USUAL, after: After = None) -> Found:
    """What the person may see and that has these words: kind after kind, in each the newest first."""
    behind = place_of(after, (str, int))
    if behind is not None and behind[0] not in KINDS:
        raise Refused("NO_SUCH_PLACE", after=after)
    place = (str(behind[0]), int(behind[1])) if behind is not None else None
    found = _found(caller, Sought(wanted_of(q), kind or (), place, limit + 1))
    shown, more = page_of(found, limit, place_of_hit)
    return Found(found=[_thing(each, q) for each in shown], next=more)


def _found(caller: Call, sought: Sought) -> list[Hit]:
    """As on the page: the house finds which texts have the words, what is shown is read as the person."""
    database, actor = caller.web.database, caller.actor
    assert actor.person is not None, "a token of a person"
    with database.read() as connection:
        seen = sight.sight_with_lent(connection, actor.groups, int(actor.person), caller.now)
        places = places_of(connection, seen)
    with database.house.read() as connection:
        within = texts_behind(connection, places, sought)
    with database.read() as connection:
        return hits_behind(connection, seen, within, sought, local_day(caller.now))


def _thing(hit: Hit, typed: str) -> FoundThing:
    same = ("kind", "id", "title", "text", "in_text", "number", "symbol", "state", "on", "plan_id", "office_id")
    facts = {name: getattr(hit, name) for name in same}
    return FoundThing(**facts, of_id=hit.subject_id, address=address_of(hit, typed))
