"""Help for people, and three addresses for machines: alive, ready, healthy."""

from __future__ import annotations

from starlette.responses import JSONResponse, PlainTextResponse, Response

from service.auth.policy import PUBLIC, Pages
from service.auth.visit import Guest
from workflows.store.screens import system as screen

pages = Pages()


@pages.get("/tro-giup", PUBLIC)
def help_page(visit: Guest) -> Response:
    """What the program does, in one page."""
    return visit.page("help.html")


@pages.get("/livez", PUBLIC)
def alive() -> Response:
    """The process answers."""
    return PlainTextResponse("ok\n")


@pages.get("/readyz", PUBLIC)
def ready(visit: Guest) -> Response:
    """The database answers and has the schema that this program wants."""
    good = screen.is_ready(visit.web.database)
    return PlainTextResponse("ok\n" if good else "not ready\n", status_code=200 if good else 503)


@pages.get("/healthz", PUBLIC)
def health(visit: Guest) -> Response:
    """What an operator's monitor reads: database, sweeps, letters; 503 when something needs a person."""
    found = screen.health_of(visit.web.database, visit.now)
    return JSONResponse(found, status_code=200 if found["ok"] else 503)
