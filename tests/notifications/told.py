"""What left the house, and what was kept of it."""

from __future__ import annotations

from datetime import datetime

from notifications.channels.memory import MemoryChannel
from notifications.deliver import deliver
from workflows.store.deliveries import Letter, deliveries_of

from .commune import BASE_URL, NOW, Commune


def told(commune: Commune, now: datetime = NOW) -> list[Letter]:
    """The letters that leave the house now."""
    channel = MemoryChannel()
    deliver(commune.database, now, channel, base_url=BASE_URL, tokens=commune.tokens)
    return channel.letters


def subjects(letters: list[Letter]) -> dict[str, str]:
    return {letter.address.partition("@")[0]: letter.subject for letter in letters}


def rows(commune: Commune) -> list[Letter]:
    with commune.database.read() as connection:
        return [each.letter for each in deliveries_of(connection, 1)]


def only_row(commune: Commune) -> Letter:
    (row,) = rows(commune)
    return row
