"""The installation that a verb works on: its settings and its open database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from service.settings import PREFIX, Settings
from workflows.errors import Refused
from workflows.store.database import Database


def now() -> datetime:
    """This machine's time."""
    return datetime.now(UTC)


@contextmanager
def opened(settings: Settings, *, upgrade: bool = False) -> Iterator[Database]:
    """The installation's database, at the version this program wants; brought there when `upgrade`, else refused."""
    database = Database(settings.database_address)
    place = Path(database.engine.url.database or "")
    if database.is_sqlite and not database.in_memory and not place.exists():
        if not upgrade:
            raise Refused("NO_DATABASE", database=str(place))
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        if upgrade:
            database.upgrade()
        else:
            _refuse_another_version(database)
        yield database
    finally:
        database.close()


def variables(settings: Settings) -> dict[str, str]:
    """The settings as the KEHOACH_* variables of a child process, secrets included."""
    told = settings.model_dump()
    told["smtp_password"] = settings.smtp_password.get_secret_value()
    told["database_url"] = settings.database_address
    told["data_dir"] = settings.data_dir.absolute()
    return {f"{PREFIX}{name.upper()}": str(value) for name, value in told.items()}


def _refuse_another_version(database: Database) -> None:
    for finding in database.check():
        if finding.code == "MIGRATIONS" and finding.level == "error":
            raise Refused("OLD_SCHEMA", **finding.facts)
