"""/metrics: only with the token; requests by route and never by address; the office's work as the database knows it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from service.app import create_app
from service.settings import Settings
from tests.pages.conftest import START, Stage
from workflows.store.clockwork import start_sweep
from workflows.store.database import Database
from workflows.store.telling import tell
from workflows.store.upkeep import note_backup

TOKEN = {"authorization": "Bearer cua-may-theo-doi"}


def _client(database: Database, token: str = "cua-may-theo-doi") -> TestClient:
    settings = Settings(metrics_token=token)
    return TestClient(create_app(settings, database, lambda: START, lambda: "x" * 32), base_url="http://t")


def test_only_who_knows_the_token_reads_them(memory: Database) -> None:
    assert _client(memory).get("/metrics").status_code == 401
    assert _client(memory).get("/metrics", headers={"authorization": "Bearer cua"}).status_code == 401
    assert _client(memory).get("/metrics", headers=TOKEN).status_code == 200


def test_without_a_token_in_the_settings_there_is_no_such_page(memory: Database) -> None:
    assert _client(memory, "").get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


def test_requests_are_counted_by_route_and_never_by_address(memory: Database) -> None:
    client = _client(memory)
    client.get("/x/bi-mat-cua-lien-ket-0123456789")
    client.get("/ke-hoach/1234567")
    client.get("/khong-co-trang-nay")
    told = client.get("/metrics", headers=TOKEN).text
    assert 'route="/x/{link_token}"' in told
    assert 'route="-",status="404"' in told
    assert "bi-mat" not in told
    assert "1234567" not in told


def test_what_is_open_late_and_lying_about(stage: Stage) -> None:
    house = stage("drafting")
    database = house.cast.database
    with database.write() as connection:
        tell(connection, "task_due", "late:test", START - timedelta(minutes=5), office_id=None)
    told = _client(database).get("/metrics", headers=TOKEN).text
    lines = dict(line.rsplit(" ", 1) for line in told.splitlines() if not line.startswith("#"))
    assert lines["kehoach_up"] == "1.0"
    assert float(lines['kehoach_open_tasks{process="ke_hoach"}']) == 1
    assert float(lines['kehoach_sweep_lag_seconds{kind="deliver"}']) >= 300
    assert float(lines["kehoach_untold"]) >= 1


def test_backups_prefect_and_certificates_have_ages_where_there_are_any(memory: Database) -> None:
    assert "kehoach_backup_age_seconds" not in _client(memory).get("/metrics", headers=TOKEN).text
    with memory.write() as connection:
        note_backup(connection, START - timedelta(hours=2))
        start_sweep(connection, "deliver", "prefect", START - timedelta(minutes=1))
    told = _client(memory).get("/metrics", headers=TOKEN).text
    assert "kehoach_backup_age_seconds 7200.0" in told
    assert "kehoach_prefect_age_seconds 60.0" in told
    assert "kehoach_certificate_seconds_left" not in told


@pytest.mark.parametrize("path", ["/livez", "/dang-nhap"])
def test_every_answer_has_the_number_of_its_request(memory: Database, path: str) -> None:
    client = _client(memory)
    given = client.get(path, headers={"x-request-id": "0123-abcd-4567"})
    assert given.headers["x-request-id"] == "0123-abcd-4567"
    forged = client.get(path, headers={"x-request-id": "a b\tc{}"})
    assert len(forged.headers["x-request-id"]) == 16
