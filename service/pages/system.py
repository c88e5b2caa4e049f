"""Help for people, and four addresses for machines: alive, ready, healthy, figures over time."""

from __future__ import annotations

import hmac

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, Response

from service.auth.policy import PUBLIC, Pages
from service.auth.visit import Guest
from service.clock.due_sweeps import overdue
from service.metrics import FORMAT
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
    found = screen.health_of(visit.web.database)
    late = overdue(found.sweeps, visit.now)
    good = found.database and not late and not found.failed_sweeps and not found.letters.get("dead")
    told = {
        "ok": good,
        "database": found.database,
        "sweeps": {kind: began.isoformat() for kind, began in found.sweeps.items()},
        "late_sweeps": late,
        "failed_sweeps": list(found.failed_sweeps),
        "letters": dict(found.letters),
        "oldest_letter_due": found.oldest_letter_due.isoformat() if found.oldest_letter_due else None,
    }
    return JSONResponse(told, status_code=200 if good else 503)


@pages.get("/metrics", PUBLIC)
def metrics(visit: Guest) -> Response:
    """Figures for Prometheus, for whoever knows the token of the settings; without a token there is no such page."""
    wanted = visit.web.settings.metrics_token.get_secret_value()
    given = visit.request.headers.get("authorization", "")
    if not wanted:
        raise HTTPException(404)
    if not hmac.compare_digest(given.encode(), f"Bearer {wanted}".encode()):
        raise HTTPException(401, headers={"www-authenticate": "Bearer"})
    return Response(visit.web.metrics.page(), media_type=FORMAT)
