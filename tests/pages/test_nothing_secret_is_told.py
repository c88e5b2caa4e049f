"""A whole tale with every log as loud as it gets, over a real socket: no log line, figure or page of failure has a
password, a cookie, a token, a code, the secret of a link, or what somebody is called."""

from __future__ import annotations

import logging
import re

import httpx
import pytest
from starlette.testclient import TestClient

from service.auth.form_tokens import FIELD
from tests.pages.conftest import PASSWORD, House, Stage
from tests.pages.page_client import HOST, Browser
from tests.pages.served import served
from tests.pages.test_link import link_for
from tests.pages.test_security_page import HOME, begin_app
from workflows.store.tables.directory import people

MONITOR = "0123456789abcdef-monitor"
TYPED = "Lời riêng của một người"
OF_THE_CLIENT = ("httpx", "httpcore")


def names_of(house: House) -> set[str]:
    with house.cast.database.read() as connection:
        rows = connection.execute(people.select().with_only_columns(people.c.name, people.c.email)).all()
    return {each for row in rows for each in row if each}


def over_the_wire(house: House, link: str) -> set[str]:
    """Sign in, fail to, open a link and a program's door over a real socket; the secrets that were sent."""
    with served(house.app) as address, httpx.Client(base_url=address, trust_env=False) as client:
        page = client.get("/dang-nhap")
        (token,) = set(re.findall(rf'name="{FIELD}" value="([^"]+)"', page.text))
        wrong = {"ten_dang_nhap": house.login("van_thu"), "mat_khau": f"{PASSWORD} sai", FIELD: token}
        assert client.post("/dang-nhap", data=wrong).status_code == 422
        assert client.post("/dang-nhap", data=wrong | {"mat_khau": PASSWORD}).status_code == 303
        for path in (link, f"{link}?ma=123456", "/viec", "/dang-nhap/noi-khac?code=SECRETCODE&state=SECRETSTATE"):
            client.get(path)
        client.get("/api/v1/me/tasks", headers={"authorization": "Bearer kh_somebodys_own_secret_token"})
        client.post("/api/edxml", headers={"authorization": "Bearer peer_secret_token"}, content=b"<x/>")
        cookies = {value for value in client.cookies.values() if len(value) > 8}
    return cookies | {"SECRETCODE", "SECRETSTATE", "kh_somebodys_own_secret_token", "peer_secret_token", token}


def fail(house: House, browser: Browser) -> None:
    """Let a statement fail that has what somebody typed among its parameters."""
    page = browser.get(f"{house.plan}/trao-doi")
    with house.cast.database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE comments RENAME COLUMN text TO words")
    quiet = TestClient(house.app, base_url=HOST, raise_server_exceptions=False, cookies=dict(browser.http.cookies))
    sent = page.form(f"{house.plan}/trao-doi").filled() | {"trao_doi": TYPED}
    assert quiet.post(f"{house.plan}/trao-doi", data=sent).status_code == 500


def test_no_log_no_figure_and_no_failure_tells_a_secret_or_a_name(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    house = stage("signing", metrics_token=MONITOR)
    caplog.set_level(logging.DEBUG)
    link = link_for(house, "trinh_ky")
    secrets = over_the_wire(house, link) | {link.rpartition("/")[2], PASSWORD, MONITOR, TYPED}
    browser = house.browser("chu_tich", remember=True)
    totp = begin_app(house, browser)
    made = browser.submit(browser.get(HOME), f"{HOME}/chuong-trinh", {"ten_ma": "máy", "so_ngay_hieu_luc": "30"})
    secrets |= {totp.secret, *re.findall(r"kh_[^<\s]+", made.html)}
    codes = browser.submit(browser.get(HOME), f"{HOME}/ma-khoi-phuc")
    secrets |= set(re.findall(r"\b[A-Z2-9]{5}-[A-Z2-9]{5}\b", codes.html))
    task = house.task("trinh_ky")
    house.cast.now = house.cast.now.replace(minute=(house.cast.now.minute + 2) % 60)
    browser.submit(browser.get(task), task, {"ket_qua": "ky", "ma_ky": totp.at(house.cast.now)})
    house.letters()
    secrets |= {value for value in browser.http.cookies.values() if len(value) > 8}
    fail(house, browser)
    figures = browser.http.get("/metrics", headers={"authorization": f"Bearer {MONITOR}"}).text
    ours = [each for each in caplog.records if not each.name.startswith(OF_THE_CLIENT)]
    told = "\n".join(logging.Formatter().format(each) for each in ours) + figures
    assert len(secrets) > 20
    assert "unexpected failure" in told
    assert {each for each in secrets if each in told} == set()
    assert {each for each in names_of(house) if each in told} == set()
