"""The inbox as a feed: made, narrowed, read by a program, unchanged ones cheap, taken back at once."""

from __future__ import annotations

import json

import pytest
from lxml import etree

from tests.pages.conftest import House, Stage
from tests.pages.page_client import Browser
from tests.pages.test_calendar_feed import made as calendar
from workflows.store import accounts

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def made(house: House, browser: Browser, query: str = "") -> list[str]:
    page = browser.submit(browser.get(f"/viec/nguon{query}"), "/viec/nguon", {"nhan": "Outlook"})
    return [word.removeprefix("http://testserver") for word in page.text.split() if "/nguon/" in word]


def test_both_feeds_hold_what_the_page_holds_and_no_names(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    atom, as_json = made(house, browser)
    reader = Browser(house.app).http
    answer = reader.get(atom)
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert answer.headers["referrer-policy"] == "no-referrer"
    feed = etree.fromstring(answer.content)
    (task,) = house.cast.open("soan_thao")
    assert feed.xpath("//a:entry/a:id/text()", namespaces=ATOM) == [f"http://testserver/viec/{task.id}"]
    assert feed.xpath("//a:entry/a:title/text()", namespaces=ATOM)[0].startswith("Trình dự thảo: ")
    read = json.loads(reader.get(as_json).text)
    assert [each["id"] for each in read["items"]] == [f"http://testserver/viec/{task.id}"]
    assert read["version"] == "https://jsonfeed.org/version/1.1" and "hạn " in read["items"][0]["content_text"]
    with house.cast.database.read() as connection:
        people = [row[0] for row in connection.exec_driver_sql("SELECT name FROM people")]
    assert not [name for name in people if name in answer.text]


@pytest.mark.parametrize(("query", "many"), [("?buoc=soan_thao", 1), ("?buoc=ky", 0), ("?han=tre", 0)])
def test_the_filter_of_the_page_is_that_of_the_feed(stage: Stage, query: str, many: int) -> None:
    house = stage("drafting")
    browser = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    address = made(house, browser, query)[1]
    assert address.endswith(query)
    assert len(json.loads(Browser(house.app).http.get(address).text)["items"]) == many
    assert browser.get(f"/viec{query}").h1 == f"Việc cần xử lý ({many})"


def test_unchanged_is_a_line_and_a_deed_changes_it(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    reader = Browser(house.app).http
    for address in made(house, browser):
        tag = {"if-none-match": reader.get(address).headers["etag"]}
        assert reader.get(address, headers=tag).status_code == 304
    house.cast.act("soan_thao", {})
    assert reader.get(address, headers=tag).status_code == 200


def test_an_address_that_was_taken_back_is_dead_and_others_cannot(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("chu_tich")
    atom, _ = made(house, browser)
    token = atom.removeprefix("/nguon/").removesuffix(".atom")
    page = browser.get("/viec/nguon")
    assert token not in page.html
    (action,) = [form.action for form in page.forms if form.action.endswith("/bo")]
    other = house.browser("van_thu")
    assert other.http.post(action, data=other.get("/viec").form("/dang-xuat").filled()).status_code == 404
    assert Browser(house.app).http.get(atom).status_code == 200
    browser.submit(page, action)
    assert Browser(house.app).http.get(atom).status_code == 404
    assert Browser(house.app).http.get("/nguon/khong-co.json").status_code == 404


def test_five_are_enough_and_a_long_name_is_too_long(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("chu_tich")
    page = browser.submit(browser.get("/viec/nguon"), "/viec/nguon", {"nhan": "a" * 61}, status=422)
    assert page.title.startswith("Lỗi: ") and page.form("/viec/nguon").filled()["nhan"] == "a" * 61
    for _ in range(5):
        made(house, browser)
    assert "nhiều nhất là 5" in browser.submit(browser.get("/viec/nguon"), "/viec/nguon", status=422).text


def test_whoever_is_shut_out_is_read_by_nobody(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("chu_tich")
    addresses = [*made(house, browser), calendar(house, browser)]
    reader = Browser(house.app).http
    assert [reader.get(each).status_code for each in addresses] == [200, 200, 200]
    with house.cast.database.write() as connection:
        accounts.shut_out(connection, int(house.login("chu_tich").removeprefix("u")), house.cast.now)
    assert [reader.get(each).status_code for each in addresses] == [404, 404, 404]
