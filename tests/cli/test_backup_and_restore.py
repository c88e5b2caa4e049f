"""A copy of the database is whole, never overwrites anything, and comes back as it was, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.cli import postgres_programs
from tests.databases import PostgresServer
from tests.store.office import enter_office
from workflows.errors import Refused
from workflows.store import directory
from workflows.store.database import Database

from .command import kehoach


def entered(url: str) -> list[str]:
    """Enter an office; the names that are in the database then."""
    database = Database(url)
    database.upgrade()
    with database.write() as connection:
        enter_office(connection)
    names = names_in(database)
    database.close()
    return names


def names_in(database: Database) -> list[str]:
    """What a restored database must have again."""
    with database.read() as connection:
        return [body.name for body in directory.offices(connection)]


def test_sqlite_comes_back_as_it_was(tmp_path: Path) -> None:
    here, there, copy = tmp_path / "here", tmp_path / "there", tmp_path / "copy"
    here.mkdir()
    names = entered(f"sqlite:///{here / 'kehoach.sqlite3'}")
    assert kehoach("backup", copy, data_dir=here).code == 0
    assert copy.stat().st_mode & 0o077 == 0
    assert kehoach("restore", copy, data_dir=there).code == 0
    database = Database(f"sqlite:///{there / 'kehoach.sqlite3'}")
    assert names_in(database) == names
    database.close()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    entered(f"sqlite:///{tmp_path / 'kehoach.sqlite3'}")
    copy = tmp_path / "copy"
    assert kehoach("backup", copy, data_dir=tmp_path).code == 0
    before = copy.read_bytes()
    again = kehoach("backup", copy, data_dir=tmp_path)
    assert (again.code, again.answer["error"]["code"]) == (1, "FILE_EXISTS")
    assert copy.read_bytes() == before
    back = kehoach("restore", copy, data_dir=tmp_path)
    assert (back.code, back.answer["error"]["code"]) == (1, "DATABASE_EXISTS")


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
    with postgres.new_database() as here, postgres.new_database() as there:
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
