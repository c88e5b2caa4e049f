"""Vận hành: for whoever runs the house, each part as a light with words, and every office at a glance."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from importlib.metadata import version
from typing import Literal

from starlette.responses import Response

from service.auth.policy import Pages, role
from service.auth.visit import Guest, Visit
from service.clock.due_sweeps import overdue
from service.metrics import TOPICS
from service.words import operations_words as said
from service.words import telling_words
from service.words.dates import time_words
from workflows.actions.designing.keepers import require_keeper
from workflows.store.channel_states import all_channel_states
from workflows.store.screens import system
from workflows.store.screens.figures import figures
from workflows.store.screens.offices_seen import offices_seen
from workflows.store.screens.system import Health

pages = Pages()
ADMINISTRATOR = role("quan_tri")
LOW_DISK, NO_DISK = 0.15, 0.05
GIGABYTE = 10**9
Level = Literal["good", "watch", "bad"]


@dataclass(frozen=True)
class Light:
    """One part of the machine: how it stands and why, in words."""

    name: str
    level: Level
    words: str
    to: str = ""


@pages.get("/van-hanh", ADMINISTRATOR)
def operations(visit: Guest) -> Response:
    """The lights and the offices, for administrators of the office that keeps the house."""
    with visit.web.database.read() as connection:
        require_keeper(connection, visit.person)
        seen = offices_seen(connection, visit.now)
    return visit.page("operations.html", lights=lights_of(visit), offices=seen, said=said)


def lights_of(visit: Visit) -> list[Light]:
    """Each part as it stands now."""
    health = system.health_of(visit.web.database)
    if not health.database:
        return [Light("database", "bad", said.DATABASE_BAD)]
    with visit.web.database.read() as connection:
        channels = [each for each in all_channel_states(connection) if each.failing_since is not None]
        found = figures(connection, visit.now, TOPICS)
    broken = [
        said.CHANNEL_BAD.format(channel=telling_words.WAY.get(each.channel, each.channel), error=each.last_error or "")
        for each in channels
    ]
    late = sorted({*overdue(health.sweeps, visit.now), *health.failed_sweeps})
    sweeps = said.SWEEPS_BAD.format(", ".join(late)) if late else said.SWEEPS_GOOD
    return [
        Light("database", "good", said.DATABASE_GOOD),
        _queue(health),
        Light("mail", "bad" if broken else "good", "; ".join(broken) or said.CHANNEL_GOOD, "/kenh-tin"),
        Light("sweeps", "watch" if late else "good", sweeps),
        Light(
            "incidents", "watch" if found.incidents else "good", said.INCIDENTS.format(found.incidents), "/su-co"
        ),
        _disk(visit),
        Light("version", "good", version("kehoach")),
    ]  # fmt: skip


def _queue(health: Health) -> Light:
    waiting = sum(health.letters.get(each, 0) for each in ("pending", "retry"))
    dead = health.letters.get("dead", 0)
    words = said.QUEUE.format(waiting=waiting, dead=dead)
    if health.oldest_letter_due is not None:
        words += said.OLDEST.format(time_words(health.oldest_letter_due))
    return Light("queue", "watch" if dead else "good", words, "/kenh-tin")


def _disk(visit: Visit) -> Light:
    usage = shutil.disk_usage(visit.web.settings.data_dir)
    share = usage.free / usage.total
    level: Level = "bad" if share < NO_DISK else "watch" if share < LOW_DISK else "good"
    words = said.DISK.format(free=usage.free // GIGABYTE, total=usage.total // GIGABYTE)
    return Light("disk", level, words)
