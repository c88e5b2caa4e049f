"""The schema's version: where this database stands, and the way up and down (Alembic, configured in code)."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from workflows.errors import Refused

from .wall import take_down

# Two programs that upgrade at once take turns; the number only has to be ours.
UPGRADE_LOCK = 4_907_212


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the schema to this version inside the caller's transaction; NEW_SCHEMA when a newer program made it."""
    _wait_for_turn(connection)
    found = current(connection)
    if not is_known(found):
        raise Refused("NEW_SCHEMA", current=found, newest=newest())
    if found != newest():
        _without_wall(connection)
    command.upgrade(configuration(connection), revision)


def downgrade(connection: Connection, revision: str) -> None:
    """Take the schema back to this version inside the caller's transaction."""
    _wait_for_turn(connection)
    _without_wall(connection)
    command.downgrade(configuration(connection), revision)


def current(connection: Connection) -> str | None:
    """The version that this database has; None when it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The version that this program wants."""
    return ScriptDirectory.from_config(configuration()).get_current_head()


def is_known(revision: str | None) -> bool:
    """Whether this program knows the way from this version; one that it does not know was made by a newer program."""
    scripts = ScriptDirectory.from_config(configuration())
    return revision is None or revision in {each.revision for each in scripts.walk_revisions()}


def configuration(connection: Connection | None = None) -> Config:
    """What Alembic would read from a file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _without_wall(connection: Connection) -> None:
    """Policies name tables and columns that a migration may change; whoever calls puts the wall up again."""
    if connection.dialect.name == "postgresql":
        take_down(connection)


def _wait_for_turn(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": UPGRADE_LOCK})
