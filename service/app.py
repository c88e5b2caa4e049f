"""The web process: pages for people over one database; it imports neither Prefect nor the flows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from notifications.smtp_post_office import PostOffice
from workflows.actions.functions import NO_FUNCTIONS, Functions
from workflows.store.database import Database

from .guards import Guards
from .pages import failures
from .routes import routers
from .settings import Settings
from .templating import STATIC, templates
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
    app = FastAPI(title="kehoach", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.web = Web(
        settings, database, clock, tokens, templates(), nudge or _wait_for_sweep, post_office, functions
    )
    app.state.routers = routers(settings)
    for router in app.state.routers:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    failures.install(app)
    largest = settings.upload_megabytes * 1024 * 1024
    app.add_middleware(Guards, largest=largest, secure=settings.secure, failed=failures.unexpected)
    return app


def _wait_for_sweep() -> None:
    """Without a nudge the next sweep delivers."""
