"""Where Prefect lives on this machine and how it must behave: loopback only, silent, behind a key of its own."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workflows.whole_file import keep_first

LOOPBACK = "127.0.0.1"
USUAL_PORT = 4200
HABITS: Mapping[str, str] = {
    # Whoever runs the sweeps must not find a server of its own making: without a server it fails loudly.
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": "604800",  # seconds; a week of runs is enough
    "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "P7D",
    # A restart must not find an hour of missed runs: the next sweep does all the work of those before it.
    "PREFECT_SERVER_SERVICES_SCHEDULER_MIN_SCHEDULED_TIME": "PT5M",
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
}


@dataclass(frozen=True)
class PrefectHome:
    """One machine's own Prefect: the folder it keeps, the port it answers on, the key it asks for."""

    folder: Path
    port: int
    key: str

    @property
    def api_url(self) -> str:
        """Where the server answers, on this machine only."""
        return f"http://{LOOPBACK}:{self.port}/api"

    def authorization(self) -> str:
        """The header that opens the server."""
        return "Basic " + base64.b64encode(self.key.encode()).decode()

    def environment(self) -> Mapping[str, str]:
        """Every Prefect setting that differs from its default, for the server and for whoever speaks to it."""
        return {
            **silence(),
            "PREFECT_HOME": str(self.folder),
            "PREFECT_PROFILES_PATH": str(self.folder / "profiles.toml"),
            "PREFECT_API_URL": self.api_url,
            "PREFECT_API_AUTH_STRING": self.key,
            "PREFECT_SERVER_API_HOST": LOOPBACK,
            "PREFECT_SERVER_API_PORT": str(self.port),
            "PREFECT_SERVER_API_AUTH_STRING": self.key,
            "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{self.folder / 'prefect.db'}",
            **HABITS,
            "PREFECT_RUNNER_POLL_FREQUENCY": "5",
            "PREFECT_LOGGING_LEVEL": "WARNING",
        }


def shared_server(environ: Mapping[str, str]) -> Mapping[str, str]:
    """The settings of the one server of many machines, from KEHOACH_PREFECT_HOST, _PORT, _KEY and _DATABASE_URL.

    Without a key it makes one that only its own folder knows; without a database it keeps SQLite there.
    """
    port = int(environ.get("KEHOACH_PREFECT_PORT") or USUAL_PORT)
    home = open_home(Path(environ.get("KEHOACH_DATA_DIR", "data")) / "prefect", port)
    key = environ.get("KEHOACH_PREFECT_KEY") or home.key
    database = environ.get("KEHOACH_PREFECT_DATABASE_URL", "")
    told = {
        **home.environment(),
        "PREFECT_API_AUTH_STRING": key,
        "PREFECT_SERVER_API_AUTH_STRING": key,
        "PREFECT_SERVER_API_HOST": environ.get("KEHOACH_PREFECT_HOST") or LOOPBACK,
    }
    if database:
        told["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = with_driver(database)
    return told


def with_driver(database_url: str) -> str:
    """The address of a database with the asynchronous driver that Prefect needs."""
    scheme, _, rest = database_url.partition("://")
    driver = {"postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg", "sqlite": "sqlite+aiosqlite"}
    return f"{driver.get(scheme, scheme)}://{rest}"


def worker(environ: Mapping[str, str]) -> Mapping[str, str]:
    """The settings of a runner for a server elsewhere: where that is (KEHOACH_PREFECT_URL), its key, an own folder."""
    told = {**silence(), "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false"}
    told["PREFECT_API_URL"] = environ.get("KEHOACH_PREFECT_URL") or environ.get("PREFECT_API_URL", "")
    if key := environ.get("KEHOACH_PREFECT_KEY"):
        told["PREFECT_API_AUTH_STRING"] = key
    if "PREFECT_HOME" not in environ:
        home = (Path(environ.get("KEHOACH_DATA_DIR", "data")) / "prefect").resolve()
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        told["PREFECT_HOME"] = str(home)
    return told


def silence() -> Mapping[str, str]:
    """The settings with which Prefect tells nobody anything and offers nothing."""
    return {
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_CLI_PROMPT": "false",
    }


def open_home(folder: Path, port: int) -> PrefectHome:
    """Open Prefect's folder (made if missing) with its key, which only this user may read."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key_file = folder / "key"
    if not key_file.exists():
        keep_first(key_file, f"kehoach:{secrets.token_urlsafe(32)}".encode())
    return PrefectHome(folder.resolve(), port, key_file.read_text(encoding="utf-8").strip())
