"""`kehoach verify-log` says in Vietnamese which plan, which thing, what is wrong with it, and what to do."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from service.cli.log_sentences import BESIDE, CHAIN, CHECKPOINT, THINGS
from tests.actions.small_office import started
from tests.databases import SqliteTemplate
from workflows.actions.comment import comment
from workflows.engine.actor import CLOCK
from workflows.store.beside.found import Beside
from workflows.store.beside.logged_tables import logged_tables
from workflows.store.chain import Break
from workflows.store.database import Database
from workflows.store.log_proof import CheckpointBreak

from .command import kehoach


@pytest.fixture(scope="module")
def house(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an office whose plan has a comment."""
    folder = tmp_path_factory.mktemp("house")
    database = Database(sqlite_template.file(folder / "kehoach.sqlite3"))
    cast = started(database)
    comment(replace(cast.clock, by=CLOCK), cast.plan_id, "Xem lại mục 3")
    database.close()
    return folder


def test_an_intact_house_is_said_so(house: Path) -> None:
    ended = kehoach("verify-log", data_dir=house)
    assert (ended.code, ended.answer["intact"], ended.answer["said"]) == (0, True, [])
    assert ended.answer["rows"] > 50
    assert ended.answer["rows_covered_since"] is None


def test_what_was_done_past_the_program_is_said_with_its_plan_and_what_to_do(house: Path) -> None:
    with closing(sqlite3.connect(house / "kehoach.sqlite3")) as connection:
        (title,) = connection.execute("SELECT title FROM plans").fetchone()
        connection.executescript(
            "UPDATE comments SET text = 'Đồng ý mục 3'; UPDATE plans SET drafting_unit_id = 1;"
            "UPDATE definitions SET xml = xml || ' ' WHERE id = 1; UPDATE cases SET office_id = NULL;"
            "UPDATE events SET revision = revision + 1 WHERE seq = 1; DELETE FROM posts WHERE id = 1"
        )
    ended = kehoach("verify-log", data_dir=house)
    said = ended.answer["said"]
    of_plan = f"Kế hoạch “{title}” (mã 1), "
    assert (ended.code, ended.answer["intact"]) == (1, False)
    assert f"{of_plan}trao đổi 1: nội dung không còn như chương trình đã ghi." in said
    assert f"{of_plan}phần chung của kế hoạch 1: nội dung không còn như chương trình đã ghi." in said
    assert "Chức vụ 1: đã bị xóa ngoài chương trình." in said
    assert {each["code"] for each in ended.answer["beside"]} == {"CHANGED", "REMOVED", "DEFINITION", "CASE", "REVISION"}
    assert "sao lưu gần nhất" in said[-1]


def test_what_nobody_can_read_any_more_is_said_too(house: Path, tmp_path: Path) -> None:
    shutil.copyfile(house / "kehoach.sqlite3", tmp_path / "kehoach.sqlite3")
    with closing(sqlite3.connect(tmp_path / "kehoach.sqlite3")) as connection:
        connection.executescript("UPDATE events SET at = 'hôm qua' WHERE seq = 2; UPDATE events SET data = '[]'")
    ended = kehoach("verify-log", data_dir=tmp_path)
    assert (ended.code, ended.answer["intact"]) == (1, False)
    assert "hôm qua" in ended.answer["said"][0]


@pytest.mark.parametrize(
    ("kind", "sentences"),
    [(Beside, BESIDE), (Break, CHAIN), (CheckpointBreak, CHECKPOINT)],
    ids=lambda each: str(each)[:9],
)
def test_each_code_has_its_sentence(kind: type, sentences: dict[str, str]) -> None:
    assert all(code in (kind.__doc__ or "") for code in sentences)
    told = {word.strip(":,;.") for word in (kind.__doc__ or "").split()}
    assert {word for word in told if word.isupper() and len(word) > 2} <= sentences.keys()


def test_every_thing_has_a_name_that_people_know() -> None:
    assert THINGS.keys() - {"case", "plan", "report", "version"} <= {table.name for table in logged_tables()}
