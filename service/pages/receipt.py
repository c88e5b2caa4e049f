"""/nhan/<token>: an addressee reads the issued document and confirms that it arrived; the POST decides."""

from __future__ import annotations

from starlette.responses import Response

from notifications import links
from service.auth.policy import LINK, Pages
from service.auth.visit import Guest, Visit
from service.words.refusals import sentence_of
from workflows.actions.confirm_receipt import confirm_receipt
from workflows.engine.actor import Actor
from workflows.errors import Refused
from workflows.store.screens import receipt as screen

from .mistakes import Mistake, mistakes_of
from .papers import issued_file

pages = Pages()


@pages.get("/nhan/{link_token}", LINK)
def show(visit: Guest, link_token: str) -> Response:
    """The document and who it went to; nothing changes."""
    seen = _seen(visit, link_token)
    if isinstance(seen, Refused):
        return _dead(visit, seen)
    return visit.page("receipt.html", seen=seen, path=f"/nhan/{link_token}", wrong=[], typed={})


@pages.post("/nhan/{link_token}", LINK)
def confirm(visit: Guest, link_token: str) -> Response:
    """Confirm the receipt with a name; a second confirmation shows the first."""
    seen = _seen(visit, link_token)
    if isinstance(seen, Refused):
        return _dead(visit, seen)
    name = visit.form.text("nguoi_nhan")
    if not name:
        wrong = [Mistake.empty("nguoi_nhan")]
        return visit.page(
            "receipt.html", status=422, seen=seen, path=f"/nhan/{link_token}", wrong=wrong, typed=visit.form.fields
        )
    by = Actor(f"co_quan@{seen.recipient.body_id or 0}", name, channel="link")
    try:
        confirm_receipt(visit.desk(by), seen.recipient.id, name)
    except Refused as refused:
        if refused.code != "ALREADY_RECEIVED":
            return visit.page(
                "receipt.html",
                status=422,
                seen=seen,
                path=f"/nhan/{link_token}",
                wrong=mistakes_of(refused),
                typed=visit.form.fields,
            )
    return visit.go(f"/nhan/{link_token}")


@pages.get("/nhan/{link_token}/van-ban", LINK)
def download(visit: Guest, link_token: str) -> Response:
    """The frozen bytes, exactly as issued."""
    seen = _seen(visit, link_token)
    if isinstance(seen, Refused):
        return _dead(visit, seen)
    with visit.web.database.read() as connection:
        return issued_file(connection, seen.recipient.subject, seen.recipient.subject_id)


def _seen(visit: Visit, token: str) -> screen.ReceiptSeen | Refused:
    with visit.web.database.read() as connection:
        try:
            link = links.resolve(connection, token, visit.now)
        except Refused as refused:
            return refused
        if link.recipient_id is None:
            return Refused("LINK_UNKNOWN")
        return screen.receipt_seen(connection, link.recipient_id)


def _dead(visit: Visit, refused: Refused) -> Response:
    return visit.page(
        "link_dead.html",
        status=404 if refused.code == "LINK_UNKNOWN" else 410,
        sentence=sentence_of(refused.reasons[0]),
        code=refused.code,
        task=None,
        path=visit.request.url.path,
        may_ask=False,
    )
