"""Databases of one process share what was compiled, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select
from sqlalchemy.engine.interfaces import CacheStats

from workflows.store.database import open_memory
from workflows.store.tables.clockwork import settings

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def asked(connection: Connection) -> tuple[CacheStats, list[object]]:
    # A statement of no other test, so that the first database is the first to compile it.
    found = connection.execute(select(settings.c.value.label("of_this_test"), settings.c.changed_at))
    return found.context.cache_hit, [tuple(row) for row in found]


def test_what_one_database_compiled_serves_the_next_which_has_rows_of_its_own() -> None:
    first, second = open_memory(), open_memory()
    with first.write() as connection:
        connection.execute(insert(settings).values(office_id=0, key="n", value={"số": 1}, changed_at=NOW))
        assert asked(connection) == (CacheStats.CACHE_MISS, [({"số": 1}, NOW)])
    with second.read() as connection:
        assert asked(connection) == (CacheStats.CACHE_HIT, [])
    for database in (first, second):
        assert next(each for each in database.check() if each.code == "MIGRATIONS").level == "ok"
        database.close()
