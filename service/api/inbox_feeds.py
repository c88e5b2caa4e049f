"""The inbox for a program that reads feeds: the secret in the address is all that it takes, and all that it opens."""

from __future__ import annotations

from fastapi import APIRouter, Request
from sqlalchemy import Connection
from starlette.responses import PlainTextResponse, Response

from service.auth.actor import actor_of
from service.inbox_asked import asked_of
from service.inbox_feed import ATOM_TYPE, JSON_TYPE, as_atom, as_json, entries_of
from service.unchanged import tagged
from service.web import Web, web_of
from service.words.inbox_words import NO_FEED
from workflows.store import accounts, directory
from workflows.store.screens.inbox import InboxPage, to_do
from workflows.store.secret_addresses import INBOX

from .personal_addresses import find_address, note_use

MOST_ENTRIES = 100


def router() -> APIRouter:
    """The two routes; a secret that is none, or was taken back, is answered with 404 and nothing else."""
    made = APIRouter(include_in_schema=False)
    made.add_api_route("/nguon/{secret}.atom", atom, methods=["GET", "HEAD"], response_model=None)
    made.add_api_route("/nguon/{secret}.json", json_feed, methods=["GET", "HEAD"], response_model=None)
    return made


def atom(request: Request, secret: str) -> Response:
    """The person's inbox as Atom, narrowed by what stands in the address as on the page."""
    return _feed(request, secret, ATOM_TYPE)


def json_feed(request: Request, secret: str) -> Response:
    """The same as JSON Feed."""
    return _feed(request, secret, JSON_TYPE)


def _feed(request: Request, secret: str, media_type: str) -> Response:
    web = web_of(request)
    now = web.clock()
    known = find_address(web, secret, INBOX)
    if known is None:
        return PlainTextResponse(NO_FEED, 404)
    with web.database.read() as connection:
        found = _inbox(web, connection, request, known.person_id)
    if found is None:
        return PlainTextResponse(NO_FEED, 404)
    note_use(web, known, now)
    base_url = web.settings.base_url
    query = f"?{request.url.query}" if request.url.query else ""
    feed_url, entries = f"{base_url}{request.url.path}{query}", entries_of(found.rows, base_url)
    body = (
        as_atom(entries, feed_url, base_url, now) if media_type == ATOM_TYPE else as_json(entries, feed_url, base_url)
    )
    return tagged(request, body, media_type, {"cache-control": "private, max-age=300"})


def _inbox(web: Web, connection: Connection, request: Request, person_id: int) -> InboxPage | None:
    """What the person may do now; None for somebody who has left or was shut out."""
    now = web.clock()
    name = accounts.person_who_may_come(connection, person_id, now)
    if name is None:
        return None
    asked = asked_of(request.query_params)
    return to_do(
        connection,
        person_id,
        actor_of(connection, person_id, name, now).groups,
        directory.lent_to(connection, person_id, now),
        now,
        size=MOST_ENTRIES,
        form=asked.form,
        words=asked.folded,
        until=asked.until(now),
    )
