"""Databases that are put back to how they were in milliseconds: a file that is copied, or a PostgreSQL template."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

import psycopg
from sqlalchemy import URL

from tests.databases import Cluster, private_cluster

SUFFIXES = ("-journal", "-wal", "-shm")


class Ground(Protocol):
    """Where the work goes on; `url` is always the same."""

    url: str

    def keep(self, name: str) -> None:
        """Keep the work as it is under this name; nobody may be connected."""

    def lay(self, name: str) -> None:
        """Put the work back to what was kept, whoever is connected."""


class SqliteGround:
    """A file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._work = folder / "work.sqlite"
        self.url = f"sqlite:///{self._work}"

    def keep(self, name: str) -> None:
        """Copy the file."""
        shutil.copyfile(self._work, self._folder / f"{name}.kept")

    def lay(self, name: str) -> None:
        """Copy it back, without what a dead writer left beside it."""
        for suffix in SUFFIXES:
            self._work.with_name(self._work.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(self._folder / f"{name}.kept", self._work)


class PostgresGround:
    """A database of a cluster of its own."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.url = url_of(cluster.url, "work")
        self._run("CREATE DATABASE work")
        self._kept: dict[str, str] = {}

    def keep(self, name: str) -> None:
        """Make a template of it."""
        if name in self._kept:
            self._run(f"DROP DATABASE {self._kept[name]}")
        else:
            self._kept[name] = f"kept_{len(self._kept)}"
        self._run(f"CREATE DATABASE {self._kept[name]} TEMPLATE work")

    def lay(self, name: str) -> None:
        """Make it anew from the template."""
        self._run("DROP DATABASE work WITH (FORCE)")
        self._run(f"CREATE DATABASE work TEMPLATE {self._kept[name]}")

    def _run(self, statement: str) -> None:
        with closing(psycopg.connect(url_of(self.cluster.url, "postgres"), autocommit=True)) as connection:
            connection.execute(statement.encode())


def url_of(server: URL, name: str) -> str:
    """The address of a database of this server."""
    return server.set(database=name).render_as_string(hide_password=False)


@contextmanager
def ground(kind: str, folder: Path) -> Iterator[SqliteGround | PostgresGround]:
    """A place of this kind: sqlite or postgres."""
    if kind == "sqlite":
        yield SqliteGround(folder)
        return
    with private_cluster(fsync="on", synchronous_commit="on", full_page_writes="on") as cluster:
        yield PostgresGround(cluster)
