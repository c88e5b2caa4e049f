"""Which cases follow which version, and how they are brought to another one, from the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.actions.field import Field
from tests.databases import SqliteTemplate
from tests.engine.building import BORDER, process, users
from workflows.actions import complete_task, start_process
from workflows.store.database import Database

from .command import kehoach

OLD = process(BORDER + users("x", "y"), "s x y e")
NEW = process(BORDER + users("z", "y"), "s z y e")


@pytest.fixture
def folder(sqlite_template: SqliteTemplate, tmp_path: Path) -> Path:
    sqlite_template.file(tmp_path / "kehoach.sqlite3")
    return tmp_path


@pytest.fixture
def field(folder: Path) -> Iterator[Field]:
    """Two cases of the first version, one at each step; the second version calls x otherwise."""
    database = Database(f"sqlite:///{folder / 'kehoach.sqlite3'}")
    field = Field(database)
    field.sow(OLD)
    first, _ = (start_process(field.desk(), "P", {}, key) for key in ("K1", "K2"))
    complete_task(field.desk(), field.job(first, "x").id)
    field.sow(NEW)
    yield field
    database.close()


def versions(folder: Path) -> dict[str, tuple[int, list[str]]]:
    listed = kehoach("cases", "P", data_dir=folder)
    assert (listed.code, listed.answer["newest"]) == (0, 2)
    return {each["business_key"]: (each["version"], each["steps"]) for each in listed.answer["running"]}


def test_a_dry_run_says_in_vietnamese_what_is_in_the_way_and_writes_nothing(folder: Path, field: Field) -> None:
    ended = kehoach("migrate", "P", "--to", "2", "--dry-run", data_dir=folder)
    assert (ended.code, ended.answer["dry_run"], ended.answer["not_migrated"]) == (1, True, 1)
    first, second = ended.answer["cases"]
    assert (first["migrated"], first["findings"]) == (True, [])
    (finding,) = second["findings"]
    assert (second["migrated"], finding["level"], finding["code"]) == (False, "error", "ELEMENT_GONE")
    assert "“x”" in finding["message"] and "phiên bản mới không còn" in finding["message"]
    assert versions(folder) == {"K1": (1, ["y"]), "K2": (1, ["x"])}


def test_what_can_be_migrated_is_and_the_rest_stays(folder: Path, field: Field) -> None:
    ended = kehoach("migrate", "P", "--to", "2", data_dir=folder)
    assert (ended.code, [each["migrated"] for each in ended.answer["cases"]]) == (1, [True, False])
    assert versions(folder) == {"K1": (2, ["y"]), "K2": (1, ["x"])}
    again = kehoach("migrate", "P", "--to", "2", "--from", "1", "--map", "x=z", "--reason", "đổi tên", data_dir=folder)
    assert (again.code, again.answer["not_migrated"], len(again.answer["cases"])) == (0, 0, 1)
    assert versions(folder) == {"K1": (2, ["y"]), "K2": (2, ["z"])}
    assert kehoach("cases", "P", "--version", "1", data_dir=folder).answer["running"] == []


def test_wrong_use_and_unknown_processes(folder: Path, field: Field) -> None:
    assert kehoach("migrate", "P", data_dir=folder).code == 2
    assert kehoach("migrate", "P", "--to", "2", "--map", "x", data_dir=folder).code == 2
    for arguments in (("cases", "khong"), ("migrate", "khong", "--to", "1"), ("migrate", "P", "--to", "9")):
        ended = kehoach(*arguments, data_dir=folder)
        assert (ended.code, ended.answer["error"]["code"]) == (1, "NOT_FOUND")
    assert kehoach("migrate", "P", "--to", "9", "--dry-run", data_dir=folder).code == 1
