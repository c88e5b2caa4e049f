"""Prefect's server and runner as a child process: started, watched, started again; the pages never wait for it."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from time import monotonic

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
STEADY_SECONDS = 300.0  # a child that lived this long was no failed start
LEAVE_SECONDS = 20.0
_log = logging.getLogger(__name__)


class PrefectChild:
    """Keeps `python -m flows.serve` running in this environment; what it says goes to a file."""

    def __init__(self, environment: Mapping[str, str], output: Path) -> None:
        self._environment = dict(environment)
        self._output = output
        self._stopped = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, name="prefect-child", daemon=True)

    @property
    def pid(self) -> int | None:
        """The process that runs now, if one does."""
        child = self._child
        return child.pid if child is not None and child.poll() is None else None

    def start(self) -> None:
        """Begin; returns at once."""
        self._output.parent.mkdir(parents=True, exist_ok=True)
        self._thread.start()

    def stop(self) -> None:
        """End the child and everything it started."""
        self._stopped.set()
        child = self._child
        if child is not None:
            _end(child)
        self._thread.join(LEAVE_SECONDS)

    def _run(self) -> None:
        pause = FIRST_PAUSE
        while not self._stopped.is_set():
            started = monotonic()
            with self._output.open("wb") as output:
                self._child = self._spawn(output.fileno())
                code = self._child.wait()
            if self._stopped.is_set():
                return
            pause = FIRST_PAUSE if monotonic() - started > STEADY_SECONDS else min(pause * 2, LONGEST_PAUSE)
            _log.warning("Prefect's process ended with code %s; the next start is in %.0f seconds", code, pause)
            _end(self._child)
            self._stopped.wait(pause)

    def _spawn(self, output: int) -> subprocess.Popen[bytes]:
        # It reads its standard input to the end: when this process dies, however it dies, the child leaves too.
        return subprocess.Popen(
            [sys.executable, "-m", "flows.serve", "--child"],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            env=self._environment,
            start_new_session=True,
        )


def _end(child: subprocess.Popen[bytes]) -> None:
    """Let go of the child, wait a little, then end its whole group."""
    if child.stdin is not None:
        child.stdin.close()
    with suppress(subprocess.TimeoutExpired):
        child.wait(LEAVE_SECONDS)
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
