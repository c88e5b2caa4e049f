"""The way of the schema up and down: Alembic, configured in code, loaded only where there is a way to go."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def go_up(connection: Connection, revision: str) -> None:
    """Bring the schema to this version, or to "head"."""
    command.upgrade(configuration(connection), revision)


def go_down(connection: Connection, revision: str) -> None:
    """Take the schema back to this version, or to "base"."""
    command.downgrade(configuration(connection), revision)


def configuration(connection: Connection | None = None) -> Config:
    """What Alembic would read from a file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
