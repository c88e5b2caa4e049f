"""The web process: pages for people over one database; it imports neither Prefect nor the flows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from fastapi import FastAPI, Request
from fastapi.staticfiles import StaticFiles
from starlette.responses import Response

from notifications.exchange.peers import read_peers
from notifications.smtp_post_office import PostOffice
from workflows.actions.functions import NO_FUNCTIONS, Functions
from workflows.store.database import Database

from .api import app as api
from .api import edxml, inbox_feeds, personal_addresses, problems, sign_out_elsewhere
from .auth.elsewhere.arriving import provider_of
from .auth.visit import cookie_name
from .guards import Guards
from .languages.asked import COOKIE, Speaking
from .languages.current import LANGUAGES
from .languages.scripts import SpokenScripts
from .masking import mask_access_logs
from .metrics import Metrics
from .packing import PackedFiles
from .pages import failures
from .request_log import SILENT, RequestLog
from .routes import routers
from .settings import Settings
from .templating import STATIC, Templates
from .web import Web


def create_app(
    settings: Settings,
    database: Database,
    clock: Callable[[], datetime],
    tokens: Callable[[], str],
    *,
    post_office: PostOffice | None = None,
    nudge: Callable[[], None] | None = None,
    functions: Functions = NO_FUNCTIONS,
) -> FastAPI:
    """The application; `clock` gives aware instants and `tokens` at least 128 bits of unguessable URL-safe text.

    `post_office` is the demo's mail server; `nudge` is called after a commit that left something to tell; `functions`
    are what processes may call by name.
    """
    made = routers(settings)
    others = [
        personal_addresses.router(),
        inbox_feeds.router(),
        sign_out_elsewhere.router(),
        edxml.router(read_peers(settings.exchange.get_secret_value())),
    ]
    # The routes themselves: a router that is included is built and matched once more, with all its routes.
    # A redirect to the path with or without its last slash would carry the Host header of whoever asks.
    app = FastAPI(
        title="kehoach",
        routes=[route for router in (*made, *others) for route in router.routes],
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        telemetry=SILENT,
    )
    metrics = Metrics(database, clock)
    app.state.web = Web(
        settings,
        database,
        clock,
        tokens,
        Templates(),
        nudge or _wait_for_sweep,
        metrics,
        post_office,
        functions,
        provider_of(settings),
    )
    app.state.routers = made
    app.mount(api.PREFIX, api.create_api(app.state.web), name="api")
    for language in LANGUAGES[1:]:
        app.mount(f"/static/{language}", SpokenScripts(language, STATIC), name=f"static-{language}")
    app.mount("/static", PackedFiles(StaticFiles(directory=STATIC)), name="static")
    failures.install(app)
    mask_access_logs()
    largest = settings.upload_megabytes * 1024 * 1024
    app.add_middleware(Guards, largest=largest, secure=settings.secure, failed=_failed)
    app.add_middleware(RequestLog, metrics=metrics)
    app.add_middleware(Speaking, cookie=cookie_name(COOKIE, app.state.web))
    return app


def _failed(request: Request, error: Exception) -> Response:
    """A failure of the program, told to people as a page and to machines as a problem."""
    if request.url.path.startswith(f"{api.PREFIX}/"):
        return problems.unexpected(request, error)
    return failures.unexpected(request, error)


def _wait_for_sweep() -> None:
    """Without a nudge the next sweep delivers."""
