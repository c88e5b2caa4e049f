"""A thread that does the work of sweeps that have not come round: the office works while Prefect is down."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from workflows.store import clockwork
from workflows.store.database import Database

from .due_sweeps import FIRST_PAUSE, PACES, due_again, overdue

LOOK_SECONDS = 5.0
_log = logging.getLogger(__name__)


class Ticker:
    """Looks at the record of sweeps every few seconds and runs what is overdue; twice is once, so both may run."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        sweep: Callable[[str], object],
        pause: timedelta = FIRST_PAUSE,
    ) -> None:
        self._database = database
        self._pause = pause
        self._clock = clock
        self._sweep = sweep
        self._stopped = threading.Event()
        self._woken = threading.Event()
        self._hurried: set[str] = set()
        self._thread = threading.Thread(target=self._run, name="ticker", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more; a sweep that is under way is finished first."""
        self._stopped.set()
        self._woken.set()
        self._thread.join(30)

    def hurry(self, *kinds: str) -> None:
        """Run these kinds at once; for whoever has just made work for them. Returns without waiting."""
        self._hurried.update(kinds)
        self._woken.set()

    def tick(self) -> list[str]:
        """Run what was hurried and what is overdue now, each on its own; the kinds that were run."""
        self._woken.clear()
        hurried = {self._hurried.pop() for _ in range(len(self._hurried))}
        with self._database.read() as connection:
            ended = {
                each.kind: (each, each.finished_at) for each in clockwork.last_sweeps(connection) if each.finished_at
            }
        last = {kind: at for kind, (_, at) in ended.items()}
        failed = {kind: (each.failures, at) for kind, (each, at) in ended.items()}
        now = self._clock()
        wanted = hurried.union(overdue(last, now), due_again(failed, now, self._pause))
        kinds = [kind for kind in PACES if kind in wanted]
        for kind in kinds:
            if self._stopped.is_set():
                break
            try:
                self._sweep(kind)
            except Exception:
                _log.exception("sweep %s failed", kind)
        return kinds

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self.tick()
            except Exception:
                _log.exception("the ticker could not look at the sweeps")
            self._woken.wait(LOOK_SECONDS)
