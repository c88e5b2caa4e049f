"""POST /api/edxml: another organisation hands us an envelope, with the token that we agreed on."""

from __future__ import annotations

from collections.abc import Mapping
from hmac import compare_digest

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from notifications.exchange.peers import Peer
from service.web import web_of
from workflows.actions.desk import Desk
from workflows.actions.exchanging.take import take_envelope
from workflows.engine.actor import CLOCK
from workflows.errors import Refused

ADDRESS = "/api/edxml"
STATUS: Mapping[str, int] = {"ENVELOPE_DIFFERS": 409, "TOO_LARGE": 413, "WRONG_SENDER": 403}


def router(peers: Mapping[str, Peer]) -> APIRouter:
    """The one route; whoever shows no peer's token gets 401 before a byte of the body is read."""
    made = APIRouter(include_in_schema=False)

    @made.post(ADDRESS)
    async def receive(request: Request) -> Response:
        sender = _sender(peers, request.headers.get("authorization", ""))
        if sender is None:
            return JSONResponse({"code": "NO_TOKEN"}, 401, {"www-authenticate": "Bearer"})
        content = await request.body()
        web = web_of(request)
        desk = Desk(web.database, web.clock(), CLOCK)
        try:
            await run_in_threadpool(take_envelope, desk, content, sender)
        except Refused as refused:
            return JSONResponse({"code": refused.code}, STATUS.get(refused.code, 422))
        web.nudge()
        return JSONResponse({"taken": True})

    return made


def _sender(peers: Mapping[str, Peer], header: str) -> str | None:
    """Whose token this is; every token is compared, so that the time says nothing."""
    scheme, _, token = header.partition(" ")
    shown = token.strip().encode() if scheme.lower() == "bearer" else b""
    found = None
    for code, peer in peers.items():
        if peer.receive_token and compare_digest(peer.receive_token.encode(), shown):
            found = code
    return found
