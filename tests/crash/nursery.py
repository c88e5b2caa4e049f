"""A process that has loaded the whole program, opened nothing, and forks real `kehoach` processes in milliseconds.

What runs in the child is `service.cli.main.run([verb, …])`, the function behind the console script, with uvicorn over a
real socket. Two things differ from a machine: the clock runs faster, so that a lease of ten minutes is over in seconds,
and the ticker looks more often accordingly.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

SPEED = 100  # seconds of the office's clock in one of ours
BEGAN = "KEHOACH_TEST_CLOCK"  # when it began to run faster
VERBS = ("web", "sweep")


def hurried_now() -> datetime:
    """The office's clock, the same in every process that was told when it began."""
    began = float(os.environ[BEGAN])
    return datetime.fromtimestamp(began, UTC) + timedelta(seconds=(time.time() - began) * SPEED)


class Nursery:
    """The parent of the processes that are to be killed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        ours, theirs = socket.socketpair()
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("KEHOACH_", "PREFECT_"))}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.nursery", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env={**kept, BEGAN: os.environ[BEGAN]},
        )
        theirs.close()
        self._socket, self._talk = ours, ours.makefile("rw", encoding="utf-8")
        self.facts = json.loads(self._talk.readline())

    def spawn(self, name: str, argv: list[str], environment: Mapping[str, str], plant: str = "") -> int:
        """Start this verb; its pid."""
        asked = {"argv": argv, "env": dict(environment), "log": str(self._folder / f"{name}.log"), "plant": plant}
        self._talk.write(json.dumps(asked) + "\n")
        self._talk.flush()
        return int(json.loads(self._talk.readline())["pid"])

    def close(self) -> None:
        """End it; its children are not ended."""
        self._process.kill()
        self._process.wait()
        self._talk.close()
        self._socket.close()


def _serve(control: int, talk: Any) -> None:
    installation = import_module("service.cli.installation")
    installation.now = hurried_now  # before the verbs take it over by its name
    health = import_module("workflows.store.health")
    true_time = health.server_time
    # The database's clock runs as fast as ours, or no program would start.
    health.server_time = lambda connection: hurried_now() if true_time(connection) else None
    for verb in VERBS:
        import_module(f"service.cli.{verb}")
    import_module("service.clock.ticker").LOOK_SECONDS = 0.1
    threads = len(list(Path("/proc/self/task").iterdir()))
    held = [each for each in Path("/proc/self/fd").iterdir() if each.is_symlink()]
    sockets = sum(str(each.readlink()).startswith("socket:") for each in held)
    _say(talk, {"threads": threads, "sockets": sockets})
    while line := talk.readline():
        asked = json.loads(line)
        pid = os.fork()
        if not pid:
            _child(control, asked)
        _say(talk, {"pid": pid})
        while _reaped():
            pass


def _reaped() -> bool:
    try:
        return os.waitpid(-1, os.WNOHANG)[0] > 0
    except ChildProcessError:
        return False


def _say(talk: Any, told: Mapping[str, int]) -> None:
    talk.write(json.dumps(told) + "\n")
    talk.flush()


def _child(control: int, asked: Mapping[str, Any]) -> None:
    """Be the process that was asked for, until it is killed."""
    code = 1
    try:
        os.setsid()
        os.close(control)
        os.environ.update(asked["env"])
        log = os.open(asked["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(log, 1)
        os.dup2(log, 2)
        if asked["plant"]:
            import_module("tests.crash.plants").PLANTS[asked["plant"]]()
        run = import_module("service.cli.main").run
        code = run(asked["argv"])
        while asked["argv"] == ["sweep"]:  # as cron does
            time.sleep(0.1)
            run(asked["argv"])
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as control:
        _serve(control.fileno(), control.makefile("rw", encoding="utf-8"))
