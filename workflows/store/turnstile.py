"""Who writes to a SQLite file next: a queue of processes, where SQLite itself lets each look again and again.

SQLite wakes nobody: whoever finds the file taken sleeps up to 100 ms and looks again. A process that writes one
transaction after the other leaves it free for microseconds, and is there first each time: others look for all their
ten seconds in vain. So whoever wants to write goes through this gate, and stays in it until the file is theirs: who
has just written must queue behind them (decision 0044).
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ENDING = "-turn"
LOOK_SECONDS = 0.002


class Turnstile:
    """The gate of one file, shared with every process that writes to it; an empty file beside it is its lock."""

    def __init__(self, place: Path, patience: float) -> None:
        self._file = place
        self._patience = patience
        self._gate: int | None = None

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Wait in the queue, at most so many seconds; the next one waits until the block ends.

        Whoever has waited so long (somebody stands in the gate and does not move), or cannot open it (a file that may
        only be read), goes on without: SQLite's own lock decides.
        """
        gate = self._opened()
        if gate is None or not self._entered(gate):
            yield
            return
        try:
            yield
        finally:
            fcntl.flock(gate, fcntl.LOCK_UN)

    def close(self) -> None:
        """Give the gate back to the system."""
        gate, self._gate = self._gate, None
        if gate is not None:
            os.close(gate)

    def _opened(self) -> int | None:
        """The gate; made, it gets the owner and the mode of the file, as SQLite makes its journal."""
        if self._gate is None:
            with suppress(OSError):
                of = self._file.stat()
                lock = self._file.with_name(self._file.name + ENDING)
                self._gate = os.open(lock, os.O_RDWR | os.O_CREAT, of.st_mode & 0o666)
                if os.geteuid() == 0:
                    os.fchown(self._gate, of.st_uid, of.st_gid)
        return self._gate

    def _entered(self, gate: int) -> bool:
        for _ in range(int(self._patience / LOOK_SECONDS)):
            with suppress(BlockingIOError):
                fcntl.flock(gate, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            time.sleep(LOOK_SECONDS)
        return False
