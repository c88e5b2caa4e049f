"""Bộ lọc đã lưu: a person keeps views of a list under names; the view of everything is always there and no row."""

from __future__ import annotations

from workflows.errors import NotFound, Refused
from workflows.store import own_desk

from .desk import Desk

MOST_FILTERS = 20
LONGEST_NAME = 60
LONGEST_QUERY = 500


def keep_filter(desk: Desk, person_id: int, listed: str, name: str, query: str) -> None:
    """Keep the view under this name, in place of an earlier one of the same name.

    Refused: FIELD_REQUIRED without a name, TOO_LONG, NOTHING_FILTERED for the view of everything, TOO_MANY_FILTERS.
    """
    name = " ".join(name.split())
    if not name:
        raise Refused("FIELD_REQUIRED", field="ten_bo_loc")
    if len(name) > LONGEST_NAME or len(query) > LONGEST_QUERY:
        raise Refused("TOO_LONG", field="ten_bo_loc", most=LONGEST_NAME)
    if not query:
        raise Refused("NOTHING_FILTERED", field="ten_bo_loc")
    with desk.open() as work:
        if own_desk.count_filters(work.connection, person_id, listed, name) >= MOST_FILTERS:
            raise Refused("TOO_MANY_FILTERS", field="ten_bo_loc", most=MOST_FILTERS)
        own_desk.save_filter(work.connection, person_id, listed, name, query, work.now)


def forget_filter(desk: Desk, person_id: int, filter_id: int) -> None:
    """Drop the view; NotFound when it is none of this person."""
    with desk.open() as work:
        if not own_desk.forget_filter(work.connection, person_id, filter_id):
            raise NotFound("filter", id=filter_id)
