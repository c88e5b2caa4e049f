"""How fast somebody may try passwords or codes: a delay that grows with each failure and always ends."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

FREE_TRIES = 4
LONGEST = timedelta(minutes=15)
ADDRESS_TRIES = 60
ADDRESS_WINDOW = timedelta(minutes=10)
MANY_ADDRESSES = 10_000


def pause_after(failures: int) -> timedelta:
    """How long an account waits after this many wrong passwords in a row: none, then 30 s doubling up to 15 minutes.

    The pause ends by itself, so that nobody can lock another person out for ever.
    """
    if failures <= FREE_TRIES:
        return timedelta(0)
    doublings = min(failures - FREE_TRIES - 1, 10)
    return min(timedelta(seconds=30 << doublings), LONGEST)


class AddressThrottle:
    """Counts tries per network address in a sliding window; kept in memory, bounded, thread-safe."""

    def __init__(self, most: int = ADDRESS_TRIES) -> None:
        self._most = most
        self._tries: dict[str, list[datetime]] = {}
        self._lock = threading.Lock()

    def allows(self, address: str, now: datetime) -> bool:
        """Whether this address may try again."""
        with self._lock:
            return len(self._recent(address, now)) < self._most

    def count(self, address: str, now: datetime) -> None:
        """One more try from this address."""
        with self._lock:
            recent = [*self._recent(address, now), now]
            self._tries.pop(address, None)
            if len(self._tries) >= MANY_ADDRESSES:
                self._tries.pop(next(iter(self._tries)))
            self._tries[address] = recent

    def _recent(self, address: str, now: datetime) -> list[datetime]:
        return [moment for moment in self._tries.get(address, []) if moment > now - ADDRESS_WINDOW]
