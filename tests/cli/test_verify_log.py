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
from workflows.store.tables.worklist import READ_MODELS, escalations

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


def forged(house: Path, folder: Path, script: str) -> Path:
    """A copy of the house, on which somebody ran this in a database shell."""
    shutil.copyfile(house / "kehoach.sqlite3", folder / "kehoach.sqlite3")
    with closing(sqlite3.connect(folder / "kehoach.sqlite3")) as connection:
        connection.executescript(script)
    return folder


def test_an_intact_house_is_said_so(house: Path) -> None:
    ended = kehoach("verify-log", data_dir=house)
    assert (ended.code, ended.answer["intact"], ended.answer["said"]) == (0, True, [])
    assert ended.answer["rows"] > 50
    assert ended.answer["rows_covered_since"] is None


def test_what_was_done_past_the_program_is_said_with_its_plan_and_what_to_do(house: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(house / "kehoach.sqlite3")) as connection:
        (title,) = connection.execute("SELECT title FROM plans").fetchone()
    folder = forged(
        house,
        tmp_path,
        "UPDATE comments SET text = 'Đồng ý mục 3'; UPDATE plans SET drafting_unit_id = 1;"
        "UPDATE definitions SET xml = xml || ' ' WHERE id = 1; UPDATE cases SET office_id = NULL;"
        "UPDATE events SET revision = revision + 1 WHERE seq = 1; DELETE FROM posts WHERE id = 1",
    )
    ended = kehoach("verify-log", data_dir=folder)
    said = ended.answer["said"]
    of_plan = f"Kế hoạch “{title}” (mã 1), "
    assert (ended.code, ended.answer["intact"]) == (1, False)
    assert f"{of_plan}trao đổi 1: nội dung không còn như chương trình đã ghi." in said
    assert f"{of_plan}phần chung của kế hoạch 1: nội dung không còn như chương trình đã ghi." in said
    assert "Chức vụ 1: đã bị xóa ngoài chương trình." in said
    assert {each["code"] for each in ended.answer["beside"]} == {"CHANGED", "REMOVED", "DEFINITION", "CASE", "REVISION"}
    assert "sao lưu gần nhất" in said[-1]


def test_what_nobody_can_read_any_more_is_said_too(house: Path, tmp_path: Path) -> None:
    folder = forged(house, tmp_path, "UPDATE events SET at = 'hôm qua' WHERE seq = 2; UPDATE events SET data = '[]'")
    ended = kehoach("verify-log", data_dir=folder)
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
    followed = {*READ_MODELS, escalations}
    assert THINGS.keys() - {"case", "plan", "report", "version"} <= {
        table.name for table in {*logged_tables(), *followed}
    }
    assert {table.name for table in followed} <= THINGS.keys()


FORGED = """
UPDATE tasks SET due = '2031-01-01 00:00:00.000000', assignee = '77' WHERE case_id = 1 AND status = 'open';
UPDATE tasks SET next_escalation_at = NULL;
DELETE FROM task_groups;
INSERT INTO timers (case_id, timer_id, element, due) VALUES (1, '77', 'han', '2024-01-01 00:00:00.000000');
INSERT INTO tasks (id, case_id, process, element, name, kind, status, priority, variables, escalation, excluded, round,
  opened_at, blocking) VALUES ('1-99', 1, 'ke_hoach', 'ky', 'Ký', 'user', 'open', 50, '{}', '[]', '[]', 1,
  '2024-01-01 00:00:00.000000', 0);
"""


def rows_of(folder: Path) -> list[str]:
    """What the database holds of what is open."""
    with closing(sqlite3.connect(folder / "kehoach.sqlite3")) as connection:
        wanted = [f"SELECT * FROM {table.name} ORDER BY 1, 2" for table in (*READ_MODELS, escalations)]
        return [repr(connection.execute(each).fetchall()) for each in wanted]


def test_what_is_open_is_compared_field_by_field_and_built_anew_when_asked(house: Path, tmp_path: Path) -> None:
    whole = rows_of(house)
    folder = forged(house, tmp_path, FORGED)
    looked = kehoach("verify-log", data_dir=folder)
    assert looked.code == 1
    (due,) = (each for each in looked.answer["beside"] if each["field"] == "due" and each["about"].startswith("tasks"))
    assert (due["code"], due["holds"]) == ("FIELD", "2031-01-01T00:00:00+00:00")
    said = " ".join(looked.answer["said"])
    assert "hạn đang là “2031-01-01T00:00:00+00:00”, theo các sự kiện phải là “2024-" in said
    assert "người giữ đang là “77”, theo các sự kiện phải là trống." in said
    assert "Hẹn giờ 1:77: không có sự kiện nào nói đến." in said.replace("(mã 1), hẹn", "(mã 1), Hẹn")
    assert "lần nhắc tới đang là trống" in said and "kehoach verify-log --rebuild" in said
    rehearsed = kehoach("verify-log", "--rebuild", "--dry-run", data_dir=folder)
    assert (rehearsed.code, rehearsed.answer["dry_run"]) == (1, True)
    assert {"tasks 1-99", "timers 1:77"} <= set(rehearsed.answer["rebuilt"])
    assert rows_of(folder) != whole
    mended = kehoach("verify-log", "--rebuild", data_dir=folder)
    assert (mended.code, mended.answer["intact"], mended.answer["said"]) == (0, True, [])
    assert mended.answer["rebuilt"] == rehearsed.answer["rebuilt"]
    assert rows_of(folder) == whole
    with closing(sqlite3.connect(folder / "kehoach.sqlite3")) as connection:
        kept = connection.execute("SELECT data, actor FROM events WHERE type = 'RowsRebuilt'").fetchall()
    assert len(kept) == 1 and "tasks 1-99" in kept[0][0] and "Dòng lệnh" in kept[0][1]


def test_nothing_is_built_from_a_log_that_was_touched(house: Path, tmp_path: Path) -> None:
    folder = forged(house, tmp_path, FORGED + "UPDATE events SET data = '{}' WHERE seq = 3;")
    before = rows_of(folder)
    refused = kehoach("verify-log", "--rebuild", data_dir=folder)
    assert (refused.code, refused.answer["error"]["code"]) == (1, "LOG_NOT_INTACT")
    assert rows_of(folder) == before


def test_a_case_whose_state_was_forged_too_is_left_as_it_is(house: Path, tmp_path: Path) -> None:
    folder = forged(house, tmp_path, FORGED + "UPDATE cases SET status = 'completed' WHERE id = 1;")
    before = rows_of(folder)
    left = kehoach("verify-log", "--rebuild", data_dir=folder)
    assert (left.code, left.answer["rebuilt"], rows_of(folder)) == (1, [], before)
