"""How fast somebody may try passwords or codes: a delay that grows with each failure and always ends."""

from __future__ import annotations

import ipaddress
import threading
from datetime import datetime, timedelta

from .form_tokens import digest

FREE_TRIES = 4
LONGEST = timedelta(minutes=15)
ADDRESS_TRIES = 60
ADDRESS_WINDOW = timedelta(minutes=10)
MANY_ADDRESSES = 10_000
MANY_NAMES = 10_000
NETWORK = 64  # bits of an IPv6 address that one household has; it chooses the others as it likes


def pause_after(failures: int) -> timedelta:
    """How long an account waits after this many wrong passwords in a row: none, then 30 s doubling up to 15 minutes.

    The pause ends by itself, so that nobody can lock another person out for ever.
    """
    if failures <= FREE_TRIES:
        return timedelta(0)
    doublings = min(failures - FREE_TRIES - 1, 10)
    return min(timedelta(seconds=30 << doublings), LONGEST)


def still_waits(until: datetime | None, now: datetime) -> bool:
    """Whether a pause that ends then holds still. One that is longer than any was set by a clock that was wrong, and
    keeps nobody out."""
    return until is not None and now < until <= now + LONGEST


class AddressThrottle:
    """Counts tries per network address in a sliding window; kept in memory, bounded, thread-safe."""

    def __init__(self, most: int = ADDRESS_TRIES) -> None:
        self._most = most
        self._tries: dict[str, list[datetime]] = {}
        self._lock = threading.Lock()

    def allows(self, address: str, now: datetime) -> bool:
        """Whether this address may try again."""
        with self._lock:
            return len(self._recent(network_of(address), now)) < self._most

    def count(self, address: str, now: datetime) -> None:
        """One more try from this address."""
        address = network_of(address)
        with self._lock:
            recent = [*self._recent(address, now), now]
            self._tries.pop(address, None)
            if len(self._tries) >= MANY_ADDRESSES:
                self._tries.pop(next(iter(self._tries)))
            self._tries[address] = recent

    def _recent(self, address: str, now: datetime) -> list[datetime]:
        return [each for each in self._tries.get(address, []) if now - ADDRESS_WINDOW < each <= now + ADDRESS_WINDOW]


class UnknownNames:
    """Names without an account, which wait after wrong passwords as accounts do: the wait tells nobody which is which.

    Kept in memory, bounded; whoever uses it keeps others out meanwhile.
    """

    def __init__(self) -> None:
        self._failed: dict[str, tuple[int, datetime]] = {}

    def waits_until(self, name: str, now: datetime) -> datetime | None:
        """Until when the name waits; None when it does not."""
        until = self._failed.get(digest(name), (0, now))[1]
        return until if still_waits(until, now) else None

    def count(self, name: str, now: datetime) -> None:
        """One more wrong password under this name."""
        key = digest(name)  # as long as any other
        failed = self._failed.pop(key, (0, now))[0] + 1
        if len(self._failed) >= MANY_NAMES:
            self._failed.pop(next(iter(self._failed)))
        self._failed[key] = failed, now + pause_after(failed)


def network_of(address: str) -> str:
    """What counts as one place: an IPv4 address, or the network of an IPv6 one."""
    try:
        found = ipaddress.IPv6Address(address)
    except ValueError:
        return address
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(found) >> NETWORK << NETWORK, NETWORK)))
