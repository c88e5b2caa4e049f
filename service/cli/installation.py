"""The installation that a verb works on: its settings and its open database."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import make_url

from service.settings import PREFIX, Settings, is_setting, read_settings
from workflows.engine.actor import EVERY_GROUP, Actor
from workflows.errors import Refused
from workflows.store.database import Database
from workflows.store.wall import Runtime

# Secrets that only the pages, or whoever changes the tables, ask for.
_NOT_OF_ROUNDS = frozenset(
    f"{PREFIX}{name}"
    for name in ("OWNER_DATABASE_URL", "OIDC_CLIENT_SECRET", "METRICS_TOKEN", "DEMO_PASSWORD", "PREFECT_DATABASE_URL")
)
# Whoever works at the machine itself: may do everything, and is told of a failure at once.
OPERATOR = Actor(person=None, name="Dòng lệnh", channel="command", groups=frozenset({EVERY_GROUP}))

# Of the doctor's findings, those of a schema that this program cannot work with, and how that is refused.
ANOTHER_VERSION = {"MIGRATIONS": "OLD_SCHEMA", "NEW_SCHEMA": "NEW_SCHEMA"}


def now() -> datetime:
    """This machine's time."""
    return datetime.now(UTC)


@contextmanager
def opened(
    settings: Settings, *, upgrade: bool = False, look: Callable[[Database], None] | None = None
) -> Iterator[Database]:
    """The installation's database, at the version this program wants; brought there when `upgrade`, else refused.

    `look` may refuse it before anything is written.
    """
    if upgrade and not settings.database_url:
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with existing(settings, made=upgrade) as database:
        if look is not None:
            look(database)
        if upgrade:
            with owned(settings, database) as owner:
                owner.upgrade(runtime=runtime_of(settings))
        else:
            _refuse_another_version(database)
        yield database


@contextmanager
def owned(settings: Settings, database: Database) -> Iterator[Database]:
    """The same database in the name of whoever owns its tables, where that is another role than the program's."""
    if not settings.owner_database_url:
        yield database
        return
    owner = Database(settings.owner_database_url)
    try:
        yield owner
    finally:
        owner.close()


def runtime_of(settings: Settings) -> Runtime | None:
    """The role as which the program works, where another one owns the tables."""
    if not settings.owner_database_url:
        return None
    url = make_url(settings.database_address)
    return Runtime(url.username, str(url.password or "")) if url.username else None


@contextmanager
def existing(settings: Settings, *, made: bool = False) -> Iterator[Database]:
    """The installation's database at whatever version; a missing file is refused, unless it is to be `made`."""
    database = Database(settings.database_address)
    place = Path(database.engine.url.database or "")
    try:
        if database.is_sqlite and not (made or database.in_memory or place.exists()):
            raise Refused("NO_DATABASE", database=str(place))
        yield database
    finally:
        database.close()


def settings_of_pages(port: int | None, **given: Any) -> Settings:  # noqa: ANN401 - typed by Settings
    """The settings of a process that serves pages; links in letters follow its port unless an address is set."""
    settings = read_settings(None, **({"port": port} if port is not None else {}), **given)
    if f"{PREFIX}BASE_URL" in os.environ or f"{PREFIX}BASE_URL_FILE" in os.environ:
        return settings
    return settings.model_copy(update={"base_url": f"http://127.0.0.1:{settings.port}"})


def variables(settings: Settings) -> dict[str, str]:
    """The settings as the KEHOACH_* variables of a child process, secrets included."""
    dumped = settings.model_dump().items()
    told = {name: value.get_secret_value() if isinstance(value, SecretStr) else value for name, value in dumped}
    told["database_url"] = settings.database_address
    told["data_dir"] = settings.data_dir.absolute()
    return {f"{PREFIX}{name.upper()}": str(value) for name, value in told.items()}


def environment_of_rounds(settings: Settings, environ: Mapping[str, str]) -> dict[str, str]:
    """The environment of the process that runs the rounds: every setting but the secrets of the pages and the owner."""
    told = {name: value for name, value in variables(settings).items() if name not in _NOT_OF_ROUNDS}
    return {**foreign_environment(environ), **told}


def environment_of_prefect(settings: Settings, environ: Mapping[str, str]) -> dict[str, str]:
    """The environment of the shared Prefect server, which is another's program: its own settings and nothing else."""
    told = variables(settings).items()
    own = {name: value for name, value in told if name.startswith((f"{PREFIX}PREFECT_", f"{PREFIX}DATA_DIR"))}
    return {**foreign_environment(environ), **own}


def foreign_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment without any setting of ours, for programs that need none: it can be read in /proc."""
    return {name: value for name, value in environ.items() if not is_setting(name)}


def _refuse_another_version(database: Database) -> None:
    for finding in database.check():
        if finding.level == "error" and finding.code in ANOTHER_VERSION:
            raise Refused(ANOTHER_VERSION[finding.code], **finding.facts)
