"""An audit hook that lets a process speak to this machine only, and writes down whom else it tried."""

import os
import sys
from ipaddress import ip_address
from socket import inet_aton

NOTES = "LISTENING_ELSEWHERE"
_guarded: list[bool] = []


class SpokeElsewhere(RuntimeError):
    """A test, or a program that it started, spoke to another machine."""


def guard() -> None:
    """From now on; asked again it does nothing."""
    if not _guarded:
        _guarded.append(True)
        sys.addaudithook(_look)


def _look(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        if isinstance(address, tuple) and not _is_here(str(address[0])):
            _refuse(f"{address[0]} {address[1]}")
    elif event == "socket.getaddrinfo":
        host = arguments[0]
        name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
        if isinstance(name, str) and name and not _is_here(name) and not _asks_nobody(name):
            _refuse(name)


def _refuse(whom: str) -> None:
    with open(os.environ[NOTES], "a", encoding="utf-8") as file:  # noqa: PTH123 - before pathlib is loaded
        file.write(f"{whom}\n")
    raise SpokeElsewhere(whom)


def _is_here(host: str) -> bool:
    if host in ("localhost", "localhost.localdomain", "ip6-localhost", "", os.uname().nodename):
        return True
    try:
        found = ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return found.is_loopback or found.is_unspecified


def _asks_nobody(host: str) -> bool:
    """A number in any form is looked up nowhere (connecting to it is another matter), and nobody answers .invalid."""
    if host.endswith(".invalid") or ":" in host:
        return True
    try:
        inet_aton(host)
    except OSError:
        return False
    return True
