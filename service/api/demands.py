"""Idempotency-Key and If-Match, one way for every POST: done once within a day, and only on the case that was seen.

The key is claimed in the transaction of the deed (`workflows.actions.demands`), the answer kept after it. What is
refused is not kept: it did nothing, and is judged anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine
from dataclasses import replace
from hashlib import sha256
from typing import Annotated, Any

from fastapi import Depends, Header, Request
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from workflows.actions.demands import Demands, SeenCase
from workflows.errors import Refused
from workflows.store import kept_answers
from workflows.store.kept_answers import KeptAnswer
from workflows.store.worklist import case_of

from .caller import Caller, called

LONGEST_KEY = 200
KEPT_HEADERS = ("content-type", "etag")
REPLAYED = "idempotency-replayed"
_ENTITY_TAG = re.compile(r"(W/)?\"([^\"]*)\"")


class Answered(Exception):
    """The call was done before; `response` is what it was answered then."""

    def __init__(self, kept: KeptAnswer) -> None:
        super().__init__("the call was answered before")
        headers = {**kept.headers, REPLAYED: "true"}
        self.response = Response(kept.body, kept.status or 200, headers)


def demand(
    request: Request,
    idempotency_key: Annotated[
        str | None,
        Header(
            description="A call that is sent again under this key within 24 hours is answered as before",
            json_schema_extra={"minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!-~]([ -~]*[!-~])?$"},
        ),
    ] = None,
) -> None:
    """Give the caller's desk its demands, or answer what was done before.

    Refused: BAD_CALL_KEY, CALL_DIFFERS (the key was used for something else), CALL_REPEATED (done, and the answer lost
    on its way), NO_REVISION_HERE (If-Match on an address without a case).
    """
    caller = called(request)
    seen = _seen(request.path_params, request.headers.get("if-match"))
    demands = Demands(caller.token.id, _key(idempotency_key), request.state.fingerprint, seen)
    request.state.caller = replace(caller, demands=demands)
    if demands.key is None:
        return
    with caller.web.database.house.read() as connection:
        kept = kept_answers.kept_answer(connection, caller.token.id, demands.key, caller.now)
    if kept is None:
        return
    if kept.fingerprint != demands.fingerprint:
        raise Refused("CALL_DIFFERS", key=demands.key)
    if kept.status is None:
        raise Refused("CALL_REPEATED", key=demands.key)
    raise Answered(kept)


def demand_on_case(
    done_once: Annotated[None, Depends(demand)],
    if_match: Annotated[
        str | None, Header(description="The ETag of the task or case as it was seen; 412 when it has gone on")
    ] = None,
) -> None:
    """The same on an address with a case, which is where If-Match means something and is declared."""
    del done_once, if_match


class DemandingRoute(APIRoute):
    """A route whose answer is kept where the call claimed a key."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler of FastAPI with the fingerprint before it and the keeping after it."""
        answer = super().get_route_handler()

        async def handle(request: Request) -> Response:
            seen = [request.method, request.url.path, request.url.query]
            request.state.fingerprint = sha256("\n".join(seen).encode() + b"\n" + await request.body()).hexdigest()
            response = await answer(request)
            caller = getattr(request.state, "caller", None)
            if caller is not None and caller.demands is not None and caller.demands.key and caller.demands.asked:
                await run_in_threadpool(_keep, caller, caller.demands, response)
            return response

        return handle


def etag_of(revision: int) -> str:
    """The strong entity tag of a case, and of every task in it."""
    return f'"{revision}"'


def _keep(caller: Caller, demands: Demands, response: Response) -> None:
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    with caller.web.database.write() as connection:
        kept_answers.keep_answer(
            connection, demands.token_id, demands.key or "", response.status_code, headers, bytes(response.body)
        )


def _key(given: str | None) -> str | None:
    if given is None:
        return None
    if not 0 < len(given) <= LONGEST_KEY or not given.isascii() or not given.isprintable():
        raise Refused("BAD_CALL_KEY", most=LONGEST_KEY)
    return given


def _seen(path: dict[str, Any], given: str | None) -> SeenCase | None:
    """The case of the address, at the revisions that are named; a weak tag or one that is none of ours matches none."""
    if given is None or given.strip() == "*":
        return None
    case_id = _case(path)
    if case_id is None:
        raise Refused("NO_REVISION_HERE")
    named = {
        int(tag)
        for weak, tag in _ENTITY_TAG.findall(given)
        if not weak and tag.isascii() and tag.isdecimal() and len(tag) < 19
    }
    return SeenCase(case_id, frozenset(named))


def _case(path: dict[str, Any]) -> int | None:
    for name in ("task_id", "job_id"):
        if name in path:
            return case_of(path[name])
    number = str(path.get("case_id", ""))
    return case_of(f"{number}-1") if number else None
