"""The inbox for a program that reads feeds: the secret in the address is all that it takes, and all that it opens."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Request
from sqlalchemy import Connection
from starlette.responses import PlainTextResponse, Response

from service.inbox_asked import asked_of
from service.inbox_feed import ATOM_TYPE, JSON_TYPE, as_atom, as_json, entries_of
from service.unchanged import tagged
from service.web import web_of
from service.words.inbox_words import NO_FEED
from workflows.engine.actor import Actor
from workflows.store import directory
from workflows.store.screens.inbox import InboxPage, to_do
from workflows.store.secret_addresses import INBOX

from .personal_addresses import comes, find_address, note_use

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
    come = comes(web, known.person_id, now)
    if come is None:
        return PlainTextResponse(NO_FEED, 404)
    actor, database = come
    with database.read() as connection:
        found = _inbox(connection, request, known.person_id, actor, now)
    note_use(web, known, now)
    base_url = web.settings.base_url
    query = f"?{request.url.query}" if request.url.query else ""
    feed_url, entries = f"{base_url}{request.url.path}{query}", entries_of(found.rows, base_url)
    body = (
        as_atom(entries, feed_url, base_url, now) if media_type == ATOM_TYPE else as_json(entries, feed_url, base_url)
    )
    return tagged(request, body, media_type, {"cache-control": "private, max-age=300"})


def _inbox(connection: Connection, request: Request, person_id: int, actor: Actor, now: datetime) -> InboxPage:
    """What the person may do now."""
    asked = asked_of(request.query_params)
    return to_do(
        connection,
        person_id,
        actor.groups,
        directory.lent_to(connection, person_id, now),
        now,
        size=MOST_ENTRIES,
        form=asked.form,
        words=asked.folded,
        until=asked.until(now),
    )
