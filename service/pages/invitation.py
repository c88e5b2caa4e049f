"""/loi-moi/<token>: whoever is invited chooses a password, once, and is signed in."""

from __future__ import annotations

from starlette.responses import Response

from notifications import invitations
from service.auth.new_password import judged_password
from service.auth.office_at_work import require_office_at_work
from service.auth.passwords import hash_password
from service.auth.policy import LINK, Pages
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.words.refusals import sentence_of
from workflows.errors import Refused
from workflows.store import accounts
from workflows.store.directory import Person

from .link_standing import too_many
from .mistakes import Mistake, mistakes_of
from .opening_session import open_session

pages = Pages()
DEAD = ("LINK_UNKNOWN", "INVITATION_USED", "INVITATION_OVER", "OFFICE_SUSPENDED")


@pages.get("/loi-moi/{link_token}", LINK)
def show(visit: Guest, link_token: str) -> Response:
    """Under which name one signs in, and the two fields of the password. Nothing changes."""
    try:
        person = _invited(visit, link_token)
    except Refused as refused:
        return _dead(visit, refused)
    return _page(visit, link_token, person)


@pages.post("/loi-moi/{link_token}", LINK)
def accept(visit: Guest, link_token: str) -> Response:
    """The password is kept, the invitation is used up, and the session begins."""
    try:
        person = _invited(visit, link_token)
    except Refused as refused:
        return _dead(visit, refused)
    try:
        # As typed: no mark of a password is cleaned away.
        password = judged_password(
            visit.form.fields.get("mat_khau_moi", ""), visit.form.fields.get("mat_khau_lai", ""), person
        )
        kept = hash_password(password)
        with visit.web.database.write() as connection:
            person_id = invitations.accept(connection, link_token, kept, visit.now)
            account = accounts.account_of(connection, person_id)
    except Refused as refused:
        if refused.code in DEAD:
            return _dead(visit, refused)
        return _page(visit, link_token, person, mistakes_of(refused), status_of(refused))
    assert account is not None, "it was made just now"
    open_session(visit, account, remember=False)
    return visit.go("/to-chuc")


def _invited(visit: Visit, token: str) -> Person:
    """Who is invited; Refused where the invitation counts no more or the office is suspended."""
    with visit.web.database.read() as connection:
        person = invitations.invited(connection, token, visit.now)
        require_office_at_work(connection, person.id, visit.now)
    return person


def _page(visit: Visit, token: str, person: Person, wrong: list[Mistake] | None = None, status: int = 200) -> Response:
    return visit.page(
        "invitation.html",
        status=status,
        person=person,
        login=invitations.login_of(person),
        path=f"/loi-moi/{token}",
        wrong=wrong or [],
    )


def _dead(visit: Visit, refused: Refused) -> Response:
    """Why the invitation leads nowhere, and what to do instead; guesses are counted."""
    unknown = refused.code == "LINK_UNKNOWN"
    limit = too_many(visit) if unknown else None
    if limit is not None:
        return limit
    return visit.page(
        "invitation_dead.html",
        status=404 if unknown else 410,
        sentence=sentence_of(refused.reasons[0]),
        used=refused.code == "INVITATION_USED",
    )
