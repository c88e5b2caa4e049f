"""The process that serves the pages: its socket, its web server, and what runs in threads beside it."""

from __future__ import annotations

import logging
import os
import signal
import socket
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from datetime import timedelta
from functools import partial
from typing import Protocol

import uvicorn
from fastapi import FastAPI

from notifications.push_keys import make_push_keys
from notifications.smtp_post_office import PostOffice
from service.app import create_app
from service.clock.sweeping import sweep, token
from service.clock.ticker import Ticker
from service.connections import BoundedServing, Bounds, places_here
from service.settings import Settings
from service.small_memory import GivingBack, keep_to_one_heap, keep_what_is_loaded
from service.web import seal_of
from service.words.refusals import sentence_of
from workflows.actions.desk import Desk
from workflows.actions.functions import Functions
from workflows.engine.actor import CLOCK
from workflows.errors import Refused
from workflows.log_lines import about, write_log
from workflows.store import clockwork
from workflows.store.database import Database
from workflows.store.installation_secrets import seal_everything
from workflows.store.signing import CHECK_ADDRESS
from workflows.traces import begin_traces

from .installation import now
from .sentences import FINDINGS, sentence

log = logging.getLogger(__name__)
GRACE_SECONDS = 5
# The pages go on without a wall between offices, and say each time they start that there is none.
WALL_WARNINGS = ("WALL_ROLE_TOO_MUCH", "WALL_MISSING")
# What a deed on a page may have made work for: signatures, the steps that waited for them, letters.
AFTER_A_DEED = ("sign_documents", "run_jobs", "distribute", "deliver")


def tell_address(database: Database, settings: Settings) -> None:
    """Keep the address of the pages, which is printed as a QR code on the documents that get their number from now.

    Secrets that lie open, or under an older key, are sealed here, and the key by which push services know this
    installation is made, once. With a key that is not that of the database the log says so.
    """
    for finding in database.check():
        if finding.code in WALL_WARNINGS:
            log.warning("%s", sentence(FINDINGS[finding.code], finding.facts))
    seal = seal_of(settings)
    try:
        with database.write() as connection:
            seal_everything(connection, seal, now())
        make_push_keys(database, seal, settings.data_dir, now())
    except Refused as refused:
        # Code apps and bells rest until the key is here; everything else goes on, and each says so where it is used.
        log.error("%s", sentence_of(refused.reasons[0]))
    with database.write() as connection:
        if clockwork.setting(connection, CHECK_ADDRESS) != settings.base_url:
            clockwork.set_setting(connection, CHECK_ADDRESS, settings.base_url, now=now(), by=None)


class Beside(Protocol):
    """Something that runs while the pages are served."""

    def start(self) -> None:
        """Begin, at once."""

    def stop(self) -> None:
        """End, and leave nothing behind."""


def listen(settings: Settings) -> socket.socket:
    """The socket of the pages; a port that is taken is refused before anything else is done."""
    opened = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((settings.host, settings.port))
    except OSError as error:
        opened.close()
        raise Refused("PORT_TAKEN", host=settings.host, port=settings.port) from error
    return opened


def application(
    settings: Settings,
    database: Database,
    clock: Ticker | None,
    functions: Functions,
    post_office: PostOffice | None = None,
) -> FastAPI:
    """The pages over this machine's time and chance; letters leave right after the deed when there is a clock."""
    write_log(settings.log_format, settings.log_level)
    begin_traces(os.environ)
    nudge = partial(clock.hurry, *AFTER_A_DEED) if clock is not None else None
    return create_app(settings, database, now, token, post_office=post_office, nudge=nudge, functions=functions)


def ticker(settings: Settings, database: Database, functions: Functions) -> Ticker:
    """What does the work of sweeps that do not come round."""

    def run(kind: str) -> object:
        with about(sweep=kind):
            return sweep(Desk(database, now(), CLOCK, functions), settings, kind, "ticker")

    return Ticker(database, now, run, timedelta(seconds=settings.retry_seconds))


def serve_pages(
    app: FastAPI, opened: socket.socket, beside: Sequence[Beside], told: Callable[[], None], settings: Settings
) -> None:
    """Serve until Ctrl-C or SIGTERM; `told` is called once the pages answer; what runs beside is stopped in the end.

    Only from `believed_proxies` is it believed for whom they ask: anybody else could write what he likes.
    """
    config = BoundedServing(
        app,
        bounds_of(settings),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        forwarded_allow_ips=settings.believed_proxies,
    )
    keep_to_one_heap()
    with ExitStack() as running:
        for each in (*beside, GivingBack()):
            each.start()
            running.callback(each.stop)
        server = _Server(config, told)
        keep_what_is_loaded()
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # stop as with Ctrl-C, and put away what runs beside
        with suppress(KeyboardInterrupt):  # uvicorn has shut down before it passes the signal on
            server.run(sockets=[opened])


def bounds_of(settings: Settings) -> Bounds:
    """What a client may take before it has asked for anything."""
    return Bounds(
        head=settings.head_seconds,
        pace=settings.body_pace,
        largest=settings.upload_megabytes * 1024 * 1024,
        each=settings.connections_per_address,
        most=places_here(),
        proxies=settings.believed_proxies,
    )


class _Server(uvicorn.Server):
    """Uvicorn, saying when it has begun to answer."""

    def __init__(self, config: uvicorn.Config, told: Callable[[], None]) -> None:
        super().__init__(config)
        self._told = told

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, then tell."""
        await super().startup(sockets=sockets)
        if self.started:
            self._told()
