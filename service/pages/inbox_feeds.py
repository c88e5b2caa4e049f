"""Nguồn tin: secret addresses under which a program reads the inbox; each is shown once and taken back at once."""

from __future__ import annotations

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.inbox_asked import asked_of
from service.statuses import status_of
from workflows.actions import keep_preferences as verbs
from workflows.errors import Refused
from workflows.store import secret_addresses

from .mistakes import Mistake, mistakes_of

pages = Pages()
FEEDS = "/viec/nguon"


@pages.get(FEEDS, PERSON)
def show(visit: Guest) -> Response:
    """The addresses that there are, without their secrets, and the form for a new one."""
    return _page(visit)


@pages.post(FEEDS, PERSON)
def make(visit: Guest) -> Response:
    """Make an address; its secret is shown this once."""
    token = visit.web.tokens()
    try:
        verbs.make_secret_address(visit.desk(), visit.person_id, secret_addresses.INBOX, visit.form.text("nhan"), token)
    except Refused as refused:
        return _page(visit, mistakes_of(refused), status_of(refused))
    return _page(visit, token=token)


@pages.post(f"{FEEDS}/{{token_hash}}/bo", PERSON)
def take_back(visit: Guest, token_hash: str) -> Response:
    """Nobody reads under this address any more."""
    verbs.revoke_secret_address(visit.desk(), visit.person_id, token_hash)
    return visit.go(FEEDS)


def _page(visit: Visit, wrong: list[Mistake] | None = None, status: int = 200, token: str = "") -> Response:
    given = visit.form.fields if visit.request.method == "POST" else visit.request.query_params
    asked = asked_of(given)
    with visit.web.database.read() as connection:
        made = secret_addresses.secret_addresses_of(connection, visit.person_id, secret_addresses.INBOX)
    query = f"?{asked.query}" if asked.query else ""
    shown = [f"{visit.web.settings.base_url}/nguon/{token}.{ending}{query}" for ending in ("atom", "json")]
    return visit.page(
        "inbox_feeds.html", status, made=made, asked=asked, shown=shown if token else [], wrong=wrong or [], typed=given
    )
