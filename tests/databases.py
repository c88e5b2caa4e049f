"""Databases for tests: a clean schema fast, in memory, in a file, and on a PostgreSQL server of the tests' own."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from time import sleep
from typing import Any

import psycopg
from sqlalchemy import URL, make_url

from workflows.store.database import Database
from workflows.store.tables import metadata
from workflows.store.tables.row_log import row_log

SERVER_VARIABLE = "KEHOACH_TEST_POSTGRES"
PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin")
# The cluster is thrown away, so nothing in it has to survive a power cut.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "80",
    "deadlock_timeout": "100ms",
    "shared_buffers": "32MB",
}


class PostgresServer:
    """A server on which databases may be made; one with the schema is emptied after each test, which is fast."""

    def __init__(self, url: URL) -> None:
        self.url = url.set(drivername="postgresql")
        self._made: list[str] = []
        self._clean: str | None = None

    @contextmanager
    def clean_database(self) -> Iterator[str]:
        """The URL of the database that tests use one after another, at the newest version and without any row."""
        if self._clean is None:
            self._clean = self.create()
            migrated = Database(self._clean)
            migrated.upgrade()
            migrated.close()
        yield self._clean
        self._run(_emptying(), make_url(self._clean).database)

    @contextmanager
    def new_database(self) -> Iterator[str]:
        """The URL of a new database without any table."""
        yield self.create()

    def create(self, after: str = "template1") -> str:
        """The URL of a new database, like the one named, which nobody may be using."""
        name = f"kehoach_test_{os.getpid()}_{len(self._made)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {after}")
        self._made.append(name)
        return self._url_of(name)

    def put_back(self, name: str, after: str) -> None:
        """Make this database anew like the one named; who was connected to it is not any more."""
        self._run(f"DROP DATABASE {name} WITH (FORCE)")
        self._run(f"CREATE DATABASE {name} TEMPLATE {after}")

    def close(self) -> None:
        """Drop the databases that were made, and the roles of their visitors."""
        for name in self._made:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")
        for name in self._made:
            self._run(f"DROP ROLE IF EXISTS {name}_visitor")

    def _url_of(self, name: str) -> str:
        return self.url.set(database=name).render_as_string(hide_password=False)

    def _run(self, statements: str, name: str | None = None) -> None:
        admin = self._url_of(name or self.url.database or "postgres")
        with closing(psycopg.connect(admin, autocommit=True)) as connection:
            connection.execute(statements.encode())


def _emptying() -> str:
    """Delete every row and number rows from 1 again; a test that left a transaction open fails here.

    Only the lines that begin the log of each table stay, as an upgrade wrote them.
    """
    emptied = [table for table in reversed(metadata.sorted_tables) if table is not row_log]
    deleted = [f"DELETE FROM {table.name}" for table in emptied]
    numbered = [table.name for table in emptied if table.autoincrement_column is not None]
    restarted = [f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), 1, false)" for name in numbered]
    begun = [
        "DELETE FROM row_log WHERE row_key <> ''",
        "UPDATE row_log SET checkpoint_id = NULL WHERE checkpoint_id IS NOT NULL",
        "SELECT setval(pg_get_serial_sequence('row_log', 'id'), (SELECT max(id) FROM row_log))",
    ]
    return "; ".join(["SET lock_timeout = '5s'", "BEGIN", *deleted, *restarted, *begun, "COMMIT"])


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """The server that the environment names, else a private cluster that is gone afterwards."""
    named = os.environ.get(SERVER_VARIABLE)
    if named:
        server = PostgresServer(make_url(named))
        yield server
        server.close()
        return
    with private_cluster() as cluster:
        yield PostgresServer(cluster.url)


class Cluster:
    """A PostgreSQL of one's own that may be killed and started again."""

    def __init__(self, directory: Path, as_owner: dict[str, Any], settings: Mapping[str, str]) -> None:
        self.directory = directory
        self._settings = settings
        self._as_owner = as_owner
        self._control = [_programs() / "pg_ctl", "-D", directory / "data", "-w", "-l", directory / "log"]

    @property
    def url(self) -> URL:
        """Where it answers: a socket in its directory."""
        return URL.create("postgresql", "postgres", host=None, query={"host": str(self.directory)})

    def start(self) -> None:
        """Start it; returns when it answers."""
        options = " ".join(f"-c {name}='{value}'" for name, value in self._settings.items())
        _call([*self._control, "-o", f"-k {self.directory} {options}", "start"], self._as_owner)

    def kill(self) -> None:
        """End it without a word to anybody, as a crash does: the next start recovers from the log."""
        _call([*self._control, "-m", "immediate", "stop"], self._as_owner)

    def kill_9(self) -> None:
        """Kill every process of it in the same instant, the first one too: nobody is left to tidy up."""
        first = int((self.directory / "data" / "postmaster.pid").read_text(encoding="ascii").split()[0])
        os.kill(first, signal.SIGSTOP)  # so that it makes no more children
        children = Path(f"/proc/{first}/task/{first}/children").read_text(encoding="ascii").split()
        pids = [first, *map(int, children)]
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        while any(Path(f"/proc/{pid}").exists() for pid in pids):  # the next start refuses while one holds the memory
            sleep(0.02)


