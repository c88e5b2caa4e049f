"""Addresses that programs open for a person: a calendar feed, and the end of a digest with one POST (RFC 8058).

Neither signs anybody in: the secret in the address is all that it takes, and all that it opens.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from service.auth.actor import actor_of
from service.calendar_feed import calendar_of_dates
from service.unchanged import tagged
from service.web import Web, web_of
from service.words.titles import NO_CALENDAR
from workflows.engine.actor import Actor
from workflows.store import accounts, preferences, secret_addresses
from workflows.store.database import Database
from workflows.store.screens.own_dates import own_dates
from workflows.store.screens.sight import visitor_of
from workflows.store.secret_addresses import CALENDAR, UNSUBSCRIBE, USED_EVERY, SecretAddress


def router() -> APIRouter:
    """The three routes; a secret that is none, or was taken back, is answered with 404 and nothing else."""
    made = APIRouter(include_in_schema=False)
    made.add_api_route("/lich/{secret}.ics", feed, methods=["GET", "HEAD"], response_model=None)
    made.add_api_route("/thoi-nhan/{secret}", ask_to_stop, methods=["GET", "HEAD"], response_model=None)
    made.add_api_route("/thoi-nhan/{secret}", stop, methods=["POST"], response_model=None)
    return made


def feed(request: Request, secret: str) -> Response:
    """The person's dates; unchanged ones cost a line (ETag)."""
    web = web_of(request)
    now = web.clock()
    known = find_address(web, secret, CALENDAR)
    if known is None:
        return PlainTextResponse(NO_CALENDAR, 404)
    come = comes(web, known.person_id, now)
    if come is None:
        return PlainTextResponse(NO_CALENDAR, 404)
    actor, database = come
    with database.read() as connection:
        found = own_dates(connection, known.person_id, actor.groups, now)
    note_use(web, known, now)
    body = calendar_of_dates(found, web.settings.base_url)
    return tagged(request, body, "text/calendar; charset=utf-8", {"cache-control": "private, max-age=900"})


def ask_to_stop(request: Request, secret: str) -> Response:
    """What one more press does; looking changes nothing."""
    web = web_of(request)
    known = find_address(web, secret, UNSUBSCRIBE)
    return _stop_page(web, known, secret, stopped=False)


def stop(request: Request, secret: str) -> Response:
    """No digest any more, whether a person presses the button or a mail program does."""
    web = web_of(request)
    known = find_address(web, secret, UNSUBSCRIBE)
    if known is not None:
        with web.database.write() as connection:
            preferences.stop_digest(connection, known.person_id, web.clock())
            secret_addresses.use_secret_address(connection, known.token_hash, web.clock())
    return _stop_page(web, known, secret, stopped=True)


def find_address(web: Web, secret: str, purpose: str) -> SecretAddress | None:
    """The address with this secret, unless it is none or was taken back."""
    hashed = sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
    with web.database.read() as connection:
        return secret_addresses.find_secret_address(connection, hashed, purpose)


def comes(web: Web, person_id: int, now: datetime) -> tuple[Actor, Database] | None:
    """The person of an address with what they may see; None for somebody who has left or was shut out."""
    with web.database.read() as connection:
        name = accounts.person_who_may_come(connection, person_id, now)
        if name is None:
            return None
        actor = actor_of(connection, person_id, name, now)
        return actor, web.database.seen_by(visitor_of(connection, actor.groups, person_id, now))


def note_use(web: Web, known: SecretAddress, now: datetime) -> None:
    """Note that somebody used it, not more often than a write is worth."""
    if known.used_at is None or now - known.used_at > USED_EVERY:
        with web.database.write() as connection:
            secret_addresses.use_secret_address(connection, known.token_hash, now)


def _stop_page(web: Web, known: SecretAddress | None, secret: str, *, stopped: bool) -> Response:
    page = web.templates.get_template("stop_digest.html")
    html = page.render(known=known is not None, secret=secret, stopped=stopped, now=web.clock())
    return HTMLResponse(html, status_code=200 if known is not None else 404)
