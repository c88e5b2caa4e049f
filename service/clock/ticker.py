"""A thread that does the work of sweeps that have not come round: the office works while Prefect is down."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from workflows.store import clockwork
from workflows.store.database import Database

from .due_sweeps import overdue

LOOK_SECONDS = 5.0
_log = logging.getLogger(__name__)


class Ticker:
    """Looks at the record of sweeps every few seconds and runs what is overdue; twice is once, so both may run."""

    def __init__(self, database: Database, clock: Callable[[], datetime], sweep: Callable[[str], object]) -> None:
        self._database = database
        self._clock = clock
        self._sweep = sweep
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ticker", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more; a sweep that is under way is finished first."""
        self._stopped.set()
        self._thread.join(30)

    def tick(self) -> list[str]:
        """Run what is overdue now, each on its own; the kinds that were run."""
        with self._database.read() as connection:
            last = {each.kind: each.finished_at for each in clockwork.last_sweeps(connection) if each.finished_at}
        kinds = overdue(last, self._clock())
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
            self._stopped.wait(LOOK_SECONDS)
