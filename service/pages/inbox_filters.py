"""Bộ lọc đã lưu: views of the inbox under names of one's own; the view of everything stays for ever."""

from __future__ import annotations

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest
from service.inbox_asked import asked_of
from service.statuses import status_of
from workflows.actions.keep_filters import forget_filter, keep_filter
from workflows.errors import Refused

from .inbox import LIST, to_do_page
from .mistakes import mistakes_of

pages = Pages()


@pages.post("/viec/bo-loc", PERSON)
def save(visit: Guest) -> Response:
    """Keep what narrows the list now under a name, and stay in that view."""
    asked = asked_of(visit.form.fields)
    try:
        keep_filter(visit.desk(), visit.person_id, LIST, visit.form.text("ten_bo_loc"), asked.query)
    except Refused as refused:
        return to_do_page(visit, mistakes_of(refused), status_of(refused))
    return visit.go(f"/viec?{asked.query}&xong=loc")


@pages.post("/viec/bo-loc/{filter_id}/bo", PERSON)
def forget(visit: Guest, filter_id: int) -> Response:
    """Drop a view; what it listed stays in the inbox."""
    forget_filter(visit.desk(), visit.person_id, filter_id)
    return visit.go("/viec?xong=bo-loc")
