"""Chats and other channels through Apprise: a second way only, for it says no more than whether it worked."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from workflows.errors import Refused
from workflows.store import ways_out
from workflows.store.database import Database
from workflows.store.deliveries import Letter

from .error import ChannelError

# Channels whose host is fixed by Apprise itself, so that no address can point into a private network.
SCHEMES = frozenset({"discord", "gchat", "line", "ntfy", "pover", "slack", "tgram", "webexteams"})
# On this very machine only, for a relay of one's own, and only where the setting says so.
LOOPBACK_SCHEMES = frozenset({"json", "jsons", "ntfy", "ntfys", "gotify", "mmost", "rocket"})
LOOPBACK = ("127.0.0.1", "localhost", "::1")
# Where a host in the address would take the place of the fixed one.
_TOPIC_ONLY = frozenset({"ntfy"})


class AppriseChannel:
    """Tells people and groups on channels of their own."""

    name = "apprise"

    def __init__(self, database: Database, *, loopback: bool = False) -> None:
        self._database, self._loopback = database, loopback

    def send(self, letter: Letter) -> None:
        """Say it there; ChannelError without the address, which is a secret."""
        address_id = int(letter.address.partition(":")[2])
        with self._database.read() as connection:
            kept = ways_out.other_address(connection, address_id)
        if kept is None or kept.removed_at is not None:
            raise ChannelError("the address was removed", permanent=True)
        try:
            demand_other_channel(kept.url, loopback=self._loopback)
        except Refused as error:
            raise ChannelError(error.code, permanent=True) from error
        if not _notify(kept.url, letter):
            raise ChannelError(f"{kept.masked} did not take it")

    def close(self) -> None:
        """Nothing is held."""


def demand_other_channel(url: str, *, loopback: bool = False) -> None:
    """Refuse what could reach into a private network, or what Apprise does not understand: BAD_CHANNEL."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError as error:
        raise Refused("BAD_CHANNEL", field="dia_chi_kenh") from error
    at_home = loopback and parts.scheme in LOOPBACK_SCHEMES and host in LOOPBACK
    fixed = parts.scheme in SCHEMES
    if parts.scheme in _TOPIC_ONLY and (parts.path.strip("/") or parts.username is not None):
        fixed = False
    # What stands behind "?" may name files and servers.
    if parts.query or not (at_home or fixed) or not _understood(url):
        raise Refused("BAD_CHANNEL", field="dia_chi_kenh")


def _understood(url: str) -> bool:
    from apprise import Apprise  # noqa: PLC0415 - costs 1.6 seconds: loaded when somebody uses it

    _keep_silent()
    return Apprise.instantiate(url, suppress_exceptions=True) is not None


def _notify(url: str, letter: Letter) -> bool:
    from apprise import Apprise  # noqa: PLC0415 - costs 1.6 seconds: loaded when somebody uses it

    _keep_silent()
    sender = Apprise()
    return bool(sender.add(url)) and bool(sender.notify(body=letter.text, title="", body_format="text"))


def _keep_silent() -> None:
    """Its own log would tell addresses, which are secrets."""
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
