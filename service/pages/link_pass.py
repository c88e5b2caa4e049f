"""/x/<token>/chuyen: a body without account hands its link on to a colleague inside the body (APR-15)."""

from __future__ import annotations

from starlette.responses import Response

from notifications.pass_link import Handing, opinion_task, pass_link
from service.auth.policy import LINK, Pages
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.words.handing_words import HANDED_ON
from service.words.refusals import sentence_of
from workflows.errors import NotFound, Refused

from .link import Behind, behind_link, dead_link
from .link_standing import send_code_for, wrong_code
from .mistakes import Mistake, mistakes_of

pages = Pages()


@pages.get("/x/{link_token}/chuyen", LINK)
def show(visit: Guest, link_token: str) -> Response:
    """To whom, and the code of this link."""
    behind = _behind(visit, link_token)
    return _page(visit, link_token, behind) if isinstance(behind, Behind) else behind


@pages.post("/x/{link_token}/chuyen", LINK)
def hand_on(visit: Guest, link_token: str) -> Response:
    """Hand it on; the code of the link shows that whoever does so reads the mail that the link went to."""
    behind = _behind(visit, link_token)
    if not isinstance(behind, Behind):
        return behind
    if visit.form.has("gui_ma"):
        return send_code_for(visit, link_token, f"/x/{link_token}/chuyen")
    wrong = wrong_code(visit, link_token)
    if wrong is not None:
        return _page(visit, link_token, behind, [Mistake("ma", sentence_of(wrong.reasons[0]))], 422)
    form, web = visit.form, visit.web
    handing = Handing(form.text("nguoi_nhan"), form.text("hop_thu"), form.text("ho_ten"))
    try:
        with web.database.write() as connection:
            pass_link(connection, link_token, web.tokens(), handing, visit.now, web.settings.base_url)
    except Refused as refused:
        if refused.code.startswith("LINK_"):
            return dead_link(visit, refused)
        return _page(visit, link_token, behind, mistakes_of(refused), status_of(refused))
    web.nudge()
    return visit.page("link_handed.html", notice=HANDED_ON.format(address=handing.address.strip()))


def _behind(visit: Visit, token: str) -> Behind | Response:
    """What the link leads to where it may be handed on; a dead link says why, every other has no such page."""
    try:
        behind = behind_link(visit, token)
        if behind is None or not behind.by_code:
            raise NotFound("link")
        with visit.web.database.read() as connection:
            opinion_task(connection, behind.link)
    except NotFound:
        raise
    except Refused as refused:
        if not refused.code.startswith("LINK_"):
            raise NotFound("link") from refused
        return dead_link(visit, refused)
    return behind


def _page(visit: Visit, token: str, behind: Behind, wrong: list[Mistake] | None = None, status: int = 200) -> Response:
    return visit.page(
        "link_pass.html",
        status=status,
        seen=behind.seen,
        back=f"/x/{token}",
        code_sent=visit.request.query_params.get("ma") == "1",
        typed=visit.form.fields,
        wrong=wrong or [],
    )
