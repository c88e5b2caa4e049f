"""Transactions of both databases: they commit, roll back, take turns, and lose no update."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, exc, insert, select, update

from workflows.errors import Refused, Stale
from workflows.store import health
from workflows.store.database import Database, losing_is_stale, open_memory
from workflows.store.tables.clockwork import settings, sweeps
from workflows.store.tables.directory import accounts, bodies, people

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def value_of(database: Database) -> Any:
    with database.read() as connection:
        return connection.scalar(select(settings.c.value).where(settings.c.key == "n"))


def put(database: Database, value: object) -> None:
    with database.write() as connection:
        connection.execute(insert(settings).values(office_id=0, key="n", value=value, changed_at=NOW))


def test_a_write_is_there_for_the_next_reader(database: Database) -> None:
    put(database, {"tên": "Đức Tân", "số": [1, 2.5, None]})
    assert value_of(database) == {"tên": "Đức Tân", "số": [1, 2.5, None]}


def test_any_exception_takes_everything_back(database: Database) -> None:
    with pytest.raises(KeyError), database.write() as connection:
        connection.execute(insert(settings).values(office_id=0, key="n", value=1, changed_at=NOW))
        raise KeyError
    assert value_of(database) is None


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(exc.DBAPIError), database.read() as connection:
        connection.execute(insert(settings).values(office_id=0, key="n", value=1, changed_at=NOW))
    put(database, 2)
    assert value_of(database) == 2


def test_a_reader_sees_one_moment(database: Database) -> None:
    if database.in_memory:
        with pytest.raises(RuntimeError), database.read():
            _change(database, 2)
        return
    put(database, 1)
    seen: list[Any] = []
    with database.read() as connection:
        seen.append(connection.scalar(select(settings.c.value)))
        writer = threading.Thread(target=_change, args=(database, 2))
        writer.start()
        if not database.is_sqlite:  # there the writer's commit waits for the reader
            writer.join()
        seen.append(connection.scalar(select(settings.c.value)))
    writer.join()
    assert seen == [1, 1]
    assert value_of(database) == 2


def _change(database: Database, value: int) -> None:
    with database.write() as connection:
        connection.execute(update(settings).where(settings.c.key == "n").values(value=value))


def test_threads_lose_no_update(database: Database) -> None:
    put(database, 0)
    threads, rounds = 6, 10
    start = threading.Barrier(threads)
    failed: list[BaseException] = []

    def count_up() -> None:
        try:
            start.wait()
            for _ in range(rounds):
                with database.write() as connection:
                    row = select(settings.c.value).where(settings.c.key == "n").with_for_update()
                    number = connection.scalar(row)
                    connection.execute(update(settings).where(settings.c.key == "n").values(value=number + 1))
        except BaseException as error:
            failed.append(error)

    workers = [threading.Thread(target=count_up) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failed == []
    assert value_of(database) == threads * rounds


def test_a_lost_race_is_stale_only_where_the_caller_says_so(database: Database) -> None:
    put(database, 1)
    with pytest.raises(exc.IntegrityError):
        put(database, 2)
    with pytest.raises(Stale) as lost, losing_is_stale(key="n"):
        put(database, 2)
    assert lost.value.facts == {"key": "n"}


def test_other_broken_constraints_are_never_stale(database: Database) -> None:
    with pytest.raises(exc.IntegrityError), losing_is_stale(), database.write() as connection:
        connection.execute(insert(accounts).values(person_id=99, login="a", password_hash="x", failed=0))
    with pytest.raises(exc.IntegrityError), losing_is_stale(), database.write() as connection:
        connection.execute(insert(people).values(email="a@b.vn"))


def test_an_instant_keeps_its_moment_and_comes_back_in_utc(database: Database) -> None:
    hanoi = datetime(2026, 1, 1, 0, 30, 0, 123456, tzinfo=timezone(timedelta(hours=7)))
    with database.write() as connection:
        connection.execute(insert(sweeps).values(kind="x", started_at=hanoi, runner="command", done=0))
    with database.read() as connection:
        kept = connection.scalar(select(sweeps.c.started_at))
        found = connection.scalar(select(sweeps.c.kind).where(sweeps.c.started_at == hanoi))
    assert kept == hanoi
    assert kept.tzinfo is UTC
    assert found == "x"


def test_a_naive_instant_is_refused(database: Database) -> None:
    naive = datetime(2026, 1, 1)  # noqa: DTZ001 - the point of the test
    with pytest.raises(exc.StatementError, match="time zone"), database.write() as connection:
        connection.execute(insert(sweeps).values(kind="x", started_at=naive, runner="command", done=0))


@pytest.mark.parametrize("text", ["một\0hai", "một\ud800hai"])
def test_a_text_that_not_every_database_keeps_is_refused_by_all(database: Database, text: str) -> None:
    for value in (text, {"a": [text]}, {text: 1}):
        with pytest.raises(Refused) as refused:
            put(database, value)
        assert refused.value.code == "BAD_TEXT"
    with pytest.raises(Refused, match="BAD_TEXT"), database.write() as connection:
        connection.execute(insert(people), [{"name": "An"}, {"name": text}])
    with pytest.raises(Refused, match="BAD_TEXT"), database.read() as connection:
        connection.scalar(select(people.c.id).where(people.c.name == text))
    assert value_of(database) is None


def test_a_backslash_before_u0000_is_only_a_text(database: Database) -> None:
    put(database, "\\u0000 và \\\\u0000")
    assert value_of(database) == "\\u0000 và \\\\u0000"


def test_a_number_too_large_for_a_row_is_refused(database: Database) -> None:
    with pytest.raises(Refused) as refused, database.read() as connection:
        connection.scalar(select(people.c.id).where(people.c.id == 2**70))
    assert refused.value.code == "BAD_VALUE"


def test_the_database_numbers_rows(database: Database) -> None:
    with database.write() as connection:
        row = {"kind": "unit", "aliases": [], "fold": "a", "name": "A"}
        numbers = [connection.execute(insert(bodies).values(row).returning(bodies.c.id)).scalar_one() for _ in "ab"]
    assert numbers[1] > numbers[0] >= 1


def test_a_transaction_inside_another_one_is_an_error_in_memory() -> None:
    database = open_memory()
    with pytest.raises(RuntimeError, match="inside another"), database.write(), database.write():
        pass
    with database.read() as connection:
        assert connection.scalar(select(settings.c.key)) is None
    database.close()


def test_only_the_two_databases_are_accepted() -> None:
    with pytest.raises(Refused) as refused:
        Database("mysql://localhost/kehoach")
    assert refused.value.code == "BAD_DATABASE_URL"
    assert Database("postgresql://localhost/kehoach").engine.url.drivername == "postgresql+psycopg"


def test_a_file_in_a_journal_mode_that_may_lose_data_is_changed(tmp_path: Path) -> None:
    path = tmp_path / "wal ?%25.sqlite"
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    database = Database(URL.create("sqlite", database=str(path)).render_as_string())
    database.upgrade()
    finding = next(each for each in database.check() if each.code == "SQLITE_JOURNAL")
    assert (finding.level, finding.facts["mode"]) == ("ok", health.safe_journal_mode())
    database.close()


@pytest.mark.postgres
def test_whoever_gives_way_in_a_deadlock_is_stale(postgres_database: Database) -> None:
    with postgres_database.write() as connection:
        for key in "ab":
            connection.execute(insert(settings).values(office_id=0, key=key, value=0, changed_at=NOW))
    first_locks = threading.Barrier(2)
    ends: list[str] = []

    def lock(keys: str) -> None:
        try:
            with postgres_database.write() as connection:
                for number, key in enumerate(keys):
                    connection.execute(update(settings).where(settings.c.key == key).values(value=1))
                    if number == 0:
                        first_locks.wait()
            ends.append("written")
        except Stale:
            ends.append("stale")

    workers = [threading.Thread(target=lock, args=(keys,)) for keys in ("ab", "ba")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(ends) == ["stale", "written"]


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "PERSIST"),
        ((3, 44, 5), "PERSIST"),
        ((3, 44, 6), "WAL"),
        ((3, 45, 0), "PERSIST"),
        ((3, 50, 6), "PERSIST"),
        ((3, 50, 7), "WAL"),
        ((3, 51, 2), "PERSIST"),
        ((3, 51, 3), "WAL"),
        ((3, 52, 0), "WAL"),
    ],
)
def test_wal_only_where_sqlite_is_sound_in_it(version: tuple[int, ...], mode: str) -> None:
    assert health.safe_journal_mode(version) == mode


def test_the_doctor_reads_the_settings(database: Database) -> None:
    found = {(each.code, each.facts.get("name")): each for each in database.check()}
    assert found["MIGRATIONS", None].level == "ok"
    if database.is_sqlite:
        assert found["SQLITE_JOURNAL", None].level == "ok"
        assert found["SQLITE_SYNCHRONOUS", None].facts == {"level": 2}
        assert found["SQLITE_FOREIGN_KEYS", None].facts == {"on": True}
    else:  # the cluster of the tests is told to be careless, and the doctor says so
        assert found["PG_SETTING", "data_checksums"].level in ("ok", "warning")
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            finding = found["PG_SETTING", name]
            assert (finding.level == "error") == (finding.facts["value"] == "off")
