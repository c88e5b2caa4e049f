"""`python -m flows.serve`: this machine's own Prefect server and the runner of its rounds, until told to stop.

`--child` ends both when standard input ends: the pages hold the other end, so nothing outlives them.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing, suppress
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep

from workflows.whole_file import put_whole

from .lifeline import stop_at_end_of_input
from .prefect_home import LOOPBACK, USUAL_PORT, PrefectHome, open_home

READY_SECONDS = 180
OURS = "KEHOACH_"
LOOK_SECONDS = 0.5


def main(arguments: list[str]) -> int:
    """Start the server, wait until it answers, run the rounds; a server that ends takes the rounds with it."""
    if "--child" in arguments:
        stop_at_end_of_input()
    signal.signal(signal.SIGTERM, _leave)
    home = open_home(Path(os.environ.get("KEHOACH_DATA_DIR", "data")) / "prefect", _free_port())
    os.environ.update(home.environment())
    command = [sys.executable, "-m", "flows.server", str(os.getpid())]
    server = subprocess.Popen(  # noqa: S603 - our own module
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=server_environment(os.environ)
    )
    try:
        _wait_until_it_answers(home, server)
        put_whole(home.folder / "address", home.api_url.encode())
        from .rounds import run_rounds  # noqa: PLC0415 - Prefect reads its settings while it is imported

        run_rounds(is_alive=lambda: server.poll() is None)
    except KeyboardInterrupt:
        return 0
    finally:
        server.terminate()
        with suppress(subprocess.TimeoutExpired):
            server.wait(10)
        server.kill()
    return 1


def server_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """What Prefect's server needs to know: nothing of ours, for secrets stand in KEHOACH_ variables and in /proc."""
    return {name: value for name, value in environ.items() if not name.startswith(OURS)}


def _leave(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _free_port() -> int:
    """The port that PREFECT_SERVER_API_PORT names; else Prefect's usual one; else any that is free."""
    wanted = os.environ.get("PREFECT_SERVER_API_PORT")
    if wanted:
        return int(wanted)
    for port in (USUAL_PORT, 0):
        with socket.socket() as trial, suppress(OSError):
            trial.bind((LOOPBACK, port))
            return int(trial.getsockname()[1])
    raise OSError("no free port on the loopback interface")


def _wait_until_it_answers(home: PrefectHome, server: subprocess.Popen[bytes]) -> None:
    """Ask for its health until it answers; its first start makes its database and takes many seconds."""
    deadline = monotonic() + READY_SECONDS
    while monotonic() < deadline:
        if server.poll() is not None:
            raise ChildProcessError(f"Prefect's server ended by itself with code {server.returncode}")
        if _is_healthy(home):
            return
        sleep(LOOK_SECONDS)
    raise TimeoutError(f"Prefect's server did not answer on port {home.port} within {READY_SECONDS} seconds")


def _is_healthy(home: PrefectHome) -> bool:
    connection = HTTPConnection(LOOPBACK, home.port, timeout=5)
    with closing(connection), suppress(OSError):
        connection.request("GET", "/api/health", headers={"Authorization": home.authorization()})
        return connection.getresponse().status == HTTPStatus.OK
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
