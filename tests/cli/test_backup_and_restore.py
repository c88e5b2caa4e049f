"""A copy of the database is whole, never overwrites anything, and comes back as it was, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from service.cli import check_sums, postgres_programs, sqlite_copies
from tests.conftest import ON_POSTGRES
from tests.databases import PostgresServer, SqliteTemplate
from tests.store.office import enter_office
from workflows.errors import Refused
from workflows.store import directory
from workflows.store.database import Database
from workflows.store.quarantine import last_numbers

from .command import kehoach
from .kept_house import give_number, keep_house, lines


def entered(url: str) -> list[str]:
    """Enter an office; the names that are in the database then."""
    database = Database(url)
    with database.write() as connection:
        enter_office(connection)
    names = names_in(database)
    database.close()
    return names


def names_in(database: Database) -> list[str]:
    """What a restored database must have again."""
    with database.read() as connection:
        return [body.name for body in directory.offices(connection)]


def test_sqlite_comes_back_as_it_was(sqlite_template: SqliteTemplate, tmp_path: Path) -> None:
    here, there, copy = tmp_path / "here", tmp_path / "there", tmp_path / "copy"
    here.mkdir()
    names = entered(sqlite_template.file(here / "kehoach.sqlite3"))
    assert kehoach("backup", copy, data_dir=here).code == 0
    assert copy.stat().st_mode & 0o077 == 0
    assert kehoach("restore", copy, data_dir=there).code == 0
    database = Database(f"sqlite:///{there / 'kehoach.sqlite3'}")
    assert names_in(database) == names
    database.close()


def test_nothing_is_overwritten(sqlite_template: SqliteTemplate, tmp_path: Path) -> None:
    entered(sqlite_template.file(tmp_path / "kehoach.sqlite3"))
    copy = tmp_path / "copy"
    assert kehoach("backup", copy, data_dir=tmp_path).code == 0
    before = copy.read_bytes()
    again = kehoach("backup", copy, data_dir=tmp_path)
    assert (again.code, again.answer["error"]["code"]) == (1, "FILE_EXISTS")
    assert copy.read_bytes() == before
    back = kehoach("restore", copy, data_dir=tmp_path)
    assert (back.code, back.answer["error"]["code"]) == (1, "DATABASE_EXISTS")


def test_a_restored_file_is_not_laid_beside_what_was_to_be_undone(
    sqlite_template: SqliteTemplate, tmp_path: Path
) -> None:
    """SQLite would play what a process left that died into the restored file."""
    entered(sqlite_template.file(tmp_path / "kehoach.sqlite3"))
    copy, journal = tmp_path / "copy", tmp_path / "kehoach.sqlite3-journal"
    assert kehoach("backup", copy, data_dir=tmp_path).code == 0
    (tmp_path / "kehoach.sqlite3").unlink()
    assert journal.read_bytes()[:1] == b"\0"  # of a process that ended well
    journal.write_bytes(b"\xd9\xd5\x05\xf9 and what was to be undone")
    back = kehoach("restore", copy, data_dir=tmp_path)
    assert (back.code, back.answer["error"]["code"]) == (1, "DATABASE_EXISTS")
    assert "kehoach.sqlite3-journal" in back.answer["error"]["message"]
    journal.unlink()
    assert kehoach("restore", copy, data_dir=tmp_path).code == 0
    assert not list(tmp_path.glob("*.restoring*"))


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(4000)])
def test_what_is_no_backup_is_refused_and_nothing_stays(tmp_path: Path, content: bytes) -> None:
    copy = tmp_path / "copy"
    copy.write_bytes(content)
    ended = kehoach("restore", copy, data_dir=tmp_path / "there")
    assert (ended.code, ended.answer["error"]["code"]) == (1, "NOT_A_BACKUP")
    assert not list((tmp_path / "there").glob("*"))


def test_a_backup_of_nothing_is_refused(tmp_path: Path) -> None:
    ended = kehoach("backup", tmp_path / "copy", data_dir=tmp_path / "none")
    assert (ended.code, ended.answer["error"]["code"]) == (1, "NO_DATABASE")
    assert not (tmp_path / "copy").exists()


@pytest.mark.postgres
def test_postgres_comes_back_as_it_was(postgres: PostgresServer, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    with postgres.clean_database() as here, postgres.new_database() as there:
        names = entered(here)
        assert kehoach("backup", copy, database_url=here).code == 0
        assert kehoach("restore", copy, database_url=there).code == 0
        database = Database(there)
        assert names_in(database) == names
        database.close()
        again = kehoach("restore", copy, database_url=there)
        assert (again.code, again.answer["error"]["code"]) == (1, "DATABASE_EXISTS")


@pytest.mark.postgres
def test_a_dump_that_fails_leaves_no_file(postgres: PostgresServer, tmp_path: Path) -> None:
    with postgres.new_database() as url:
        gone = url.replace("kehoach_test_", "khong_co_")
    with pytest.raises(Refused) as refused:
        postgres_programs.dump(gone, tmp_path / "copy")
    assert refused.value.code == "POSTGRES_PROGRAM_FAILED"
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize("kind", ["file", ON_POSTGRES])
def test_a_copy_made_while_people_work_is_of_one_instant(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str
) -> None:
    def copied(here: str, there: str) -> None:
        database = Database(here)
        office = keep_house(database).commune
        ended = threading.Event()

        def work() -> None:
            while not ended.wait(0.02):
                give_number(database, office)

        worker = threading.Thread(target=work)
        worker.start()
        try:
            for number in range(3):
                assert kehoach("backup", tmp_path / f"copy-{number}", database_url=here).code == 0
        finally:
            ended.set()
            worker.join()
        assert kehoach("restore", tmp_path / "copy-2", database_url=there).code == 0
        restored = Database(there)
        numbers = [number for number, _ in lines(restored)]
        with restored.read() as connection:
            (known,) = last_numbers(connection)
        assert numbers == list(range(1, known.last + 1)) and 2 < known.last <= len(lines(database))
        for each in (database, restored):
            each.close()

    with two_places(request, tmp_path, kind) as (here, there):
        copied(here, there)


@pytest.mark.parametrize("kind", ["file", ON_POSTGRES])
def test_a_copy_of_another_version(request: pytest.FixtureRequest, tmp_path: Path, kind: str) -> None:
    def tried(here: str, there: str) -> None:
        database = Database(here)
        keep_house(database)
        database.downgrade("-1")
        assert kehoach("backup", tmp_path / "none", database_url=here).answer["error"]["code"] == "OLD_SCHEMA"
        copy_of(database, here, tmp_path / "older")
        assert kehoach("restore", tmp_path / "older", database_url=there).code == 0
        web = kehoach("web", "--port", "1", database_url=there, data_dir=tmp_path)
        assert "QUARANTINE" in {each["code"] for each in web.answer["error"]["reasons"]}
        assert kehoach("db", "upgrade", database_url=there).code == 0
        assert kehoach("quarantine", database_url=there).answer["quarantine"]
        empty(there)
        with database.write() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        copy_of(database, here, tmp_path / "newer")
        refused = kehoach("restore", tmp_path / "newer", database_url=there)
        assert (refused.code, refused.answer["error"]["code"]) == (1, "NEW_SCHEMA")
        assert "mới hơn" in refused.answer["error"]["message"]
        assert tables_in(there) == []
        database.close()

    with two_places(request, tmp_path, kind, own=True) as (here, there):
        tried(here, there)


@contextmanager
def two_places(
    request: pytest.FixtureRequest, folder: Path, kind: str, *, own: bool = False
) -> Iterator[tuple[str, str]]:
    """A clean database (`own`: whose schema may be changed), and a place where there is none."""
    if kind == "file":
        template = request.getfixturevalue("sqlite_template")
        yield template.file(folder / "here.sqlite3"), f"sqlite:///{folder / 'there.sqlite3'}"
        return
    server = request.getfixturevalue("postgres")
    with server.new_database() if own else server.clean_database() as here, server.new_database() as there:
        if own:
            database = Database(here)
            database.upgrade()
            database.close()
        yield here, there


def tables_in(url: str) -> list[str]:
    database = Database(url)
    with database.read() as connection:
        found = inspect(connection).get_table_names()
    database.close()
    return found


def empty(url: str) -> None:
    """Take away what was restored."""
    database = Database(url)
    place = database.engine.url.database
    database.downgrade("base")
    with database.write() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    database.close()
    if database.is_sqlite:
        Path(place or "").unlink()


def copy_of(database: Database, url: str, file: Path) -> None:
    """A copy as the program of that version makes it."""
    if database.is_sqlite:
        sqlite_copies.copy(database.engine.url.database or "", file)
    else:
        postgres_programs.dump(url, file)


@pytest.mark.parametrize("kind", ["file", ON_POSTGRES])
def test_a_copy_that_was_damaged_is_named_and_nothing_is_restored(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str
) -> None:
    def tried(here: str, there: str) -> None:
        copy = tmp_path / "copy"
        entered(here)
        made = kehoach("backup", copy, database_url=here)
        content = bytearray(copy.read_bytes())
        assert made.answer["sha256"] == sha256(content).hexdigest()
        content[len(content) // 2] ^= 1
        copy.write_bytes(content)
        ended = kehoach("restore", copy, database_url=there)
        assert (ended.code, ended.answer["error"]["code"]) == (1, "DAMAGED_BACKUP")
        assert str(copy) in ended.answer["error"]["message"]
        check_sums.beside(copy).unlink()
        copy.write_bytes(content[: len(content) // 3])
        assert kehoach("restore", copy, database_url=there).code == 1
        assert tables_in(there) == []

    with two_places(request, tmp_path, kind) as (here, there):
        tried(here, there)
