"""Vận hành: for whoever runs the house, each part as a light with words, and every office at a glance."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version
from typing import Literal

from starlette.responses import Response

from service.auth.policy import Pages, role
from service.auth.visit import Guest, Visit
from service.clock.due_sweeps import overdue
from service.metrics import TOPICS
from service.upkeep import Upkeep, upkeep_of
from service.words import operations_words as said
from service.words import telling_words
from service.words.dates import time_words
from workflows.actions.designing.keepers import require_keeper
from workflows.actions.send_dead_again import send_dead_again
from workflows.store.channel_states import all_channel_states
from workflows.store.screens import system
from workflows.store.screens.figures import figures
from workflows.store.screens.offices_status import Asked, how_many
from workflows.store.screens.system import Health
from workflows.store.upkeep import dead_letters

pages = Pages()
ADMINISTRATOR = role("quan_tri")
LOW_DISK, NO_DISK = 0.15, 0.05
GIGABYTE = 10**9
PREFECT_AWAY = timedelta(minutes=10)
OLD_BACKUP, NO_BACKUP = timedelta(hours=26), timedelta(days=7)  # one a day, some hours late
ENDS_SOON = timedelta(days=30)
Level = Literal["good", "watch", "bad"]


@dataclass(frozen=True)
class Light:
    """One part of the machine: how it stands and why, in words."""

    name: str
    level: Level
    words: str
    to: str = ""


@pages.get("/van-hanh", ADMINISTRATOR)
def operations(visit: Guest, gui: str = "") -> Response:
    """The lights and the offices, for administrators of the office that keeps the house."""
    with visit.web.database.house.read() as connection:
        require_keeper(connection, visit.person)
        offices = how_many(connection, Asked(), visit.now)
        dead = dead_letters(connection)
    return visit.page(
        "operations.html", lights=lights_of(visit), offices=offices, dead=dead, said=said, way=telling_words.WAY,
        sent=gui if gui.isdecimal() else "",
    )  # fmt: skip


@pages.post("/van-hanh/gui-lai", ADMINISTRATOR)
def send_again(visit: Guest) -> Response:
    """Gửi lại tất cả: what was given up in every office goes on its way once more."""
    number = send_dead_again(visit.desk())
    visit.web.nudge()
    return visit.go(f"/van-hanh?gui={number}")


def lights_of(visit: Visit) -> list[Light]:
    """Each part as it stands now."""
    health = system.health_of(visit.web.database.house)
    if not health.database:
        return [Light("database", "bad", said.DATABASE_BAD)]
    with visit.web.database.house.read() as connection:
        channels = [each for each in all_channel_states(connection) if each.failing_since is not None]
        found = figures(connection, visit.now, TOPICS)
        kept = upkeep_of(connection, visit.now)
    broken = [
        said.CHANNEL_BAD.format(channel=telling_words.WAY.get(each.channel, each.channel), error=each.last_error or "")
        for each in channels
    ]
    late = sorted({*overdue(health.sweeps, visit.now), *health.failed_sweeps})
    named = ", ".join(said.SWEEP.get(kind, kind) for kind in late)
    sweeps = said.SWEEPS_BAD.format(named) if late else said.SWEEPS_GOOD
    return [
        Light("database", "good", said.DATABASE_GOOD),
        _queue(health),
        Light("mail", "bad" if broken else "good", "; ".join(broken) or said.CHANNEL_GOOD, "/kenh-tin"),
        Light("sweeps", "watch" if late else "good", sweeps),
        Light(
            "incidents", "watch" if found.incidents else "good", said.INCIDENTS.format(found.incidents), "/su-co"
        ),
        _prefect(kept),
        _backup(kept),
        _certificates(kept),
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


def _prefect(kept: Upkeep) -> Light:
    if kept.prefect_at is None or kept.prefect_age is None or kept.prefect_age > PREFECT_AWAY:
        return Light("prefect", "watch", said.PREFECT_AWAY)
    return Light("prefect", "good", said.PREFECT_GOOD.format(time_words(kept.prefect_at)))


def _backup(kept: Upkeep) -> Light:
    if kept.backed_up_at is None or kept.backup_age is None:
        return Light("backup", "watch", said.BACKUP_NONE)
    level: Level = "bad" if kept.backup_age > NO_BACKUP else "watch" if kept.backup_age > OLD_BACKUP else "good"
    return Light("backup", level, said.BACKUP.format(time_words(kept.backed_up_at)))


def _certificates(kept: Upkeep) -> Light:
    left, ends = kept.certificate_left, kept.certificate_ends
    if left is None or ends is None:
        return Light("certificates", "good", said.CERTIFICATE_NONE)
    end = time_words(ends)
    if left < timedelta(0):
        return Light("certificates", "bad", said.CERTIFICATE_OVER.format(holder=kept.certificate_holder, end=end))
    words = said.CERTIFICATE.format(holder=kept.certificate_holder, end=end, days=left.days)
    return Light("certificates", "watch" if left < ENDS_SOON else "good", words)


def _disk(visit: Visit) -> Light:
    usage = shutil.disk_usage(visit.web.settings.data_dir)
    share = usage.free / usage.total
    level: Level = "bad" if share < NO_DISK else "watch" if share < LOW_DISK else "good"
    words = said.DISK.format(free=usage.free // GIGABYTE, total=usage.total // GIGABYTE)
    return Light("disk", level, words)
