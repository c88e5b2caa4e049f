"""`kehoach incidents`: what failed and where, tried again or closed with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.actions.field import WORKER, Field
from tests.databases import SqliteTemplate
from tests.engine.building import BORDER, process, users
from workflows.actions import fail_job, start_process
from workflows.store.database import Database

from .command import kehoach

WORK = '<serviceTask id="j" name="Gửi tin" camunda:type="external" camunda:topic="gui_tin"/>'


@pytest.fixture
def folder(sqlite_template: SqliteTemplate, tmp_path: Path) -> Iterator[Path]:
    """Two cases whose jobs have failed for good."""
    database = Database(sqlite_template.file(tmp_path / "kehoach.sqlite3"))
    field = Field(database)
    field.sow(process(BORDER + WORK + users("u"), "s j u e"))
    for key in ("K1", "K2"):
        case = start_process(field.desk(), "P", {}, key)
        fail_job(field.desk(WORKER), field.job(case, "j").id, "m", "mất mạng", retries=0, retry_after=timedelta())
    yield tmp_path
    database.close()


def test_incidents_are_listed_and_mended(folder: Path) -> None:
    listed = kehoach("incidents", data_dir=folder)
    assert listed.answer == kehoach("incidents", "list", data_dir=folder).answer
    first, second = listed.answer["incidents"]
    assert (first["case"], first["step"], first["business_key"], first["code"]) == (1, "Gửi tin", "K1", "JOB_FAILED")
    assert "mất mạng" in first["message"]
    retried = kehoach("incidents", "retry", "1", first["incident"], data_dir=folder)
    assert (retried.code, retried.answer["retried"]) == (0, True)
    resolved = kehoach("incidents", "resolve", "2", second["incident"], "--reason", "gửi tay rồi", data_dir=folder)
    assert resolved.code == 0
    assert kehoach("incidents", data_dir=folder).answer == {"incidents": []}


def test_what_cannot_be_mended_is_refused(folder: Path) -> None:
    gone = kehoach("incidents", "retry", "1", "99", data_dir=folder)
    assert (gone.code, gone.answer["error"]["code"]) == (1, "NOT_WAITING")
    incident = kehoach("incidents", data_dir=folder).answer["incidents"][0]["incident"]
    without = kehoach("incidents", "resolve", "1", incident, "--reason", " ", data_dir=folder)
    assert (without.code, without.answer["error"]["code"]) == (1, "REASON_REQUIRED")
    assert kehoach("incidents", "resolve", "1", incident, data_dir=folder).code == 2
