"""The verbs of whoever keeps the machine: schema, doctor, sweep, verify-log, check."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from service.cli.installation import variables
from service.settings import read_settings
from tests.databases import SqliteTemplate
from workflows.store import clockwork, telling
from workflows.store.database import Database

from .command import kehoach

LIBRARY = Path("workflows/bpmn/library")


@pytest.fixture
def folder(sqlite_template: SqliteTemplate, tmp_path: Path) -> Path:
    """The data folder of an installation with an empty database."""
    sqlite_template.file(tmp_path / "kehoach.sqlite3")
    return tmp_path


def test_the_schema_is_made_and_upgrading_again_changes_nothing(tmp_path: Path) -> None:
    assert kehoach("db", "version", data_dir=tmp_path / "new").code == 1
    first = kehoach("db", "upgrade", data_dir=tmp_path / "new")
    assert first.code == 0
    assert kehoach("db", "upgrade", data_dir=tmp_path / "new").answer == first.answer
    assert kehoach("db", "version", data_dir=tmp_path / "new").code == 0


def test_an_older_schema_is_refused_with_what_to_do(folder: Path) -> None:
    database = Database(f"sqlite:///{folder / 'kehoach.sqlite3'}")
    database.downgrade("base")
    database.close()
    ended = kehoach("sweep", data_dir=folder)
    assert (ended.code, ended.answer["error"]["code"]) == (1, "OLD_SCHEMA")
    assert "kehoach db upgrade" in ended.answer["error"]["message"]


def test_a_sweep_does_everything_once_and_is_on_record(folder: Path) -> None:
    ended = kehoach("sweep", data_dir=folder)
    assert ended.code == 0
    assert {"run_jobs", "fire_timers", "escalate", "deliver", "open_cycles", "open_duties"} <= set(ended.answer)
    database = Database(f"sqlite:///{folder / 'kehoach.sqlite3'}")
    with database.read() as connection:
        record = clockwork.last_sweeps(connection)
    database.close()
    assert {each.kind for each in record} == set(ended.answer)
    assert {each.runner for each in record} == {"command"}


def test_a_sweep_that_fails_is_named_and_the_others_run(folder: Path) -> None:
    database = Database(f"sqlite:///{folder / 'kehoach.sqlite3'}")
    with database.write() as connection:
        connection.execute(text("DROP TABLE timers"))
    database.close()
    ended = kehoach("sweep", data_dir=folder)
    assert ended.code == 1
    assert "timers" in ended.answer["fire_timers"]["error"]
    assert ended.answer["deliver"]["failed"] == 0


def test_the_doctor_finds_a_sound_machine_sound(folder: Path) -> None:
    kehoach("sweep", data_dir=folder)
    ended = kehoach("doctor", data_dir=folder)
    assert ended.code == 0
    assert ended.answer["ok"]
    found = {finding["code"] for finding in ended.answer["findings"]}
    assert {"PYTHON", "PACKAGE", "SQLITE_JOURNAL", "MIGRATIONS", "SWEEP", "DISK", "TIME_ZONE"} <= found
    assert {finding["level"] for finding in ended.answer["findings"] if finding["code"] == "SWEEP"} == {"ok"}


def test_the_doctor_says_what_is_wrong_and_makes_nothing(folder: Path, tmp_path: Path) -> None:
    nowhere = kehoach("doctor", data_dir=tmp_path / "none")
    assert "NO_DATABASE" in {finding["code"] for finding in nowhere.answer["findings"]}
    assert not (tmp_path / "none").exists()
    database = Database(f"sqlite:///{folder / 'kehoach.sqlite3'}")
    database.downgrade("base")
    database.close()
    old = kehoach("doctor", data_dir=folder)
    assert old.code == 1
    assert {finding["code"] for finding in old.answer["findings"] if finding["level"] == "error"} == {"MIGRATIONS"}


def test_the_doctor_notices_work_that_nobody_does(folder: Path) -> None:
    database = Database(f"sqlite:///{folder / 'kehoach.sqlite3'}")
    with database.write() as connection:
        telling.tell(connection, "task_opened", "task:1-1", datetime.now(UTC) - timedelta(minutes=11), task_id="1-1")
    database.close()
    findings = kehoach("doctor", data_dir=folder).answer["findings"]
    due = {each["facts"]["what"]: each["level"] for each in findings if each["code"] == "DUE"}
    assert due == {"timer": "ok", "escalation": "ok", "letter": "warning"}


def test_the_doctor_says_when_the_database_does_not_answer() -> None:
    ended = kehoach("doctor", database_url="postgresql://nobody@127.0.0.1:1/none?connect_timeout=2")
    assert ended.code == 1
    assert "DATABASE_UNREACHABLE" in {finding["code"] for finding in ended.answer["findings"]}


def test_an_intact_log_is_intact(folder: Path) -> None:
    ended = kehoach("verify-log", data_dir=folder)
    assert (ended.code, ended.answer["intact"]) == (0, True)


@pytest.mark.parametrize("file", sorted(LIBRARY.glob("*.bpmn")), ids=lambda file: file.name)
def test_the_shipped_processes_pass_the_check(file: Path) -> None:
    ended = kehoach("check", file)
    assert (ended.code, ended.answer["findings"]) == (0, [])


def test_a_file_that_is_no_process_is_told_why(tmp_path: Path) -> None:
    file = tmp_path / "thu.bpmn"
    file.write_text("Kính gửi: …", encoding="utf-8")
    ended = kehoach("check", file)
    assert ended.code == 1
    assert ended.answer["findings"][0]["level"] == "error"
    assert kehoach("check", tmp_path / "không có").answer["error"]["code"] == "FILE"


def test_a_child_process_is_told_every_setting() -> None:
    told = {"KEHOACH_SMTP_HOST": "thu", "KEHOACH_SMTP_PASSWORD": "bí mật", "KEHOACH_PORT": "8123"}
    settings = read_settings(told)
    again = read_settings(variables(settings))
    assert again.model_dump(exclude={"database_url", "data_dir"}) == settings.model_dump(
        exclude={"database_url", "data_dir"}
    )
    assert again.database_address == settings.database_address


def test_a_worker_needs_to_know_its_server(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    ended = kehoach("worker", data_dir=folder)
    assert (ended.code, ended.answer["error"]["code"]) == (1, "NO_PREFECT")


def test_a_routing_of_ones_own_is_deployed_as_the_next_version(folder: Path, tmp_path: Path) -> None:
    shipped = (LIBRARY / "nhiem_vu.bpmn").read_text(encoding="utf-8")
    own = tmp_path / "rieng.bpmn"
    own.write_text(shipped.replace('versionTag="1"', 'versionTag="rieng"'), encoding="utf-8")
    first = kehoach("deploy", LIBRARY / "nhiem_vu.bpmn", data_dir=folder)
    again = kehoach("deploy", LIBRARY / "nhiem_vu.bpmn", data_dir=folder)
    second = kehoach("deploy", own, data_dir=folder)
    assert [ended.answer["deployed"] for ended in (first, again, second)] == [
        [{"process": "nhiem_vu", "version": 1}],
        [{"process": "nhiem_vu", "version": 1}],
        [{"process": "nhiem_vu", "version": 2}],
    ]
