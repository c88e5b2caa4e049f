"""Databases at several steps of a story, kept once and copied for each test: files, or at night PostgreSQL's own."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Protocol

from sqlalchemy import make_url

from tests.databases import PostgresServer, SqliteTemplate
from workflows.store.database import Database


class Shelf(Protocol):
    """Where they are kept, by name."""

    def begin(self) -> Database:
        """A clean database in which the story happens."""

    def keep(self, name: str) -> None:
        """Keep what that database holds now."""

    def copy(self, name: str, folder: Path) -> Database:
        """A database of one's own with what was kept."""


class Files:
    """SQLite: a copy is a copy of a file."""

    def __init__(self, template: SqliteTemplate, folder: Path) -> None:
        self._template, self._folder = template, folder
        self._story: Database | None = None

    def begin(self) -> Database:
        """A file of its own."""
        self._story = Database(self._template.file(self._folder / "story.sqlite"))
        return self._story

    def keep(self, name: str) -> None:
        """All that was committed stands in the file once somebody else has written."""
        assert self._story is not None
        with self._story.write() as connection:
            connection.exec_driver_sql("SELECT 1")
        shutil.copy(self._folder / "story.sqlite", self._folder / f"kept_{name}.sqlite")

    def copy(self, name: str, folder: Path) -> Database:
        """In this folder."""
        path = folder / f"{name}.sqlite"
        shutil.copy(self._folder / f"kept_{name}.sqlite", path)
        return Database(f"sqlite:///{path}")


class Server:
    """PostgreSQL: a copy is a database made after another, which nobody may be using."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._story: Database | None = None
        self._kept: dict[str, str] = {}

    def begin(self) -> Database:
        """A database with the schema and without a row."""
        self._story = Database(self._server.create())
        self._story.upgrade()
        return self._story

    def keep(self, name: str) -> None:
        """A copy that nobody opens."""
        assert self._story is not None
        self._story.close()
        self._kept[name] = self._server.create(after=self._story.engine.url.database or "")

    def freeze(self, database: Database) -> str:
        """What this database holds now, as the name of another that nobody opens."""
        database.close()
        kept = make_url(self._server.create(after=database.engine.url.database or ""))
        return kept.database or ""

    def put_back(self, database: Database, frozen: str) -> None:
        """The database holds again what it held then."""
        database.close()
        self._server.put_back(database.engine.url.database or "", frozen)

    def copy(self, name: str, folder: Path) -> Database:
        """Dropped with the server's others."""
        del folder
        kept = Database(self._kept[name])
        return Database(self._server.create(after=kept.engine.url.database or ""))
