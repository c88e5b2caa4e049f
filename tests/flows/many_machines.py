"""An installation on many machines, each a process on a port and in a folder of its own: any of them may be killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import psycopg

from notifications.smtp_post_office import PostOffice
from tests.databases import Cluster, private_cluster
from tests.pages.served import free_port
from workflows.store.database import Database

from .running_office import until

KEY = "kehoach:khoa-cua-may-chu-prefect"
WEBS, WORKERS = ("web-1", "web-2"), ("worker-1", "worker-2")


class ManyMachines:
    """PostgreSQL, Prefect's server, two with pages, two with workers, and a mail server that takes every letter."""

    def __init__(self, folder: Path, cluster: Cluster, post_office: PostOffice) -> None:
        self.folder, self.cluster, self.post_office = folder, cluster, post_office
        self.ports = {name: free_port() for name in (*WEBS, "prefect")}
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        for name in ("kehoach", "prefect"):
            with closing(psycopg.connect(_url(cluster, "postgres"), autocommit=True)) as connection:
                connection.execute(f"CREATE DATABASE {name}".encode())
        self.database = Database(_url(cluster, "kehoach"))
        self.database.upgrade()

    def start(self, name: str) -> None:
        """Switch a machine on."""
        verb = name.partition("-")[0]
        options = ["--no-clock", "--port", str(self.ports[name])] if verb == "web" else []
        command = [Path(sys.executable).with_name("kehoach"), verb, *options]
        environment = {**self._clean_environment(), "KEHOACH_DATA_DIR": str(self.folder / name)}
        with (self.folder / f"{name}.txt").open("ab") as said:
            self._processes[name] = subprocess.Popen(
                command, stdout=said, stderr=said, env=environment, start_new_session=True
            )

    def kill(self, name: str) -> None:
        """Pull a machine's plug: everything on it ends in the same instant."""
        process = self._processes.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for pid in self._pids_of(name):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def answers(self, name: str) -> bool:
        """Whether what runs on this machine answers."""
        path = "/api/health" if name == "prefect" else "/readyz"
        with suppress(OSError, HTTPException):
            return self.ask(name, "GET", path)[0] in (200, 401)
        return False

    def ask(
        self, name: str, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, Any]:
        """One request to a machine: status and JSON; OSError or HTTPException when it dies meanwhile."""
        connection = HTTPConnection("127.0.0.1", self.ports[name], timeout=30)
        with closing(connection):
            connection.request(
                method,
                path,
                body=None if body is None else json.dumps(body),
                headers={"content-type": "application/json", **(headers or {})},
            )
            answer = connection.getresponse()
            text = answer.read()
        is_json = answer.getheader("content-type", "").startswith("application/")
        return answer.status, json.loads(text) if is_json and text else text

    def stop(self) -> None:
        """Switch everything off."""
        for name in list(self._processes):
            self.kill(name)
        self.database.close()

    def _pids_of(self, name: str) -> list[int]:
        mark = f"KEHOACH_DATA_DIR={self.folder / name}".encode()
        pids = [int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit()]
        return [pid for pid in pids if mark in _environ(pid)]

    def _clean_environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("KEHOACH_", "PREFECT_"))}
        return {
            **kept,
            "KEHOACH_DATABASE_URL": _url(self.cluster, "kehoach"),
            "KEHOACH_PREFECT_URL": f"http://127.0.0.1:{self.ports['prefect']}/api",
            "KEHOACH_PREFECT_PORT": str(self.ports["prefect"]),
            "KEHOACH_PREFECT_DATABASE_URL": _url(self.cluster, "prefect"),
            "KEHOACH_PREFECT_KEY": KEY,
            "KEHOACH_SMTP_HOST": "127.0.0.1",
            "KEHOACH_SMTP_PORT": str(self.post_office.port),
            "KEHOACH_SMTP_SECURITY": "none",
        }


@contextmanager
def many_machines(folder: Path) -> Iterator[ManyMachines]:
    """All machines, switched on and answering."""
    post_office = PostOffice(kept=5000)
    post_office.start()
    with private_cluster(fsync="on", synchronous_commit="on", full_page_writes="on") as cluster:
        machines = ManyMachines(folder, cluster, post_office)
        try:
            for name in ("prefect", *WEBS):
                machines.start(name)
            for name in ("prefect", *WEBS):
                until(lambda name=name: machines.answers(name), 120, f"{name} answers")
            for name in WORKERS:
                machines.start(name)
            yield machines
        finally:
            machines.stop()
            post_office.stop()


def _url(cluster: Cluster, database: str) -> str:
    return cluster.url.set(database=database).render_as_string(hide_password=False)


def _environ(pid: int) -> list[bytes]:
    with suppress(OSError):
        return (Path("/proc") / str(pid) / "environ").read_bytes().split(b"\0")
    return []
