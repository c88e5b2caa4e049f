"""/nhan/<token>: an addressee reads the issued document and confirms that it arrived; the POST decides."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from notifications import links
from service.auth.policy import LINK, Pages
from service.auth.visit import Guest, Visit
from service.words.refusals import sentence_of
from workflows.actions.confirm_receipt import confirm_receipt
from workflows.engine.actor import Actor
from workflows.errors import Reason, Refused
from workflows.store import directory
from workflows.store.links import Link
from workflows.store.screens import receipt as screen

from .link_standing import is_known, send_code_for, too_many, wrong_code
from .mistakes import Mistake, mistakes_of
from .papers import issued_file

pages = Pages()


@dataclass(frozen=True)
class Behind:
    """What a usable link leads to, and what a confirmation needs on this browser.

    `by_code`: a code that the addressee types; `stranger`: the link is for a person who is not known here.
    """

    link: Link
    seen: screen.ReceiptSeen
    by_code: bool
    stranger: bool


@pages.get("/nhan/{link_token}", LINK)
def show(visit: Guest, link_token: str) -> Response:
    """The document and who it went to; nothing changes."""
    found = _behind(visit, link_token)
    if isinstance(found, Refused):
        return _dead(visit, found)
    return _page(visit, link_token, found, [])


@pages.post("/nhan/{link_token}", LINK)
def confirm(visit: Guest, link_token: str) -> Response:
    """Confirm the receipt with a name, and with what a mail scanner does not have; a second time shows the first."""
    found = _behind(visit, link_token)
    if isinstance(found, Refused):
        return _dead(visit, found)
    wrong = _wrong(visit, link_token, found)
    if wrong:
        return _page(visit, link_token, found, wrong)
    name = visit.form.text("nguoi_nhan")
    by = Actor(f"co_quan@{found.seen.recipient.body_id or 0}", name, channel="link")
    try:
        confirm_receipt(visit.desk(by), found.seen.recipient.id, name)
    except Refused as refused:
        if refused.code != "ALREADY_RECEIVED":
            return _page(visit, link_token, found, mistakes_of(refused))
    return visit.go(f"/nhan/{link_token}")


@pages.post("/nhan/{link_token}/gui-ma", LINK)
def send_code(visit: Guest, link_token: str) -> Response:
    """A second letter with a code to type, to the address that the first one went to."""
    return send_code_for(visit, link_token, f"/nhan/{link_token}")


@pages.get("/nhan/{link_token}/van-ban", LINK)
def download(visit: Guest, link_token: str) -> Response:
    """The frozen bytes, exactly as issued."""
    found = _behind(visit, link_token)
    if isinstance(found, Refused):
        return _dead(visit, found)
    with visit.web.database.read() as connection:
        return issued_file(connection, found.seen.recipient.subject, found.seen.recipient.subject_id)


def _behind(visit: Visit, token: str) -> Behind | Refused:
    with visit.web.database.read() as connection:
        try:
            link = links.resolve(connection, token, visit.now)
        except Refused as refused:
            return refused
        if link.recipient_id is None:
            return Refused("LINK_UNKNOWN")
        seen = screen.receipt_seen(connection, link.recipient_id)
    if link.person_id is not None:
        return Behind(link, seen, by_code=False, stranger=not is_known(visit, link))
    # People of the addressee who are signed in have said who they are already.
    groups = visit.actor.groups if visit.actor else frozenset()
    is_member = directory.group("thanh_vien", seen.recipient.body_id or 0) in groups
    return Behind(link, seen, by_code=not is_member, stranger=False)


def _wrong(visit: Visit, token: str, found: Behind) -> list[Mistake]:
    if not visit.form.text("nguoi_nhan"):
        return [Mistake.empty("nguoi_nhan")]
    if found.stranger:
        return [Mistake("", sentence_of(Reason("NOT_SIGNED_IN")))]
    refused = wrong_code(visit, token) if found.by_code else None
    return [Mistake("ma", sentence_of(refused.reasons[0]))] if refused else []


def _page(visit: Visit, token: str, found: Behind, wrong: list[Mistake]) -> Response:
    return visit.page(
        "receipt.html",
        status=422 if wrong else 200,
        seen=found.seen,
        by_code=found.by_code,
        stranger=found.stranger,
        path=f"/nhan/{token}",
        code_sent=visit.request.query_params.get("ma") == "1",
        wrong=wrong,
        typed=visit.form.fields,
    )


def _dead(visit: Visit, refused: Refused) -> Response:
    limit = too_many(visit) if refused.code == "LINK_UNKNOWN" else None
    return limit or visit.page(
        "link_dead.html",
        status=404 if refused.code == "LINK_UNKNOWN" else 410,
        sentence=sentence_of(refused.reasons[0]),
        code=refused.code,
        task=None,
        path=visit.request.url.path,
        may_ask=False,
    )
