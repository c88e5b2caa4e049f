"""The other organisations of the exchange as the installation's settings name them, and the ways to them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from workflows.actions.exchanging.carrier import Carrier
from workflows.errors import Refused
from workflows.plans.organ_codes import is_organ_code

from .folder import FolderCarrier
from .http import HttpCarrier

LOOPBACK = ("127.0.0.1", "localhost", "::1")
FIELDS = {"folder", "url", "send_token", "receive_token"}
SHORTEST_TOKEN = 24


@dataclass(frozen=True)
class Peer:
    """One organisation: a folder that something else carries, or an address with the token that it wants.

    `receive_token` is what it has to show when it posts to us; without one it cannot.
    """

    code: str
    folder: Path | None = None
    url: str | None = None
    send_token: str = field(default="", repr=False)
    receive_token: str = field(default="", repr=False)


def read_peers(text: str) -> dict[str, Peer]:
    """Peers by organisation code, out of the JSON of KEHOACH_EXCHANGE; Refused(BAD_PEER) with what is wrong.

    {"000.00.16.H56": {"folder": "/srv/edxml/h56"},
     "000.00.17.H56": {"url": "https://…/edxml", "send_token": "…", "receive_token": "…"}}
    """
    if not text.strip():
        return {}
    try:
        told = json.loads(text)
    except ValueError as error:
        raise Refused("BAD_PEER", peer="-", why="JSON") from error
    if not isinstance(told, dict):
        raise Refused("BAD_PEER", peer="-", why="JSON")
    peers = {code: _peer(code, values) for code, values in told.items()}
    tokens = [peer.receive_token for peer in peers.values() if peer.receive_token]
    if len(set(tokens)) < len(tokens):
        raise Refused("BAD_PEER", peer="-", why="receive_token")
    return peers


def carriers_to(peers: Mapping[str, Peer]) -> Sequence[Carrier]:
    """The ways to these peers."""
    folders = {code: peer.folder for code, peer in peers.items() if peer.folder is not None}
    addresses = {code: (peer.url, peer.send_token) for code, peer in peers.items() if peer.url is not None}
    return (FolderCarrier(folders), HttpCarrier(addresses))


def _peer(code: str, values: Any) -> Peer:  # noqa: ANN401 - what stood in the JSON
    if not is_organ_code(code):
        raise Refused("BAD_PEER", peer=code[:40], why="code")
    if not isinstance(values, dict) or not all(isinstance(each, str) for each in values.values()):
        raise Refused("BAD_PEER", peer=code, why="JSON")
    if set(values) - FIELDS:
        raise Refused("BAD_PEER", peer=code, why=", ".join(sorted(set(values) - FIELDS)))
    for name in ("send_token", "receive_token"):
        if 0 < len(values.get(name, "")) < SHORTEST_TOKEN:
            raise Refused("BAD_PEER", peer=code, why=name)
    url = values.get("url")
    if url is not None and not _is_safe(url):
        raise Refused("BAD_PEER", peer=code, why="url")
    folder = values.get("folder")
    return Peer(
        code,
        Path(folder) if folder else None,
        url,
        values.get("send_token", ""),
        values.get("receive_token", ""),
    )


def _is_safe(url: str) -> bool:
    """An https address without name, password or fragment; plain http only on this machine."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - a bad port raises
    except ValueError:
        return False
    if not parts.hostname or parts.username is not None or parts.password is not None or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
