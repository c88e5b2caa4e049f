"""POST /dang-nhap/noi-khac/da-ra: the provider says that somebody signed out there, and is signed out here too.

OpenID Connect Back-Channel Logout 1.0. There is no session and no form token: the provider's signature says who speaks.
"""

from __future__ import annotations

from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from service.guards import BACK_FROM_ELSEWHERE
from service.web import Web, web_of
from workflows.errors import Refused
from workflows.store import accounts, elsewhere

ADDRESS = f"{BACK_FROM_ELSEWHERE}/da-ra"
LONGEST = 20_000  # bytes of such a message; what is longer is cut, and so is no token


def router() -> APIRouter:
    """The one route; without a provider there is no such address."""
    made = APIRouter(include_in_schema=False)

    @made.post(ADDRESS)
    async def left(request: Request) -> Response:
        web = web_of(request)
        if web.provider is None:
            return JSONResponse({"error": "not_found"}, 404)
        body = await request.body()
        try:
            said = parse_qs(body[:LONGEST].decode("latin-1"), max_num_fields=10)
            await run_in_threadpool(_sign_out, web, said.get("logout_token", [""])[-1])
        except (Refused, ValueError) as error:
            away = isinstance(error, Refused) and error.code == "ELSEWHERE_AWAY"
            return JSONResponse({"error": "invalid_request"}, 503 if away else 400)
        return Response(status_code=200)

    return made


def _sign_out(web: Web, token: str) -> None:
    """End every session of the person, by which way ever it was begun: whoever leaves there leaves."""
    assert web.provider is not None
    now = web.clock()
    subject = web.provider.subject_that_left(token, now)
    if subject is None:
        return
    with web.database.write() as connection:
        person_id = elsewhere.person_of_outside(connection, web.provider.issuer, subject)
        if person_id is not None:
            accounts.end_sessions_of(connection, person_id, now)
