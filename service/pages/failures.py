"""Error pages: what happened, whether anything is lost, what to do, a code to read out; never JSON or a trace."""

from __future__ import annotations

import logging
import re

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from service.auth.form import Form
from service.auth.policy import SignInNeeded
from service.auth.visit import Visit, arrive
from service.masking import masked
from service.statuses import RETRY_AFTER, is_unavailable, status_of
from service.web import web_of
from service.words import error_pages
from service.words.refusals import sentence_of
from workflows.errors import Refused

from .sign_in import NOT_KEPT, ask_to_sign_in

_THING = re.compile(rf"/({'|'.join(error_pages.THINGS)})/[0-9][0-9-]*(?=/)")
log = logging.getLogger(__name__)
LEADS_NOWHERE = frozenset({404, 410})  # what was wanted is to be looked for elsewhere


def install(app: FastAPI) -> None:
    """Give every failure its page."""
    app.add_exception_handler(SignInNeeded, _sign_in)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _bad_address)
    app.add_exception_handler(HTTPException, _http)


def failure_page(request: Request, status: int, code: str, sentences: list[str]) -> Response:
    """The page itself, with the menu of whoever is signed in; a failure of ours asks neither the database nor them."""
    words = error_pages.of(status)
    facts = {
        "title": words.title,
        "happened": sentences or [words.happened],
        "lost": words.lost,
        "do": words.do,
        "code": f"KH-{status}-{code}",
        "seeks": status in LEADS_NOWHERE,
        "back": _way_back(request.url.path, status),
        "again": request.url.path if request.method in ("GET", "HEAD") else "",
    }
    if status < 500:
        return _visitor(request).page("failure.html", status, **facts)
    return HTMLResponse(web_of(request).templates.get_template("failure.html").render(facts), status_code=status)


def _way_back(path: str, status: int) -> tuple[str, str]:
    """Address and name of the thing to which the refused address belongs; empty where there may be no such thing."""
    found = _THING.match(path)
    return (found[0], error_pages.THINGS[found[1]]) if found and status not in LEADS_NOWHERE else ("", "")


def _visitor(request: Request) -> Visit:
    """Who is told; nobody asked yet where the address is no page's or what was sent could not be read."""
    known: Visit | None = getattr(request.state, "visit", None)
    return known or arrive(request, Form())


def _sign_in(_: Request, error: Exception) -> Response:
    assert isinstance(error, SignInNeeded)
    return ask_to_sign_in(error.visit)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    if error.code == "FILLED_IN_AGAIN":
        return _send_again(request)
    sentences = [sentence_of(reason) for reason in error.reasons]
    return failure_page(request, status_of(error), error.code, sentences)


def _send_again(request: Request) -> Response:
    """A form without a page that shows it filled in: what was typed is sent by one more press."""
    visit = request.state.visit
    assert isinstance(visit, Visit)
    kept = {name: value for name, value in visit.form.fields.items() if name not in NOT_KEPT}
    return visit.page("send_again.html", path=request.url.path, kept=kept)


def _bad_address(request: Request, _: Exception) -> Response:
    """A number in the address that is no number: there is no such page."""
    return failure_page(request, 404, "ADDRESS", [])


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return failure_page(request, error.status_code, "HTTP", [])


def unexpected(request: Request, error: Exception) -> Response:
    """The page of a failure of the program; the log has the whole story under the same code."""
    code = web_of(request).tokens()[:8].upper()
    log.error("unexpected failure %s on %s", code, masked(request.url.path), exc_info=error)
    if is_unavailable(error):
        away = failure_page(request, 503, code, [])
        away.headers["retry-after"] = RETRY_AFTER
        return away
    return failure_page(request, 500, code, [])
