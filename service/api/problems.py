"""Failures as application/problem+json (RFC 9457): a stable code, a Vietnamese title and detail, the reasons."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Match, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.statuses import RETRY_AFTER, is_unavailable, status_of
from service.web import web_of
from service.words import error_pages
from service.words.refusals import sentence_of, sentences_of
from workflows.errors import BadDefinition, Reason, Refused

from .demands import Answered
from .return_targets import NoTarget, told

MEDIA_TYPE = "application/problem+json"
AWAY = "DATABASE_AWAY"
log = logging.getLogger(__name__)


class Unexpected:
    """ASGI middleware: what nobody expected is answered in this shape too, before the framework answers in its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and tell of a failure unless an answer has begun."""
        began = False

        async def noting(message: Message) -> None:
            nonlocal began
            began = began or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception as error:
            if began or scope["type"] != "http":
                raise
            await unexpected(Request(scope), error)(scope, receive, send)


def install(app: FastAPI) -> None:
    """Give every failure of the interface this shape."""
    app.add_middleware(Unexpected)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(Answered, _answered)
    app.add_exception_handler(BadDefinition, _bad_definition)
    app.add_exception_handler(RequestValidationError, _bad_request)
    app.add_exception_handler(HTTPException, _http)


def problem(request: Request, status: int, code: str, detail: str, **more: Any) -> Response:  # noqa: ANN401 - JSON
    """The answer itself; `more` are members of its own, such as `reasons`."""
    body = {
        "type": f"urn:kehoach:problem:{code}",
        "title": error_pages.of(status).title,
        "status": status,
        "detail": detail,
        "code": code,
        "instance": request.url.path,
        **more,
    }
    answer = JSONResponse(jsonable_encoder(body), status_code=status, media_type=MEDIA_TYPE)
    if status == 401:
        answer.headers["www-authenticate"] = 'Bearer realm="kehoach"'
    return answer


def unexpected(request: Request, error: Exception) -> Response:
    """A failure of the program; the log has the whole story under the same code.

    Where the database is away it is 503: nobody knows whether it was done, and a repeat under the same key finds out.
    """
    code = web_of(request).tokens()[:8].upper()
    log.error("unexpected failure %s on %s", code, request.url.path, exc_info=error)
    if is_unavailable(error):
        away = problem(request, 503, AWAY, error_pages.of(503).happened)
        away.headers["retry-after"] = RETRY_AFTER
        return away
    return problem(request, 500, code, error_pages.of(500).happened)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    said = " ".join(sentences_of(error.reasons))
    more = {"targets": told(error.targets).model_dump()} if isinstance(error, NoTarget) else {}
    return problem(request, status_of(error), error.code, said, reasons=_reasons(error.reasons), **more)


def _answered(request: Request, error: Exception) -> Response:
    """The answer of a call that was done before under the same key."""
    del request
    assert isinstance(error, Answered)
    return error.response


def _allowed(request: Request) -> list[str]:
    """Every method that this path knows: each has a route of its own, which knows of no other."""
    scope, routes = {**request.scope, "method": "GET"}, [*request.app.router.routes]
    fits = [route for route in routes if isinstance(route, Route) and route.matches(scope)[0] is not Match.NONE]
    return sorted({method for route in fits for method in route.methods or ()})


def _reasons(reasons: Sequence[Reason]) -> list[dict[str, Any]]:
    return [{"code": each.code, "detail": sentence_of(each), "facts": dict(each.facts)} for each in reasons]


def _bad_definition(request: Request, error: Exception) -> Response:
    assert isinstance(error, BadDefinition)
    findings = [
        {
            "level": "warning" if each.warning else "error",
            "code": each.code,
            "element": each.element,
            "line": each.line,
            "message": each.message,
        }
        for each in error.findings
    ]
    return problem(request, 422, error.code, error.findings[0].message, findings=findings)


def _bad_request(request: Request, error: Exception) -> Response:
    """A body or an address that has not the declared shape: each place, none of the values."""
    assert isinstance(error, RequestValidationError)
    places = [{"at": ".".join(map(str, each["loc"])), "problem": each["msg"]} for each in error.errors()]
    reason = Reason("BAD_REQUEST", {"problems": [each["at"] for each in places]})
    return problem(request, 400, reason.code, sentence_of(reason), errors=places)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    told = error_pages.of(error.status_code).happened
    answer = problem(request, error.status_code, f"HTTP_{error.status_code}", told)
    answer.headers.update(error.headers or {})
    if error.status_code == 405:
        answer.headers["allow"] = ", ".join(_allowed(request))
    return answer