@contextmanager
def private_cluster(**settings: str) -> Iterator[Cluster]:
    """A new cluster that is gone afterwards; the usual settings, but for these, may lose what was committed."""
    as_owner = _owner()
    directory = Path(tempfile.mkdtemp(prefix="kh-pg-"))  # short: a socket's path has at most 107 bytes
    if as_owner:
        shutil.chown(directory, as_owner["user"], as_owner["group"])
    made = [_programs() / "initdb", "-D", directory / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    _call([*made, "--locale=C", "--no-sync"], as_owner)
    cluster = Cluster(directory, as_owner, {**SETTINGS, **settings})
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.kill()
        shutil.rmtree(directory)


def _programs() -> Path:
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = [Path(place) for pattern in PLACES for place in sorted(Path("/").glob(pattern[1:]), reverse=True)]
    for place in found:
        if (place / "initdb").exists() and (place / "pg_ctl").exists():
            return place
    raise RuntimeError(
        "No PostgreSQL was found for the tests: install it (Debian: apt-get install postgresql) "
        f"or name a server in {SERVER_VARIABLE}."
    )


def _owner() -> dict[str, Any]:
    """PostgreSQL refuses to run as root, so root lends it to the user that the package made."""
    if os.geteuid() != 0:
        return {}
    try:
        account = pwd.getpwnam("postgres")
    except KeyError:
        message = f"Root cannot run PostgreSQL and there is no user postgres: add it, or set {SERVER_VARIABLE}."
        raise RuntimeError(message) from None
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _call(command: list[Any], as_owner: dict[str, Any]) -> None:
    # Output to a file: the server inherits it, and a pipe would stay open as long as the server runs.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(
            [str(word) for word in command], stdout=output, stderr=subprocess.STDOUT, cwd="/", check=False, **as_owner
        )
        output.seek(0)
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed:\n{output.read().decode(errors='replace')}")


class SqliteTemplate:
    """A migrated database in a file, to be copied."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / "template.sqlite"
        template = Database(f"sqlite:///{self._path}")
        template.upgrade()
        template.close()

    def memory(self) -> Database:
        """A new database in memory."""
        database = Database("sqlite://")
        raw = database.engine.raw_connection()
        with closing(sqlite3.connect(self._path)) as source:
            source.backup(raw.driver_connection)  # type: ignore[arg-type]
        raw.close()
        return database

    def file(self, path: Path) -> str:
        """The URL of a new database in a file."""
        shutil.copyfile(self._path, path)
        return f"sqlite:///{path}"
