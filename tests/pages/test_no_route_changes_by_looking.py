"""Generated over every route of the application: looking changes no row, whoever looks, whatever the browser says."""

from __future__ import annotations

import re
from hashlib import sha256

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import select
from starlette.routing import Mount

from notifications.links import make_link
from service.auth.form_tokens import FIELD, token_of_link
from tests.nightly import size
from tests.pages.conftest import House, Stage
from tests.pages.page_client import Browser
from tests.pages.test_link import TOKEN, link_for
from workflows.store import issuing
from workflows.store.database import Database
from workflows.store.tables import metadata

ROLES = ("", "chu_tich", "van_thu")
RECEIPT = "receiptToken0123456789abcdef"
# When somebody was last here is no state of the office's work.
OF_THE_VISIT = {"sessions": "seen_at", "devices": "last_seen_at", "api_tokens": "last_used_at"}
LOOKS = [
    {},
    {"purpose": "prefetch"},
    {"sec-purpose": "prefetch;prerender"},
    {"x-moz": "prefetch"},
    {"user-agent": "Mozilla/5.0 (compatible; SafeLinks/1.0; Microsoft Office 365)"},
    {"user-agent": "BarracudaCentral"},
    {"user-agent": "Mozilla/5.0 HeadlessChrome/149.0"},
    {"user-agent": "facebookexternalhit/1.1"},
    {"x-http-method-override": "POST", "x-method-override": "POST", "x-http-method": "POST"},
    {"content-type": "application/x-www-form-urlencoded"},
]


# That somebody who is signed in and may act has read a task is on record (withdrawal ends there); no scanner is that.
READ_BY_PEOPLE = {"task_openings", "versions_seen"}


def rows_of(database: Database, *, people_read: bool = False) -> str:
    """A hash of every row of every table, but for when somebody was last here (and, so asked, what people read)."""
    digest = sha256()
    with database.read() as connection:
        for table in metadata.sorted_tables:
            if table.name in READ_BY_PEOPLE and people_read:
                continue
            columns = [each for each in table.columns if each.name != OF_THE_VISIT.get(table.name)]
            rows = connection.execute(select(*columns).order_by(*table.primary_key.columns)).all()
            digest.update(f"{table.name}{[tuple(row) for row in rows]}".encode())
    return digest.hexdigest()


def paths_of(house: House, task_id: str, link_token: str) -> list[tuple[str, set[str]]]:
    """Every address of the application, filled with things that exist, with the methods that it takes."""
    given = {
        "task_id": task_id,
        "link_token": link_token,
        "plan_id": house.cast.plan_id,
        "key": "ke_hoach",
        "kind": "ke-hoach",
        "ending": "pdf",
        "code": "ABCD-EFGH-IJKL",
    }
    found: dict[str, set[str]] = {}
    for prefix, route in _routes(house):
        path = re.sub(r"{(\w+)(:\w+)?}", lambda match: str(given.get(match.group(1), 1)), f"{prefix}{route.path}")
        found.setdefault(path, set()).update(route.methods or ())
    assert len(found) > 80
    return list(found.items())


def _routes(house: House) -> list[tuple[str, APIRoute]]:
    """The routes of the pages, and those of the interface for machines with what stands before them."""
    pages = [("", route) for router in house.app.state.routers for route in router.routes]
    (mount,) = [route for route in house.app.routes if isinstance(route, Mount) and route.name == "api"]
    machines = [(mount.path, route) for route in mount.routes if isinstance(route, APIRoute)]
    assert len(machines) > 20
    return [*pages, *machines]


def receipt_link(house: House) -> None:
    with house.cast.database.write() as connection:
        lines = issuing.recipients_of(connection, "plan", house.cast.plan_id)
        line = next((each for each in lines if each.body_id is not None), None)
        if line is not None:
            make_link(connection, token=RECEIPT, now=house.cast.now, recipient_id=line.id, body_id=line.body_id)


