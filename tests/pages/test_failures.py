"""Error pages speak Vietnamese, have a code to read out and a way on, and never show JSON or a trace."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import psycopg
from starlette.testclient import TestClient

from tests.pages.conftest import Stage
from tests.pages.page_client import HOST, Page, faults_of
from workflows.store.database import Database


def test_an_address_that_is_not_there(stage: Stage) -> None:
    browser = stage("drafting").browser("chu_tich")
    for path in ("/khong-co", "/ke-hoach/999", "/ke-hoach/abc", "/viec/9-9", "/bao-cao/77", "/viec/..%2f..%2fetc"):
        page = browser.get(path, status=404)
        assert page.h1 == "Không tìm thấy trang"
        assert "KH-404-" in page.text


def test_whoever_is_refused_keeps_the_menu(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("chu_tich")
    for path, status in (("/ke-hoach/999", 404), ("/so-van-ban/vao-so", 403)):
        assert "/bao-cao" in browser.get(path, status=status).links
    assert "/bao-cao" not in house.browser().get("/kiem-tra/khong-co", status=404).links


def test_an_address_of_no_page_has_the_menu_and_the_search_of_whoever_is_signed_in(stage: Stage) -> None:
    house = stage("drafting")
    page = house.browser("chu_tich").get("/khong-co", status=404)
    assert "/bao-cao" in page.links and page.form("/dang-xuat") and page.form("/tim").method == "get"
    assert "/bao-cao" in house.browser("chu_tich").get("/dang-xuat", status=405).links


def test_what_is_refused_of_a_plan_or_a_task_leads_back_to_it(stage: Stage) -> None:
    house = stage("checking")
    drafter = house.browser("can_bo", house.cast.office.drafting_unit_id)
    refused = drafter.get(f"{house.plan}/doc-hieu", status=422)
    assert house.plan in refused.links and "Trang kế hoạch" in refused.text
    assert "/ke-hoach/999" not in drafter.get("/ke-hoach/999/doc-hieu", status=404).links


def test_a_stranger_at_an_address_of_no_page_is_led_to_what_strangers_may_do(stage: Stage) -> None:
    browser = stage("drafting").browser()
    page = browser.get("/khong-co", status=404)
    assert {"/dang-nhap", "/kiem-tra"} <= set(page.links) and "/viec" not in page.links
    # Its mark and its cookie came together: the form of this very page is taken.
    assert browser.submit(page, "/ngon-ngu", {"ngon_ngu": "en"}, status=404).h1 == "Page not found"


def test_a_number_that_no_database_holds(stage: Stage) -> None:
    browser = stage("drafting").browser("chu_tich")
    for path in (f"/ke-hoach/{10**30}", "/viec/%00", "/ke-hoach?tim=%00"):
        response = browser.http.get(path)
        assert response.status_code in (200, 404, 422), path
        assert "KH-500" not in response.text


def test_the_wrong_method(stage: Stage) -> None:
    browser = stage("drafting").browser("chu_tich")
    response = browser.http.post("/viec")
    assert response.status_code == 405
    assert "application/json" not in response.headers["content-type"]


def test_an_unexpected_failure_tells_a_code_and_hides_the_trace(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("chu_tich")
    with house.cast.database.write() as connection:
        connection.exec_driver_sql("DROP TABLE escalations")
        connection.exec_driver_sql("DROP TABLE task_groups")
    quiet = TestClient(house.app, base_url=HOST, raise_server_exceptions=False, cookies=dict(browser.http.cookies))
    response = quiet.get("/viec")
    page = Page("/viec", response.status_code, response.text, response.headers)
    assert page.status == 500
    assert not list(faults_of(page, "vi"))
    assert "KH-500-" in page.text
    assert "sqlite" not in page.html.lower()


def test_machines_are_answered_in_short(stage: Stage) -> None:
    browser = stage("drafting").browser()
    assert browser.http.get("/livez").text == "ok\n"
    assert browser.http.get("/readyz").text == "ok\n"
    health = browser.http.get("/healthz")
    assert health.json()["database"] is True


def test_the_demo_mailbox_is_not_there_without_the_demo(stage: Stage) -> None:
    stage("drafting").browser().get("/hop-thu", status=404)


def take_away(database: Database) -> None:
    """From now on nobody can open it: a folder lies where its file was, or its server lets nobody in."""
    database.close()
    url = database.engine.url
    if database.is_sqlite:
        place = Path(str(url.database))
        place.rename(place.with_suffix(".away"))
        place.mkdir()
        return
    beside = url.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    with closing(psycopg.connect(beside, autocommit=True)) as connection:
        connection.execute(f"ALTER DATABASE {url.database} ALLOW_CONNECTIONS false".encode())


def test_a_database_that_is_away_is_no_fault_of_the_page(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("chu_tich")
    quiet = TestClient(house.app, base_url=HOST, raise_server_exceptions=False, cookies=dict(browser.http.cookies))
    take_away(house.cast.database)
    response = quiet.get("/viec")
    page = Page("/viec", response.status_code, response.text, response.headers)
    assert (page.status, page.h1) == (503, "Hệ thống tạm chưa phục vụ được")
    assert not list(faults_of(page, "vi")) and "KH-503-" in page.text and response.headers["retry-after"] == "30"


def test_every_status_has_a_page_with_a_code_and_never_json(stage: Stage) -> None:
    house = stage("drafting", upload_megabytes=1)
    browser = house.browser("chu_tich")
    token = browser.get("/viec").form("/dang-xuat").filled()
    answers = {
        404: browser.http.get("/khong-co"),
        405: browser.http.request("PUT", "/viec"),
        413: browser.http.post("/ke-hoach/moi", data=token | {"van_ban": "a" * 1_200_000}),
        400: browser.http.post("/ke-hoach/moi", content=b"\xff", headers={"content-type": "multipart/form-data"}),
        422: browser.http.post("/toi/nhap", data=token | {"noi": "//elsewhere"}),
        403: browser.http.post("/viec/bo-loc", data={"ten_bo_loc": "Không có mã biểu mẫu"}),
    }
    for _ in range(45):
        answers[429] = browser.http.get(f"/x/{'z' * 22}")
    for status, answer in answers.items():
        assert answer.status_code == status, (status, answer.status_code)
        page = Page("/", status, answer.text, answer.headers)
        assert not list(faults_of(page, "vi")), status
        assert f"KH-{status}-" in page.text and answer.headers["content-type"].startswith("text/html"), status
        assert "Traceback" not in page.html and "/viec" in page.links
