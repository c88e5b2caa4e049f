"""No secret of a link stands in a log: not in the web server's, not in ours when something fails."""

from __future__ import annotations

import logging

import httpx
import pytest

from service.connections import BoundedServing
from service.masking import masked
from tests.pages.conftest import Stage
from tests.pages.served import served
from tests.pages.test_link import TOKEN, link_for


def test_the_secret_is_masked_and_the_rest_stays() -> None:
    assert masked(f"/x/{TOKEN}/ket-qua?ma=1") == "/x/…/ket-qua?ma=1"
    assert masked(f"/nhan/{TOKEN}") == "/nhan/…"
    assert masked(f"/lich/{TOKEN}.ics") == "/lich/…"
    assert masked(f"/thoi-nhan/{TOKEN}") == "/thoi-nhan/…"
    assert masked("/viec/12-3") == "/viec/12-3"


def test_a_web_server_that_logs_every_request_shows_no_token(
    stage: Stage, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = stage("checking")
    path = link_for(house, "kiem_tra_the_thuc")
    # The same server as ever, told to log as much as it can.
    loud = {"log_level": "trace", "log_config": None}
    monkeypatch.setattr(
        "tests.pages.served.BoundedServing",
        lambda app, bounds, **given: BoundedServing(app, bounds, **(given | loud)),
    )
    caplog.set_level(logging.DEBUG)
    with served(house.app) as address:
        assert httpx.get(address + path).status_code == 200
    said = [record.getMessage() for record in caplog.records if record.name == "uvicorn.access"]
    assert any("/x/…" in each for each in said)
    assert not [each for each in said if TOKEN in each]


def test_a_failure_of_the_program_is_logged_without_the_token(
    stage: Stage, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = stage("checking")
    path = link_for(house, "kiem_tra_the_thuc")

    def broken(*_: object) -> None:
        raise RuntimeError("a disk is gone")

    monkeypatch.setattr("notifications.links.why_dead", broken)
    assert house.browser().http.get(path).status_code == 500
    assert "unexpected failure" in caplog.text
    assert TOKEN not in "".join(record.getMessage() for record in caplog.records if record.name.startswith("service"))
