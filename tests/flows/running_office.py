"""A real `kehoach serve` on a database of its own, and what the tests want to know of its processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep

from tests.pages.served import free_port
from workflows.store import clockwork
from workflows.store.clockwork import Sweep
from workflows.store.database import Database

LISTENING = Path(__file__).with_name("listening")
LOOK_SECONDS = 0.5


class RunningOffice:
    """The process of the pages, its database, and its children."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.contacts = folder / "contacts.txt"
        self.database = Database(f"sqlite:///{folder / 'data' / 'kehoach.sqlite3'}")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start everything, and return when the pages answer."""
        self.contacts.touch()
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("KEHOACH_", "PREFECT_"))},
            "KEHOACH_DATA_DIR": str(self.folder / "data"),
            "PYTHONPATH": str(LISTENING),
            "LISTENING_FILE": str(self.contacts),
        }
        command = [Path(sys.executable).with_name("kehoach"), "serve", "--port", str(self.port)]
        with (self.folder / "said.txt").open("wb") as said:
            self._process = subprocess.Popen(command, stdout=said, stderr=said, env=environment, start_new_session=True)
        until(self.answers, 60, "the pages answer")

    def answers(self) -> bool:
        """Whether a page comes."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        with suppress(OSError):
            connection.request("GET", "/dang-nhap")
            return connection.getresponse().status == 200
        return False

    def last(self, kind: str) -> Sweep | None:
        """The last sweep of this kind that is on record."""
        with self.database.read() as connection:
            return clockwork.last_sweep(connection, kind)

    def child(self) -> int | None:
        """The process that keeps Prefect, when there is one now."""
        return next((pid for pid in self.processes() if b"flows.serve" in _read(pid, "cmdline")), None)

    def processes(self) -> list[int]:
        """Every process that belongs to this office, however it was started."""
        mark = f"LISTENING_FILE={self.contacts}".encode()
        pids = [int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit()]
        return [pid for pid in pids if mark in _read(pid, "environ").split(b"\0") and _read(pid, "cmdline")]

    def kill(self) -> None:
        """End the process of the pages as a crash does."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """Stop it as Ctrl-C does."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(60)
        self.database.close()


def until(holds: Callable[[], bool], seconds: float, what: str) -> None:
    """Wait until the condition holds; fail after so many seconds."""
    deadline = monotonic() + seconds
    while not holds():
        assert monotonic() < deadline, f"not within {seconds:.0f} seconds: {what}"
        sleep(LOOK_SECONDS)


@contextmanager
def running_office(folder: Path) -> Iterator[RunningOffice]:
    """An office that runs inside the block."""
    office = RunningOffice(folder)
    try:
        office.start()
        yield office
    finally:
        office.stop()
        for pid in office.processes():
            os.kill(pid, signal.SIGKILL)


def _read(pid: int, what: str) -> bytes:
    with suppress(OSError):
        return (Path("/proc") / str(pid) / what).read_bytes()
    return b""
