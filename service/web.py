"""What every request of the web process shares: settings, database, clock, chance, templates, how often one may try."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from fastapi import Request

from notifications.smtp_post_office import PostOffice
from workflows.actions.functions import NO_FUNCTIONS, Functions
from workflows.store.database import Database
from workflows.store.sealing import Seal

from .auth.elsewhere.provider import Provider
from .auth.sign_in import Gate
from .auth.throttle import AddressThrottle
from .metrics import Metrics
from .settings import Settings
from .templating import Templates

# Documents that one address may have checked in ten minutes: each costs seconds of work.
CHECKS = 30
# Links that do not exist, tried by one address in ten minutes: nobody hits one of 2^128 by guessing.
LINKS = 40


@dataclass(frozen=True)
class Web:
    """The web process's surroundings; `clock` gives aware instants, `tokens` unguessable text.

    `nudge` is called after a commit that left something to tell, so that a letter may leave at once; the sweep is the
    safety net. `post_office` is the demo's mail server, whose letters /hop-thu shows.
    `functions` are what processes may call by name; `metrics` are the figures for a monitor.
    `provider` is where people may sign in instead of here.
    """

    settings: Settings
    database: Database
    clock: Callable[[], datetime]
    tokens: Callable[[], str]
    templates: Templates
    nudge: Callable[[], None]
    metrics: Metrics
    post_office: PostOffice | None = None
    functions: Functions = NO_FUNCTIONS
    provider: Provider | None = None
    gate: Gate = field(default_factory=Gate)
    checks: AddressThrottle = field(default_factory=lambda: AddressThrottle(CHECKS))
    links: AddressThrottle = field(default_factory=lambda: AddressThrottle(LINKS))

    @property
    def seal(self) -> Seal:
        """What seals and opens the secrets in the database."""
        return seal_of(self.settings)


def seal_of(settings: Settings) -> Seal:
    """The keys that seal this installation's secrets."""
    return Seal(settings.secret_key.get_secret_value(), settings.data_dir)


def web_of(request: Request) -> Web:
    """The surroundings of this request's application."""
    web = request.app.state.web
    assert isinstance(web, Web)
    return web
