"""The machines that are killed: two with pages and a ticker, two that sweep, all forked from one nursery."""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
import time
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import TracebackType

from tests.pages.served import free_port

from .nursery import Nursery
from .oracle import until

START = 60  # seconds of a busy machine until pages answer
SETTLE = 0.1  # seconds after which a sweeping process is in the middle of something


class Machines:
    """Each has a name; whoever is killed is started again by whoever killed."""

    def __init__(self, folder: Path, url: str, sink_port: int, plant: str) -> None:
        self.webs, self.sweepers = ("web-1", "web-2"), ("sweep-1", "sweep-2")
        self.names = (*self.webs, *self.sweepers)
        self.ports = {name: free_port() for name in self.webs}
        self._plant = plant
        self._pids: dict[str, int] = {}
        self._since: dict[str, float] = {}
        self._timers: list[threading.Timer] = []
        self._probes = 0
        data = folder / "data"
        data.mkdir()
        self._environment = {
            "KEHOACH_DATABASE_URL": url,
            "KEHOACH_DATA_DIR": str(data),
            "KEHOACH_BASE_URL": f"http://127.0.0.1:{self.ports['web-1']}",
            "KEHOACH_SMTP_HOST": "127.0.0.1",
            "KEHOACH_SMTP_PORT": str(sink_port),
            "KEHOACH_SMTP_SECURITY": "none",
            "KEHOACH_MAIL_FROM": "kehoach@example.vn",
        }
        self.nursery = Nursery(folder)

    def __enter__(self) -> Machines:
        for name in self.names:
            self.start(name)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.wake()
        for name in self.names:
            self.kill(name)
        self.nursery.close()

    def start(self, name: str) -> None:
        """Switch a machine on."""
        argv = ["web", "--port", str(self.ports[name])] if name in self.webs else ["sweep"]
        self._pids[name] = self.nursery.spawn(name, argv, self._environment, self._plant)
        self._since[name] = time.monotonic()

    def kill(self, name: str) -> None:
        """Pull its plug."""
        with suppress(ProcessLookupError):
            os.kill(self._pids[name], signal.SIGKILL)

    def pause(self, name: str, seconds: float) -> None:
        """Stop it, and let it go on later as if nothing had been, unless somebody kills it meanwhile."""
        pid = self._pids[name]
        self._send(pid, signal.SIGSTOP)
        timer = threading.Timer(seconds, self._send, (pid, signal.SIGCONT))
        timer.start()
        self._timers.append(timer)

    def wake(self) -> None:
        """Nobody is stopped any more."""
        for timer in self._timers:
            timer.join()

    def await_up(self, name: str) -> None:
        """Until it does what it is there for: pages answer, a sweep has begun; a stopped one is not waited for."""
        if name in self.webs:
            assert until(lambda: self._is_up(name), START), f"{name} does not start"
        else:
            time.sleep(max(0.0, self._since[name] + SETTLE - time.monotonic()))
            self._revive(name)

    def probe(self, name: str) -> int:
        """The status of a write that is new each time; 0 without an answer."""
        self._probes += 1
        headers = {"authorization": "Bearer kh_may", "content-type": "application/json"}
        body = json.dumps({"process": "qua_tay", "variables": {}, "business_key": f"probe-{self._probes}"})
        connection = HTTPConnection("127.0.0.1", self.ports[name], timeout=15)
        with suppress(OSError, HTTPException), closing(connection):
            connection.request("POST", "/api/v1/cases", body, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        return 0

    def keep_up(self) -> None:
        """Whatever ended by itself, for the database was away when it started, is started again, as systemd does."""
        for name in self.names:
            self._revive(name)

    def _revive(self, name: str) -> None:
        with suppress(OSError):
            state = Path(f"/proc/{self._pids[name]}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
            if state != "Z":
                return
        self.start(name)

    def _is_up(self, name: str) -> bool:
        self._revive(name)
        return self._listens(name)

    def _listens(self, name: str) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.ports[name]), 0.5):
            return True
        return False

    @staticmethod
    def _send(pid: int, what: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.kill(pid, what)
