"""What nobody expected is a problem like any other: 503 while the database is away, never a yes or plain text."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.api.conftest import interface_over
from tests.databases import SqliteTemplate
from workflows import actions
from workflows.store.database import Database

START = {"process": "P", "variables": {}, "office_id": None}


@pytest.fixture
def database(sqlite_template: SqliteTemplate, tmp_path: Path) -> Database:
    return Database(sqlite_template.file(tmp_path / "kehoach.sqlite"))


def test_a_database_that_is_away_is_503_and_tells_when_to_ask_again(database: Database, tmp_path: Path) -> None:
    interface = interface_over(database, tmp_path)
    machine = interface.machine(None, admin=True)
    database.close()
    place = tmp_path / "kehoach.sqlite"
    place.rename(place.with_suffix(".away"))
    place.mkdir()
    answer = interface.http.post("/api/v1/cases", json=START, headers=machine.headers)
    assert (answer.status_code, answer.json()["code"]) == (503, "DATABASE_AWAY")
    assert answer.headers["retry-after"] == "30"
    assert answer.headers["content-type"] == "application/problem+json"
    place.rmdir()
    place.with_suffix(".away").rename(place)
    machine.post("/cases", 201, **START)


def test_a_failure_of_the_program_is_a_problem_with_a_code_to_read_out(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interface = interface_over(database, tmp_path)
    machine = interface.machine(None, admin=True)

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(actions, "start_process", fail)
    quiet = TestClient(interface.http.app, base_url="http://testserver", raise_server_exceptions=False)
    answer = quiet.post("/api/v1/cases", json=START, headers=machine.headers)
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "ZeroDivision" not in answer.text
    assert len(answer.json()["code"]) == 8
