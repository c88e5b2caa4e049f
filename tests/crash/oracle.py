"""Whoever uses the office and is never killed: what was asked and what was answered is on disk before it goes on."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

OK, UNKNOWN = "ok", "unknown"


class History:
    """Every operation with its end: ok, unknown (asked again until it is known), or refused."""

    def __init__(self, place: Path) -> None:
        self._file = place.open("a", encoding="utf-8")
        self._lock = threading.Lock()

    def note(self, op: str, key: str, how: str, **facts: Any) -> None:
        """Write it down for good."""
        with self._lock:
            self._file.write(json.dumps({"op": op, "key": key, "how": how, "at": time.monotonic(), **facts}) + "\n")
            self._file.flush()
            os.fsync(self._file.fileno())

    @staticmethod
    def read(place: Path) -> list[dict[str, Any]]:
        """All that was written."""
        return [json.loads(line) for line in place.read_text(encoding="utf-8").splitlines()]


class Oracle(threading.Thread):
    """One program of a person: it starts cases and does what comes of them, at whichever machine answers."""

    def __init__(self, name: str, ports: Sequence[int], history: History, secrets: tuple[str, str]) -> None:
        super().__init__(name=name, daemon=True)
        self._ports, self._history, self._secrets = ports, history, secrets
        self._turn = 0
        self.enough, self.stopped = threading.Event(), threading.Event()
        self.failure: str | None = None
        self.slowest = 0.0

    def run(self) -> None:
        """One case after the other until it is stopped."""
        program, person = self._secrets
        number = 0
        try:
            while not self.enough.is_set():
                number += 1
                key = f"{self.name}-{number}"
                body = {"process": "qua_tay", "variables": {}, "business_key": key}
                self.ask("start", key, program, "/cases", body)
                found = self._look(person)
                for task in found:
                    self.ask("complete", task, person, f"/tasks/{task}/complete", {"variables": {}})
        except Exception as failure:
            self.failure = f"{type(failure).__name__}: {failure}"

    def settle(self) -> None:
        """Come to the end of what is asked just now, and ask for nothing more."""
        self.enough.set()
        self.join(60)
        self.stopped.set()
        self.join(30)
        if self.is_alive():
            self.failure = "it never came to an end"

    def ask(self, op: str, key: str, secret: str, path: str, body: Any) -> None:
        """Ask under this key until it is known whether it was done."""
        self._history.note(op, key, "invoke")
        began = time.monotonic()
        while not self.stopped.wait(0.02):
            status, told = self._once("POST", path, secret, body, f"{op} {key}")
            repeated = status == 409 and told.get("code") == "CALL_REPEATED"
            if 200 <= status < 300 or repeated:
                self._history.note(op, key, OK, repeated=repeated)
                self.slowest = max(self.slowest, time.monotonic() - began)
                return
            if 400 <= status < 500:
                self._history.note(op, key, "refused", status=status, code=told.get("code"))
                return
            self._history.note(op, key, UNKNOWN, status=status)

    def _look(self, secret: str) -> list[str]:
        """Some tasks of the person that this program takes: they share them by the numbers of the cases."""
        status, told = self._once("GET", "/me/tasks", secret, None, "")
        if status != 200:
            return []
        mine = int(self.name.rpartition("-")[2])
        return [task["id"] for task in told["tasks"] if int(task["id"].partition("-")[0]) % 3 == mine][:3]

    def _once(self, method: str, path: str, secret: str, body: Any, key: str) -> tuple[int, Any]:
        self._turn += 1
        port = self._ports[self._turn % len(self._ports)]
        headers = {"authorization": f"Bearer {secret}", "content-type": "application/json"}
        if key:
            headers["idempotency-key"] = key
        with suppress(OSError, HTTPException, ValueError), closing(HTTPConnection("127.0.0.1", port, timeout=15)) as it:
            it.request(method, f"/api/v1{path}", json.dumps(body) if body is not None else None, headers)
            answer = it.getresponse()
            content = answer.read()
            return answer.status, json.loads(content) if content else {}
        return 0, {}


def until(holds: Callable[[], bool], seconds: float) -> bool:
    """Whether the condition came to hold within so many seconds."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True
