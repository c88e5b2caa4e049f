"""The way up and down, and that it ends at the very tables that the program uses."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from workflows.store import schema
from workflows.store.database import Database
from workflows.store.migrations.steps import configuration
from workflows.store.tables import metadata

# The tables in which FTS5 keeps its indexes over words are called so.
INDEX_OF_SQLITE = "_words_index"


def tables_of(database: Database) -> set[str]:
    with database.read() as connection:
        return {name for name in inspect(connection).get_table_names() if INDEX_OF_SQLITE not in name}


def migrations(database: Database) -> dict[str, object]:
    finding = next(each for each in database.check() if each.code == "MIGRATIONS")
    return {"level": finding.level, **finding.facts}


def test_up_down_and_up_again(empty_database: Database) -> None:
    assert tables_of(empty_database) == set()
    assert migrations(empty_database) == {"level": "error", "current": None, "newest": schema.newest()}
    empty_database.upgrade()
    assert tables_of(empty_database) == {*metadata.tables, "alembic_version"}
    empty_database.downgrade("base")
    assert tables_of(empty_database) == {"alembic_version"}
    empty_database.upgrade()
    assert tables_of(empty_database) == {*metadata.tables, "alembic_version"}
    assert migrations(empty_database)["level"] == "ok"


def _is_of(dialect: str) -> Callable[..., bool]:
    """Whether something of the tables belongs into this kind of database: the summary of events is PostgreSQL's own.

    What each kind has over words is made by the migration alone.
    """

    def belongs(item: object, name: str, kind: str, *rest: object) -> bool:
        if kind == "table" and INDEX_OF_SQLITE in name:
            return False
        return (kind, name) not in (
            ("index", "ix_plan_words_keys"),
            ("index", "ix_file_words_keys"),
            *((("index", "ix_events_at"),) if dialect != "postgresql" else ()),
        )

    return belongs


def test_the_migrated_schema_is_the_one_of_the_tables(empty_database: Database) -> None:
    empty_database.upgrade()
    with empty_database.read() as connection:
        opts = {"compare_type": True, "compare_server_default": True, "include_object": _is_of(connection.dialect.name)}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, metadata) == []


def test_an_upgrade_that_fails_leaves_nothing_behind(empty_database: Database) -> None:
    with pytest.raises(KeyError), empty_database.write() as connection:
        schema.upgrade(connection)
        raise KeyError
    assert tables_of(empty_database) == set()


def test_two_programs_upgrade_at_once(empty_database: Database) -> None:
    start = threading.Barrier(2)
    failed: list[BaseException] = []

    def upgrade() -> None:
        try:
            start.wait()
            empty_database.upgrade()
        except BaseException as error:
            failed.append(error)

    workers = [threading.Thread(target=upgrade) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failed == []
    assert migrations(empty_database)["level"] == "ok"


def test_versions_are_numbered_in_a_line() -> None:
    scripts = ScriptDirectory.from_config(configuration())
    revisions = [each.revision for each in reversed(list(scripts.walk_revisions()))]
    assert revisions == [f"{number:04d}" for number in range(1, len(revisions) + 1)]
    assert schema.newest() == revisions[-1]
    assert all(map(schema.is_known, revisions))
    assert not schema.is_known(f"{len(revisions) + 1:04d}")
    for each in scripts.walk_revisions():
        assert Path(each.path).name.startswith(f"{each.revision}_")
