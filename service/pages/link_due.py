"""/x/<token>/xin-lui-han: whoever a link was made for asks for a later day, with or without an account."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from service.auth.policy import LINK, Pages
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.words import deadline_words as said
from service.words.dates import read_day
from service.words.refusals import sentence_of
from workflows.actions.deadlines.ask_later_due import ask_later_due
from workflows.errors import Refused
from workflows.store import due_requests

from .link import Behind, behind_link, dead_link
from .link_standing import send_code_for, wrong_code
from .mistakes import Mistake, mistakes_of

pages = Pages()


@pages.get("/x/{link_token}/xin-lui-han", LINK)
def show(visit: Guest, link_token: str) -> Response:
    """Until when it is due, what was asked before, and the form."""
    behind = _behind(visit, link_token)
    return _page(visit, link_token, behind) if isinstance(behind, Behind) else behind


@pages.post("/x/{link_token}/xin-lui-han", LINK)
def ask(visit: Guest, link_token: str) -> Response:
    """Ask; a body without account types the code of its link, as for a decision."""
    behind = _behind(visit, link_token)
    if not isinstance(behind, Behind):
        return behind
    assert behind.standing is not None, "strangers were sent on"
    if visit.form.has("xem_lai"):
        return _page(visit, link_token, behind, visit.form.fields)
    if visit.form.has("gui_ma"):
        return send_code_for(visit, link_token, f"/x/{link_token}/xin-lui-han")
    wrong = wrong_code(visit, link_token) if behind.by_code else None
    if wrong is not None:
        mistake = Mistake("ma", sentence_of(wrong.reasons[0]))
        return _page(visit, link_token, behind, visit.form.fields, [mistake], 422)
    day = read_day(visit.form.text("han_moi"))
    try:
        if day is None:
            raise Refused("BAD_DATE", field="han_moi", value=visit.form.text("han_moi"))
        ask_later_due(visit.desk(behind.standing.actor), behind.seen.task.id, day, visit.form.text("ly_do"))
    except Refused as refused:
        if status_of(refused) != 422:
            raise
        return _page(visit, link_token, behind, visit.form.fields, mistakes_of(refused), 422)
    visit.web.nudge()
    return visit.go(f"/x/{link_token}/xin-lui-han")


def _behind(visit: Visit, token: str) -> Behind | Response:
    """What the link leads to for whoever it was made for; for others and for a dead link the page that says so."""
    try:
        behind = behind_link(visit, token)
    except Refused as refused:
        return dead_link(visit, refused)
    return visit.go(f"/x/{token}") if behind is None or behind.standing is None else behind


def _page(  # noqa: PLR0917 - what a form gives back
    visit: Visit,
    token: str,
    behind: Behind,
    typed: Mapping[str, str] | None = None,
    wrong: list[Mistake] | None = None,
    status: int = 200,
) -> Response:
    with visit.web.database.read() as connection:
        before = due_requests.requests_of(connection, [behind.seen.task.id])
    return visit.page(
        "due_ask.html",
        status=status,
        seen=behind.seen,
        before=before,
        said=said,
        back=f"/x/{token}",
        by_code=behind.by_code,
        code_sent=visit.request.query_params.get("ma") == "1",
        typed=typed or {},
        wrong=wrong or [],
    )