@pytest.mark.parametrize("name", size(["signing", "in_force"], ["checking", "signing", "in_force"]))
@pytest.mark.parametrize("role", ROLES)
def test_get_head_and_options_change_nothing(stage: Stage, name: str, role: str) -> None:
    house = stage(name)
    task = house.cast.open()[0]
    token = RECEIPT if name == "in_force" else TOKEN
    if name == "in_force":
        receipt_link(house)
    else:
        link_for(house, task.element)
    browser = house.browser(role, remember=True) if role else house.browser()
    before = rows_of(house.cast.database, people_read=bool(role))
    for number, (path, methods) in enumerate(paths_of(house, task.id, token)):
        look = LOOKS[number % len(LOOKS)]
        # Each address by every method by somebody, and nightly by everybody.
        by_every_method = name == "signing" and number % 3 in size([ROLES.index(role)], [0, 1, 2])
        for method in ("GET", "HEAD", "OPTIONS") if by_every_method else ("GET",):
            answer = browser.http.request(method, path, headers=look)
            assert answer.status_code != 500, (method, path)
            if "GET" not in methods:
                assert answer.status_code in (401, 403, 404, 405), (method, path, answer.status_code)
    assert rows_of(house.cast.database, people_read=bool(role)) == before


@pytest.mark.parametrize("look", [each for each in LOOKS if any("prefetch" in value for value in each.values())])
def test_what_a_browser_loads_ahead_is_not_read(stage: Stage, look: dict[str, str]) -> None:
    house = stage("signing")
    browser = house.browser("chu_tich")
    before = rows_of(house.cast.database)
    assert browser.http.get(house.task("trinh_ky"), headers=look).status_code == 200
    assert browser.http.head(house.task("trinh_ky")).status_code == 200
    assert rows_of(house.cast.database) == before


@pytest.mark.parametrize("look", LOOKS, ids=lambda each: next(iter(each.values()), "plain")[:24])
def test_no_header_makes_a_look_at_a_link_a_deed(stage: Stage, look: dict[str, str]) -> None:
    house = stage("signing")
    path = link_for(house, "trinh_ky")
    known = house.browser("chu_tich", remember=True)
    before = rows_of(house.cast.database)
    for browser in (house.browser(), known):
        for query in ("", "?ket_qua=ky", "?_method=POST&ket_qua=ky", "?ma=1"):
            for method in ("GET", "HEAD", "OPTIONS"):
                assert browser.http.request(method, path + query, headers=look).status_code < 500
    assert rows_of(house.cast.database) == before


def press_everything(browser: Browser, path: str, typed: str) -> None:
    """A scanner fills every field it finds and presses every button, as some mail scanners do."""
    page = browser.get(path)
    for form in page.forms:
        buttons = [each for each in form.controls if each.tag == "button" and each.name] or [None]
        for button in buttons:
            sent = {each.name: each.value or typed for each in form.controls if each.name and each.tag != "button"}
            sent |= {button.name: button.value} if button is not None else {}
            answer = browser.http.request(form.method.upper(), form.action or path, data=sent)
            assert answer.status_code < 500


@pytest.mark.parametrize("name", ["checking", "signing", "consulting", "in_force"])
@pytest.mark.parametrize("typed", ["x", "123456"])
def test_a_scanner_that_presses_every_button_decides_nothing(stage: Stage, name: str, typed: str) -> None:
    house = stage(name)
    if name == "in_force":
        receipt_link(house)
        path = f"/nhan/{RECEIPT}"
    else:
        path = link_for(house, house.cast.open()[0].element, body=name == "consulting")
    waiting = house.cast.waiting_at()
    with house.cast.database.read() as connection:
        received = [each.received_at for each in issuing.recipients_of(connection, "plan", house.cast.plan_id)]
    press_everything(house.browser(), path, typed)
    press_everything(house.browser(), path, typed)
    assert house.cast.waiting_at() == waiting
    with house.cast.database.read() as connection:
        now = [each.received_at for each in issuing.recipients_of(connection, "plan", house.cast.plan_id)]
    assert now == received


def test_a_bare_post_with_a_good_form_token_decides_nothing(stage: Stage) -> None:
    house = stage("signing")
    path = link_for(house, "trinh_ky")
    waiting = house.cast.waiting_at()
    for decision in ("ky", "tra_lai", "chuyen"):
        sent = {FIELD: token_of_link(TOKEN), "ket_qua": decision, "ly_do": "Một lý do đủ dài", "tra_ve": "soan_thao"}
        house.browser().http.post(path, data=sent | {"nguoi_ky": "pho_chu_tich", "da_xem": house.cast.seen_hash()})
    assert house.cast.waiting_at() == waiting
